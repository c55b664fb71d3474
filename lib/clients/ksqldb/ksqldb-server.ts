import { ApiObject, Duration, Size } from 'cdk8s';
import { ConnectionScheme, Cpu, EmptyDirMedium, Probe, Volume, VolumeMount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ITopicGrants } from '../../access/kafka-topic';
import { ClientFiles } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { JavaClientClasses } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { REGISTRY_CLIENT_RULES } from '../../connection/registry-client-rules';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { WorkloadFiles, workloadFiles } from '../../connection/workload-files';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { PLACE_RULES, serviceHost, serviceHosts } from '../../kubernetes/place';
import { ResourceProps } from '../../kubernetes/resources';
import {
  PlainContainer,
  containerResources,
  literalEnvironment,
  temporaryFolder,
  workloadLabels,
} from '../../kubernetes/workload';
import { addWorkloadPolicy } from '../../kubernetes/workload-policy';
import { WORKLOAD_RULES } from '../../kubernetes/workload-rules';
import { ICertificate } from '../../pki/certificate';
import { enforce } from '../../validation/rule';
import { addConfiguredDeployment, addWorkloadService } from '../confluent/configured-deployment';
import { ConfluentBasicAuthentication } from '../confluent/confluent-server-props';
import { loginConfiguration } from '../confluent/login-configuration';
import { propertiesFile } from '../confluent/properties-file';
import { grantWork } from './ksqldb-grants';
import { KEY_STORES, keyStoreCommand } from './ksqldb-key-store';
import { KSQLDB_RULES } from './ksqldb-rules';
import {
  CONFIG_FOLDER,
  DEFAULT_REALM,
  LOGIN_FILE,
  PORT,
  PROPERTIES_FILE,
  QUERIES_FILE,
  STATE_FOLDER,
  keyStores,
  ksqlDbSettings,
  ksqlDbSystemProperties,
  usersPath,
} from './ksqldb-settings';

const IMAGE = 'confluentinc/cp-ksqldb-server:8.3.1';
const KEY_STORE_IMAGE = 'confluentinc/cp-base-new:8.3.1';
const USER = 1000;

const RESOURCES: ResourceProps = { cpuRequest: Cpu.millis(500), cpuLimit: Cpu.units(2), memory: Size.gibibytes(2) };

/** A ksqlDB server. Without `queries` give exactly one of `certificate` and `unencrypted`; with them neither. */
export interface KsqlDbServerProps {
  /** How it reaches Kafka. It runs in the namespace of the connection, and its user is given the rights that it needs. */
  readonly connection: KafkaConnection;
  /**
   * What its internal topics, groups and transactional ids are named after. Servers with the same id share their work.
   * It ends in a dash or an underscore, so that no other id begins with it.
   *
   * @default - the name with an underscore
   */
  readonly serviceId?: string;
  /**
   * The registry of the schemas.
   *
   * @default - none: no Avro, Protobuf or JSON with a schema
   */
  readonly registry?: ISchemaRegistry;
  /**
   * The certificate that the server shows: it then speaks HTTPS only.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly certificate?: ICertificate;
  /**
   * Lets the server speak plain HTTP.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
  /**
   * Asks clients for a name and a password.
   *
   * @default - none: whoever reaches the server may use it
   */
  readonly basicAuthentication?: ConfluentBasicAuthentication;
  /**
   * What the server may read.
   *
   * @default - nothing but its own topics
   */
  readonly reads?: ITopicGrants[];
  /**
   * What the server may write to, and finds there.
   *
   * @default - nothing but its own topics
   */
  readonly writes?: ITopicGrants[];
  /**
   * What the topics begin with that statements make without naming one: the server may do everything with them.
   *
   * @default - none: such topics are named after the stream, and the server may not make them
   */
  readonly outputTopicPrefix?: string;
  /**
   * Whether queries process each record exactly once, in transactions.
   *
   * @default false
   */
  readonly exactlyOnce?: boolean;
  /**
   * How many copies there are of each topic that the server makes for itself.
   *
   * @default -1: as many as the brokers make of any topic
   */
  readonly topicReplicas?: number;
  /**
   * Whether the server makes the topic for records that could not be processed. What is written to it is up to the
   * configuration of the logs.
   *
   * @default true
   */
  readonly processingLog?: boolean;
  /**
   * The statements that the server runs. It then takes no others: there is no API, no Service and nothing to protect.
   *
   * @default - none: clients send statements
   */
  readonly queries?: string;
  /**
   * The number of pods. More than one is for servers with `queries`.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * The name of the Deployment and the Service.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if the URL should contain it.
   *
   * @default - the host ends in `.svc`
   */
  readonly clusterDomain?: string;
  /**
   * The image, by version or digest.
   *
   * @default - Confluent's ksqlDB server 8.3.1
   */
  readonly image?: string;
  /**
   * The image that puts the certificates into key stores: it has `sh` and `openssl`.
   *
   * @default - Confluent's base image 8.3.1
   */
  readonly keyStoreImage?: string;
  /**
   * Further options of the Java virtual machine, each without spaces.
   *
   * @default - none
   */
  readonly jvmOptions?: string[];
  /**
   * The most that the state of the queries takes on the node.
   *
   * @default - 4 GiB
   */
  readonly stateSize?: Size;
  /**
   * What the container asks for and gets at most. The heap takes half of the memory.
   *
   * @default - 500 to 2000 millicores and 2 GiB
   */
  readonly resources?: ResourceProps;
}

/**
 * A ksqlDB server: Deployment, ConfigMap and NetworkPolicy, and a Service if it takes statements from clients.
 *
 * The settings of its Kafka clients are kept apart from those of its own listener, which ksqlDB would otherwise use for
 * both. Its listener reads PKCS#12 alone, so an init container makes the key stores, with a password of the pod's own.
 *
 * @see ksqlDB 8.3, "Configure Security for ksqlDB"
 */
export class KsqlDbServer extends Construct {
  /**
   * The names that the certificate of a server must be valid for.
   *
   * @param name the name of the server
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(name, namespace, clusterDomain);
  }

  /** The name of the Deployment and the Service. */
  public readonly serverName: string;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** How it reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** What its internal topics, groups and transactional ids are named after. */
  public readonly serviceId: string;
  /** The registry of the schemas. */
  public readonly registry?: ISchemaRegistry;
  /** The certificate that the server shows. */
  public readonly certificate?: ICertificate;
  /** Whether the server may speak plain HTTP. */
  public readonly unencrypted: boolean;
  /** How clients are asked for names and passwords. */
  public readonly basicAuthentication?: ConfluentBasicAuthentication;
  /** What the server may read. */
  public readonly reads: ITopicGrants[];
  /** What the server may write to. */
  public readonly writes: ITopicGrants[];
  /** What the topics begin with that statements make. */
  public readonly outputTopicPrefix?: string;
  /** Whether queries process each record exactly once. */
  public readonly exactlyOnce: boolean;
  /** How many copies there are of each topic that the server makes for itself. */
  public readonly topicReplicas: number;
  /** Whether the server makes the topic for records that could not be processed. */
  public readonly processingLog: boolean;
  /** The statements that the server runs; none if clients send them. */
  public readonly queries?: string;
  /** The number of pods. */
  public readonly replicas: number;
  /** Further options of the Java virtual machine. */
  public readonly jvmOptions: string[];
  /** The host name of the Service. */
  public readonly serviceHost: string;
  /** The Deployment, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the server's name if none is given
   * @param props the server
   */
  public constructor(scope: Construct, id: string, props: KsqlDbServerProps) {
    super(scope, id);
    this.serverName = props.name ?? id;
    this.connection = props.connection;
    this.namespace = props.connection.namespace;
    this.serviceId = props.serviceId ?? `${this.serverName}_`;
    this.registry = props.registry;
    this.certificate = props.certificate;
    this.unencrypted = props.unencrypted ?? false;
    this.basicAuthentication = props.basicAuthentication;
    this.reads = [...(props.reads ?? [])];
    this.writes = [...(props.writes ?? [])];
    this.outputTopicPrefix = props.outputTopicPrefix;
    this.exactlyOnce = props.exactlyOnce ?? false;
    this.topicReplicas = props.topicReplicas ?? -1;
    this.processingLog = props.processingLog ?? true;
    this.queries = props.queries;
    this.replicas = props.replicas ?? 1;
    this.jvmOptions = [...(props.jvmOptions ?? [])];
    this.serviceHost = serviceHost(this.serverName, this.namespace, props.clusterDomain);

    const { serverName: name, namespace, connection } = this;
    const labels = workloadLabels('ksqldb-server', name);
    const files = this.files();
    this.apiObject = this.deploy(labels, files, props);
    if (this.interactive) {
      addWorkloadService(this, { name, namespace, labels, port: PORT, encrypted: this.certificate !== undefined });
    }
    addWorkloadPolicy(this, {
      name,
      namespace,
      labels,
      port: this.interactive ? PORT : undefined,
      peers: () => this.peers,
    });
    connection.allowFromPods(labels);
    this.registry?.allowFromPods(labels, namespace);
    if (connection.grantee) grantWork(connection.grantee, this);

    enforce(this, PLACE_RULES, this);
    enforce(this, WORKLOAD_RULES, { name, image: props.image ?? IMAGE });
    enforce(this, CLIENT_FILES_RULES, files);
    enforce(this, REGISTRY_CLIENT_RULES, {
      label: `ksqlDB server '${name}'`,
      namespace,
      registry: this.registry,
    });
    enforce(this, KSQLDB_RULES, this);
  }

  /** Whether clients send the statements. */
  public get interactive(): boolean {
    return this.queries === undefined;
  }

  /** The URL of the server, without a slash at its end. A server with `queries` does not answer. */
  public get url(): string {
    return `${this.certificate ? 'https' : 'http'}://${this.serviceHost}:${PORT}`;
  }

  /**
   * Opens the server to pods.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  public allowFromPods(labels: { [key: string]: string }, namespace: string): void {
    this.allowFrom(NetworkPeer.pods({ labels, namespace }));
  }

  /**
   * Lets a client in that is not part of this app.
   *
   * @param peer who may connect
   */
  public allowFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  private files(): ClientFiles {
    const files = ClientFiles.of([this.connection], JavaClientClasses.KAFKA_ALONE);
    if (this.certificate) {
      files.addKey(this.certificate.certificate);
      files.addKey(this.certificate.privateKey);
    }
    if (this.registry) files.addRegistry(this.registry);
    if (this.basicAuthentication) files.addKey(this.basicAuthentication.users);
    return files;
  }

  private configuration(): { [file: string]: string } {
    const { basicAuthentication, queries } = this;
    return {
      [PROPERTIES_FILE]: propertiesFile(ksqlDbSettings(this)),
      ...(basicAuthentication
        ? { [LOGIN_FILE]: loginConfiguration(basicAuthentication.realm ?? DEFAULT_REALM, usersPath(this)) }
        : {}),
      ...(queries === undefined ? {} : { [QUERIES_FILE]: queries }),
    };
  }

  private deploy(labels: { [key: string]: string }, files: ClientFiles, props: KsqlDbServerProps): ApiObject {
    const image = props.image ?? IMAGE;
    const { volumeMounts, initContainers } = workloadFiles(this, files, image);
    const stores = this.keyStores(props.keyStoreImage ?? KEY_STORE_IMAGE, volumeMounts);
    const state = Volume.fromEmptyDir(this, 'state', 'state', { sizeLimit: props.stateSize ?? Size.gibibytes(4) });
    const options = Object.entries(ksqlDbSystemProperties(this)).map(([property, value]) => `-D${property}=${value}`);
    return addConfiguredDeployment(this, {
      name: this.serverName,
      namespace: this.namespace,
      labels,
      replicas: this.replicas,
      user: USER,
      configuration: this.configuration(),
      configurationFolder: CONFIG_FOLDER,
      initContainers: [...initContainers, ...stores.initContainers],
      container: {
        name: 'ksqldb-server',
        image,
        // The image's own start script writes its settings to a folder that is read-only here.
        command: ['ksql-server-start', `${CONFIG_FOLDER}/${PROPERTIES_FILE}`],
        ports: this.interactive ? [{ name: 'api', number: PORT }] : [],
        envVariables: literalEnvironment({
          KSQL_HEAP_OPTS: '-XX:MaxRAMPercentage=50.0',
          KSQL_LOG4J_OPTS: '-Dlog4j2.configurationFile=file:/etc/ksqldb/log4j2.yaml',
          KSQL_OPTS: [...options, ...this.jvmOptions].join(' '),
          LOG_DIR: '/tmp/logs',
        }),
        volumeMounts: [
          ...volumeMounts,
          ...stores.volumeMounts,
          { path: STATE_FOLDER, volume: state },
          temporaryFolder(this, Size.mebibytes(512)),
        ],
        resources: containerResources(props.resources ?? RESOURCES),
        ...(this.interactive ? this.probes() : {}),
      },
    });
  }

  private keyStores(image: string, secrets: VolumeMount[]): WorkloadFiles {
    const stores = keyStores(this);
    if (Object.keys(stores).length === 0) return { volumeMounts: [], initContainers: [] };
    const volume = Volume.fromEmptyDir(this, 'key-stores', 'key-stores', {
      medium: EmptyDirMedium.MEMORY,
      sizeLimit: Size.mebibytes(1),
    });
    const resources = { cpuRequest: Cpu.millis(10), cpuLimit: Cpu.millis(500), memory: Size.mebibytes(64) };
    return {
      volumeMounts: [{ path: KEY_STORES, volume, readOnly: true }],
      initContainers: [
        {
          name: 'key-stores',
          image,
          command: keyStoreCommand(stores),
          volumeMounts: [...secrets, { path: KEY_STORES, volume }],
          resources: containerResources(resources),
        },
      ],
    };
  }

  /** The check of health needs no password; it fails until the server has read all statements sent so far. */
  private probes(): Pick<PlainContainer, 'startup' | 'readiness' | 'liveness'> {
    const scheme = this.certificate ? ConnectionScheme.HTTPS : ConnectionScheme.HTTP;
    const probe = (path: string, failureThreshold: number) =>
      Probe.fromHttpGet(path, {
        port: PORT,
        scheme,
        periodSeconds: Duration.seconds(5),
        timeoutSeconds: Duration.seconds(5),
        failureThreshold,
      });
    return {
      startup: probe('/chc/live', 60),
      readiness: probe('/healthcheck', 3),
      liveness: probe('/chc/live', 6),
    };
  }
}
