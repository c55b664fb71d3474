import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import {
  Cpu,
  EnvValue,
  FsGroupChangePolicy,
  LabelSelector,
  PersistentVolumeAccessMode,
  PersistentVolumeClaim,
  Probe,
  Secret,
  Service,
  StatefulSet,
  Volume,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PLACE_RULES, namespaceOf, serviceHost } from '../kubernetes/place';
import { ResourceProps } from '../kubernetes/resources';
import { PlainContainer, containerResources, hardened, workloadLabels } from '../kubernetes/workload';
import { addWorkloadPolicy } from '../kubernetes/workload-policy';
import { WORKLOAD_RULES } from '../kubernetes/workload-rules';
import { SecretKey } from '../secrets/secret-key';
import { NetworkPeer } from '../kubernetes/network-peer';
import { enforce } from '../validation/rule';
import { IKeycloakDatabase, KeycloakDatabaseVendor } from './keycloak-database';
import { POSTGRES_DATABASE_RULES } from './postgres-database-rules';

/** A PostgreSQL server with one database. */
export interface PostgresDatabaseProps {
  /** The name of the database: lower-case letters, digits and underscores. */
  readonly database: string;
  /** The Secret key that holds the name of the user who owns the database. */
  readonly usernameSecret: SecretKey;
  /**
   * The Secret key that holds the password of that user. It is set when the server first starts; a value that changes
   * later must be changed in the server too.
   */
  readonly passwordSecret: SecretKey;
  /**
   * The size of the volume with the data, in whole gibibytes.
   *
   * @default Size.gibibytes(1)
   */
  readonly storage?: Size;
  /**
   * The storage class of the volume.
   *
   * @default - the cluster's default class
   */
  readonly storageClass?: string;
  /**
   * The image.
   *
   * @default 'docker.io/library/postgres:17.6'
   */
  readonly image?: string;
  /**
   * The name of the StatefulSet and of its Service.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The namespace.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if the address should end in it.
   *
   * @default - the address ends in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * What the server gets.
   *
   * @default - 100 millicores to 1 core, 512 mebibytes
   */
  readonly resources?: ResourceProps;
}

const IMAGE = 'docker.io/library/postgres:17.6';
const PORT = 5432;
/** User and group `postgres` in the official image. */
const POSTGRES_ID = 999;
const DATA_FOLDER = '/var/lib/postgresql/data';
const USERNAME_FOLDER = '/run/secrets/username';
const PASSWORD_FOLDER = '/run/secrets/password';
const SECRET_FILE = 'value';
const DEFAULT_RESOURCES: ResourceProps = {
  cpuRequest: Cpu.millis(100),
  cpuLimit: Cpu.units(1),
  memory: Size.mebibytes(512),
};

/**
 * A PostgreSQL server for Keycloak: one pod with a volume that outlives it, and a Service.
 *
 * User name and password are files in the pod, never environment variables. Nobody but Keycloak gets in.
 *
 * It has no replica and no backup. Where the data must survive more than the loss of a pod, run a database elsewhere
 * and give Keycloak an `ExistingKeycloakDatabase`.
 */
export class PostgresDatabase extends Construct implements IKeycloakDatabase {
  public readonly vendor = KeycloakDatabaseVendor.POSTGRES;
  public readonly host: string;
  public readonly port = PORT;
  public readonly database: string;
  public readonly usernameSecret: SecretKey;
  public readonly passwordSecret: SecretKey;
  /** The name of the StatefulSet and of its Service. */
  public readonly name: string;
  /** The namespace. */
  public readonly namespace: string;
  /** The image. */
  public readonly image: string;
  /** The size of the volume with the data. */
  public readonly storage: Size;
  /** The StatefulSet, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the server's name if none is given
   * @param props the server
   */
  public constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.host = serviceHost(this.name, this.namespace, props.clusterDomain);
    this.database = props.database;
    this.usernameSecret = props.usernameSecret;
    this.passwordSecret = props.passwordSecret;
    this.image = props.image ?? IMAGE;
    this.storage = props.storage ?? Size.gibibytes(1);
    this.apiObject = this.addServer(props);
    addWorkloadPolicy(this, {
      name: this.name,
      namespace: this.namespace,
      labels: this.labels,
      port: PORT,
      peers: () => this.peers,
    });
    enforce(this, PLACE_RULES, this);
    enforce(this, WORKLOAD_RULES, this);
    enforce(this, POSTGRES_DATABASE_RULES, this);
  }

  /**
   * Opens the database to pods. Keycloak does it by itself.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  public allowFromPods(labels: { [key: string]: string }, namespace: string): void {
    this.peers.push(NetworkPeer.pods({ labels, namespace }));
  }

  private get labels(): { [key: string]: string } {
    return workloadLabels('postgres', this.name);
  }

  private addServer(props: PostgresDatabaseProps): ApiObject {
    const { name, namespace, labels } = this;
    const metadata = { name, namespace, labels };
    const service = new Service(this, 'Service', {
      metadata,
      ports: [{ name: 'postgres', port: PORT, targetPort: PORT }],
    });
    const statefulSet = new StatefulSet(this, 'StatefulSet', {
      metadata,
      podMetadata: { labels },
      replicas: 1,
      service,
      select: false,
      securityContext: {
        user: POSTGRES_ID,
        group: POSTGRES_ID,
        fsGroup: POSTGRES_ID,
        // Otherwise every start would make the data readable for the group, which the server refuses.
        fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH,
      },
      containers: [hardened(this.container(props), POSTGRES_ID)],
    });
    statefulSet.select(LabelSelector.of({ labels }));
    // cdk8s-plus's own label is a hash of the construct's path.
    ApiObject.of(service).addJsonPatch(JsonPatch.replace('/spec/selector', labels));
    const apiObject = ApiObject.of(statefulSet);
    apiObject.addJsonPatch(
      JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'),
      // A Service called postgres would put POSTGRES_PORT and others into the pod.
      JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
    );
    return apiObject;
  }

  private container(props: PostgresDatabaseProps): PlainContainer {
    const claim = new PersistentVolumeClaim(this, 'Data', {
      metadata: { name: `${this.name}-data`, namespace: this.namespace, labels: this.labels },
      accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storage: this.storage,
      storageClassName: props.storageClass,
    });
    // By name and over TCP: without a name each probe would leave an error in the log, and the server that only
    // initializes the data listens on a socket alone.
    const ready = [
      '/bin/sh',
      '-ec',
      `exec pg_isready -h 127.0.0.1 -d "$POSTGRES_DB" -U "$(cat ${USERNAME_FOLDER}/${SECRET_FILE})"`,
    ];
    const probe = { periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(5) };
    return {
      name: 'postgres',
      image: this.image,
      ports: [{ name: 'postgres', number: PORT }],
      envVariables: {
        POSTGRES_DB: EnvValue.fromValue(this.database),
        POSTGRES_USER_FILE: EnvValue.fromValue(`${USERNAME_FOLDER}/${SECRET_FILE}`),
        POSTGRES_PASSWORD_FILE: EnvValue.fromValue(`${PASSWORD_FOLDER}/${SECRET_FILE}`),
        // A new volume may hold a folder lost+found, in which the server would not initialize its data.
        PGDATA: EnvValue.fromValue(`${DATA_FOLDER}/pgdata`),
      },
      startup: Probe.fromCommand(ready, { ...probe, failureThreshold: 60 }),
      readiness: Probe.fromCommand(ready, probe),
      liveness: Probe.fromCommand(ready, { ...probe, failureThreshold: 6 }),
      resources: containerResources(props.resources ?? DEFAULT_RESOURCES),
      volumeMounts: [
        { path: DATA_FOLDER, volume: Volume.fromPersistentVolumeClaim(this, 'data-volume', claim, { name: 'data' }) },
        { path: USERNAME_FOLDER, volume: this.secretVolume('username', this.usernameSecret), readOnly: true },
        { path: PASSWORD_FOLDER, volume: this.secretVolume('password', this.passwordSecret), readOnly: true },
        { path: '/tmp', volume: Volume.fromEmptyDir(this, 'tmp-volume', 'tmp', { sizeLimit: Size.mebibytes(64) }) },
        {
          path: '/var/run/postgresql',
          volume: Volume.fromEmptyDir(this, 'run-volume', 'run', { sizeLimit: Size.mebibytes(1) }),
        },
      ],
    };
  }

  private secretVolume(name: string, { secretName, key }: SecretKey): Volume {
    const secret = Secret.fromSecretName(this, `${name}-secret`, secretName);
    return Volume.fromSecret(this, `${name}-volume`, secret, {
      name,
      items: { [key]: { path: SECRET_FILE } },
      defaultMode: 0o440,
    });
  }
}
