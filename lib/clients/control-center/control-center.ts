import { ApiObject, Duration, Size } from 'cdk8s';
import { ConnectionScheme, Cpu, DeploymentStrategy, Probe, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ITopicGrants } from '../../access/kafka-topic';
import { ClientFiles } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { KafkaConnection } from '../../connection/kafka-connection';
import { REGISTRY_CLIENT_RULES } from '../../connection/registry-client-rules';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { workloadFiles } from '../../connection/workload-files';
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
import { propertiesFile } from '../confluent/properties-file';
import { KsqlDbServer } from '../ksqldb/ksqldb-server';
import { grantControlCenter } from './control-center-grants';
import { ControlCenterLicense } from './control-center-license';
import { ControlCenterBasicAuthentication, ControlCenterConnect } from './control-center-options';
import { CONTROL_CENTER_RULES } from './control-center-rules';
import {
  CONFIG_FOLDER,
  DATA_FOLDER,
  LOGIN_FILE,
  LOG_CONFIGURATION,
  LOG_FILE,
  PORT,
  PROPERTIES_FILE,
  controlCenterSettings,
  controlCenterSystemProperties,
  loginConfiguration,
} from './control-center-settings';

const IMAGE = 'confluentinc/cp-enterprise-control-center:7.9.9';
const USER = 1000;

const RESOURCES: ResourceProps = { cpuRequest: Cpu.millis(500), cpuLimit: Cpu.units(2), memory: Size.gibibytes(4) };

/** Control Center. Give exactly one of `certificate` and `unencrypted`. */
export interface ControlCenterProps {
  /** How it reaches Kafka. It runs in the namespace of the connection, and its user is given the rights that it needs. */
  readonly connection: KafkaConnection;
  /** By what right it runs. */
  readonly license: ControlCenterLicense;
  /**
   * The certificate that the user interface shows: it then speaks HTTPS only.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly certificate?: ICertificate;
  /**
   * Lets the user interface speak plain HTTP.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
  /**
   * Asks people for a name and a password.
   *
   * @default - none: whoever reaches the user interface may use it
   */
  readonly basicAuthentication?: ControlCenterBasicAuthentication;
  /**
   * The topics whose records and settings it shows.
   *
   * @default - none but its own
   */
  readonly shows?: ITopicGrants[];
  /**
   * The registry of the schemas that it shows.
   *
   * @default - none
   */
  readonly registry?: ISchemaRegistry;
  /**
   * The clusters of Kafka Connect that it shows.
   *
   * @default - none
   */
  readonly connects?: ControlCenterConnect[];
  /**
   * The ksqlDB servers that it shows.
   *
   * @default - none
   */
  readonly ksqls?: KsqlDbServer[];
  /**
   * How many copies there are of each topic that it makes.
   *
   * @default 3
   */
  readonly topicReplicas?: number;
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
   * @default - Confluent's Control Center 7.9.9
   */
  readonly image?: string;
  /**
   * The most that the state of its queries takes on the node.
   *
   * @default - 10 GiB
   */
  readonly dataSize?: Size;
  /**
   * What the container asks for and gets at most. The heap takes half of the memory.
   *
   * @default - 500 to 2000 millicores and 4 GiB
   */
  readonly resources?: ResourceProps;
}

/**
 * Confluent's Control Center, which keeps its data in Kafka: Deployment, ConfigMap, Service and NetworkPolicy.
 *
 * It is licensed software of Confluent, and version 7.9 is the last of its kind. Metrics of brokers are shown only for
 * brokers that report them, which Apache Kafka and Strimzi do not; topics, schemas, connectors and queries are.
 *
 * @see Confluent Platform 7.9, "Control Center configuration reference"
 */
export class ControlCenter extends Construct {
  /**
   * The names that the certificate must be valid for.
   *
   * @param name the name of Control Center
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(name, namespace, clusterDomain);
  }

  /** The name of the Deployment and the Service. */
  public readonly centerName: string;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** How it reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** By what right it runs. */
  public readonly license: ControlCenterLicense;
  /** The certificate that the user interface shows. */
  public readonly certificate?: ICertificate;
  /** Whether the user interface may speak plain HTTP. */
  public readonly unencrypted: boolean;
  /** How people are asked for names and passwords. */
  public readonly basicAuthentication?: ControlCenterBasicAuthentication;
  /** The topics that it shows. */
  public readonly shows: ITopicGrants[];
  /** The registry that it shows. */
  public readonly registry?: ISchemaRegistry;
  /** The clusters of Kafka Connect that it shows. */
  public readonly connects: ControlCenterConnect[];
  /** The ksqlDB servers that it shows. */
  public readonly ksqls: KsqlDbServer[];
  /** How many copies there are of each topic that it makes. */
  public readonly topicReplicas: number;
  /** The image. */
  public readonly image: string;
  /** The host name of the Service. */
  public readonly serviceHost: string;
  /** The Deployment, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the name if none is given
   * @param props Control Center
   */
  public constructor(scope: Construct, id: string, props: ControlCenterProps) {
    super(scope, id);
    this.centerName = props.name ?? id;
    this.connection = props.connection;
    this.namespace = props.connection.namespace;
    this.license = props.license;
    this.certificate = props.certificate;
    this.unencrypted = props.unencrypted ?? false;
    this.basicAuthentication = props.basicAuthentication;
    this.shows = [...(props.shows ?? [])];
    this.registry = props.registry;
    this.connects = [...(props.connects ?? [])];
    this.ksqls = [...(props.ksqls ?? [])];
    this.topicReplicas = props.topicReplicas ?? 3;
    this.image = props.image ?? IMAGE;
    this.serviceHost = serviceHost(this.centerName, this.namespace, props.clusterDomain);

    const { centerName: name, namespace, connection, registry } = this;
    const labels = workloadLabels('control-center', name);
    const files = this.files();
    this.apiObject = this.deploy(labels, files, props);
    addWorkloadService(this, { name, namespace, labels, port: PORT, encrypted: this.certificate !== undefined });
    addWorkloadPolicy(this, { name, namespace, labels, port: PORT, peers: () => this.peers });
    connection.allowFromPods(labels);
    registry?.allowFromPods(labels, namespace);
    for (const ksql of this.ksqls) ksql.allowFromPods(labels, namespace);
    if (connection.grantee) grantControlCenter(connection.grantee, this.shows);

    enforce(this, PLACE_RULES, this);
    enforce(this, WORKLOAD_RULES, { name, image: this.image });
    enforce(this, CLIENT_FILES_RULES, files);
    enforce(this, REGISTRY_CLIENT_RULES, { label: `Control Center '${name}'`, namespace, registry });
    enforce(this, CONTROL_CENTER_RULES, this);
  }

  /** The URL of the user interface in the cluster, without a slash at its end. */
  public get url(): string {
    return `${this.certificate ? 'https' : 'http'}://${this.serviceHost}:${PORT}`;
  }

  /** The labels of the pods, for the peers of what Control Center shows and this app does not run. */
  public get podLabels(): { [key: string]: string } {
    return workloadLabels('control-center', this.centerName);
  }

  /**
   * Lets somebody in, such as an ingress controller.
   *
   * @param peer who may connect
   */
  public allowFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  private files(): ClientFiles {
    const files = ClientFiles.of([this.connection]);
    if (this.certificate) files.addKeyStore(this.certificate);
    if (this.registry) files.addRegistry(this.registry);
    if (this.basicAuthentication) files.addKey(this.basicAuthentication.users);
    if (this.license._license) files.addKey(this.license._license);
    for (const { trust } of this.connects) if (trust) files.addTrust(trust);
    for (const { certificate } of this.ksqls) if (certificate) files.addTrust(certificate.issuer);
    return files;
  }

  private deploy(labels: { [key: string]: string }, files: ClientFiles, props: ControlCenterProps): ApiObject {
    const { image } = this;
    const { volumeMounts, initContainers } = workloadFiles(this, files, image);
    const data = Volume.fromEmptyDir(this, 'data', 'data', { sizeLimit: props.dataSize ?? Size.gibibytes(10) });
    const options = Object.entries(controlCenterSystemProperties(this)).map(([name, value]) => `-D${name}=${value}`);
    return addConfiguredDeployment(this, {
      name: this.centerName,
      namespace: this.namespace,
      labels,
      replicas: 1,
      // Two pods with the same id would take each other's state away.
      strategy: DeploymentStrategy.recreate(),
      user: USER,
      configuration: {
        [PROPERTIES_FILE]: propertiesFile(controlCenterSettings(this)),
        [LOG_FILE]: LOG_CONFIGURATION,
        ...(this.basicAuthentication ? { [LOGIN_FILE]: loginConfiguration(this) } : {}),
      },
      configurationFolder: CONFIG_FOLDER,
      initContainers,
      container: {
        name: 'control-center',
        image,
        // The image's own start script writes its settings to a folder that is read-only here.
        command: ['control-center-start', `${CONFIG_FOLDER}/${PROPERTIES_FILE}`],
        ports: [{ name: 'ui', number: PORT }],
        envVariables: literalEnvironment({
          CONTROL_CENTER_HEAP_OPTS: '-XX:MaxRAMPercentage=50.0',
          CONTROL_CENTER_LOG4J_OPTS: `-Dlog4j.configuration=file:${CONFIG_FOLDER}/${LOG_FILE}`,
          CONTROL_CENTER_OPTS: options.join(' '),
          LOG_DIR: '/tmp/logs',
        }),
        volumeMounts: [
          ...volumeMounts,
          { path: DATA_FOLDER, volume: data },
          temporaryFolder(this, Size.mebibytes(512)),
        ],
        resources: containerResources(props.resources ?? RESOURCES),
        ...this.probes(),
      },
    });
  }

  /** The page answers when the program has read its settings from Kafka; where it asks for a password, its port does. */
  private probes(): Pick<PlainContainer, 'startup' | 'readiness' | 'liveness'> {
    const scheme = this.certificate ? ConnectionScheme.HTTPS : ConnectionScheme.HTTP;
    const probe = (failureThreshold: number) => {
      const timing = {
        port: PORT,
        periodSeconds: Duration.seconds(10),
        timeoutSeconds: Duration.seconds(5),
        failureThreshold,
      };
      return this.basicAuthentication ? Probe.fromTcpSocket(timing) : Probe.fromHttpGet('/', { ...timing, scheme });
    };
    return { startup: probe(60), readiness: probe(3), liveness: probe(6) };
  }
}
