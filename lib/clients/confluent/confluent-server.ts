import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import {
  ConfigMap,
  ConnectionScheme,
  Cpu,
  EnvFieldPaths,
  EnvValue,
  Probe,
  Service,
  Volume,
  VolumeMount,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClientFiles, keyStorePath, secretPath, trustPath } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { workloadFiles } from '../../connection/workload-files';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { PLACE_RULES, serviceHost, serviceHosts } from '../../kubernetes/place';
import { ResourceProps } from '../../kubernetes/resources';
import { addNamedPods, containerResources, temporaryFolder, workloadLabels } from '../../kubernetes/workload';
import { addWorkloadPolicy } from '../../kubernetes/workload-policy';
import { WORKLOAD_RULES } from '../../kubernetes/workload-rules';
import { ICertificate } from '../../pki/certificate';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { enforce } from '../../validation/rule';
import { loginConfiguration } from './login-configuration';
import { confluentEnvironment, variableName } from './confluent-env';
import { ConfluentBasicAuthentication, ConfluentServerProps } from './confluent-server-props';
import { CONFLUENT_SERVER_RULES } from './confluent-server-rules';

/** The user `appuser` of Confluent's images. */
const USER = 1000;
const LOGIN_FOLDER = '/opt/confluent-login';
const LOGIN_FILE = 'login.conf';
const DEFAULT_REALM = 'Confluent';
const RESOURCES: ResourceProps = { cpuRequest: Cpu.millis(250), cpuLimit: Cpu.units(1), memory: Size.gibibytes(1) };

/** Volumes of the pods that hold no Secret. */
export const SERVER_VOLUMES = ['confluent-etc', 'confluent-logs', 'confluent-login'];

/** What is particular about one of Confluent's programs. */
export interface ConfluentProgram {
  /** What messages call it. */
  readonly label: string;
  /** Its name in the image: of its folder in `/etc`, and the label of its pods. */
  readonly component: string;
  readonly image: string;
  /** What the variables of its properties begin with. */
  readonly prefix: string;
  /** The variables with options of its Java virtual machine. */
  readonly options: string;
  readonly heapOptions: string;
  readonly port: number;
  /** A path that answers as soon as the program can serve clients. */
  readonly readyPath: string;
  /** Whether that path may be asked without a password. */
  readonly openReadyPath: boolean;
  /** Whether its pods send requests to each other. */
  readonly talksToItself: boolean;
}

/** What a construct adds to the common properties of a server. */
export interface ConfluentServerParts {
  /** Properties that follow from the construct's own. */
  readonly properties: { readonly [property: string]: string };
  /** The property by which a pod says how others reach it. */
  readonly advertised: (host: string) => { readonly property: string; readonly value: string };
  /** The files that the properties speak of, beside those of the connection. */
  readonly addFiles?: (files: ClientFiles) => void;
}

/**
 * One of Confluent's HTTP servers: StatefulSet, Services and NetworkPolicy.
 *
 * The pods have names of their own, because these programs tell others how to reach one particular pod: registries
 * forward what changes a schema to their leader, and the REST Proxy keeps consumers in memory.
 */
export class ConfluentServer {
  /** The names that the certificate of a server must be valid for. */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return [
      ...serviceHosts(name, namespace, clusterDomain),
      `*.${serviceHost(instancesName(name), namespace)}`,
      `*.${serviceHost(instancesName(name), namespace, clusterDomain ?? 'cluster.local')}`,
    ];
  }

  public readonly name: string;
  public readonly namespace: string;
  public readonly connection: KafkaConnection;
  public readonly certificate?: ICertificate;
  public readonly unencrypted: boolean;
  public readonly clientTrust?: TrustedCertificates;
  public readonly basicAuthentication?: ConfluentBasicAuthentication;
  public readonly replicas: number;
  public readonly config: { readonly [property: string]: string };
  public readonly serviceHost: string;
  /** The host names of the pods. */
  public readonly instanceHosts: string[];
  public readonly port: number;
  /** All properties that follow from the model. */
  public readonly properties: { readonly [property: string]: string };
  public readonly apiObject: ApiObject;

  private readonly peers: NetworkPeer[] = [];

  public constructor(
    private readonly scope: Construct,
    public readonly program: ConfluentProgram,
    props: ConfluentServerProps,
    private readonly parts: ConfluentServerParts,
  ) {
    this.connection = props.connection;
    this.name = props.name ?? scope.node.id;
    this.namespace = props.connection.namespace;
    this.certificate = props.certificate;
    this.unencrypted = props.unencrypted ?? false;
    this.clientTrust = props.clientTrust;
    this.basicAuthentication = props.basicAuthentication;
    this.replicas = props.replicas ?? 1;
    this.config = props.config ?? {};
    this.port = program.port;
    this.serviceHost = serviceHost(this.name, this.namespace, props.clusterDomain);
    const instances = serviceHost(instancesName(this.name), this.namespace, props.clusterDomain);
    this.instanceHosts = Array.from({ length: podCount(this.replicas) }, (_, n) => `${this.name}-${n}.${instances}`);
    this.properties = { ...parts.properties, ...this.listenerProperties() };

    const labels = workloadLabels(program.component, this.name);
    const image = props.image ?? program.image;
    const files = this.files();
    const service = this.addServices(labels);
    this.apiObject = this.addPods(labels, image, files, props.resources ?? RESOURCES, service, instances);
    if (program.talksToItself && this.replicas > 1)
      this.peers.push(NetworkPeer.pods({ labels, namespace: this.namespace }));
    addWorkloadPolicy(scope, {
      name: this.name,
      namespace: this.namespace,
      labels,
      port: this.port,
      peers: () => this.peers,
    });
    this.connection.allowFromPods(labels);

    enforce(scope, PLACE_RULES, this);
    enforce(scope, WORKLOAD_RULES, { name: this.name, image });
    enforce(scope, CLIENT_FILES_RULES, files);
    enforce(scope, CONFLUENT_SERVER_RULES, this);
  }

  public get labels(): { [key: string]: string } {
    return workloadLabels(this.program.component, this.name);
  }

  public get url(): string {
    return `${this.scheme}://${this.serviceHost}:${this.port}`;
  }

  public get scheme(): string {
    return this.certificate ? 'https' : 'http';
  }

  public allowFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  /** Whether a property follows from the model. */
  public derives(property: string): boolean {
    return property in this.properties || property === this.parts.advertised('').property;
  }

  private listenerProperties(): { [property: string]: string } {
    const { certificate, clientTrust, basicAuthentication, program } = this;
    const toItself = program.talksToItself && this.replicas > 1;
    // Requests to the leader use the same store; its certificate is of the same authority.
    const trust = clientTrust ?? (toItself ? certificate?.issuer : undefined);
    return {
      listeners: `${this.scheme}://0.0.0.0:${this.port}`,
      ...(certificate
        ? {
            'ssl.keystore.type': 'PEM',
            'ssl.keystore.location': keyStorePath(certificate),
            'ssl.client.authentication': clientTrust ? 'REQUIRED' : 'NONE',
            ...(trust ? { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': trustPath(trust) } : {}),
            // Without it no host name is checked in requests to the leader.
            ...(toItself ? { 'ssl.endpoint.identification.algorithm': 'https' } : {}),
            // The listener would look for the client's address in the client's certificate.
            ...(toItself && clientTrust ? { 'listener.name.https.ssl.endpoint.identification.algorithm': '' } : {}),
          }
        : {}),
      ...(basicAuthentication
        ? {
            'authentication.method': 'BASIC',
            'authentication.realm': basicAuthentication.realm ?? DEFAULT_REALM,
            'authentication.roles': basicAuthentication.roles.join(','),
            ...(program.openReadyPath ? { 'authentication.skip.paths': program.readyPath } : {}),
          }
        : {}),
    };
  }

  private files(): ClientFiles {
    const files = ClientFiles.of([this.connection], JavaClientClasses.KAFKA_ALONE);
    const { certificate, basicAuthentication } = this;
    if (certificate) files.addKeyStore(certificate);
    if (certificate && 'ssl.truststore.location' in this.properties) {
      files.addTrust(this.clientTrust ?? certificate.issuer);
    }
    if (basicAuthentication) files.addKey(basicAuthentication.users);
    this.parts.addFiles?.(files);
    return files;
  }

  private environment(instances: string): { [variable: string]: EnvValue } {
    const { program } = this;
    // Half of the limit is for the heap; the rest is what the virtual machine needs beside it.
    const heap = '-XX:InitialRAMPercentage=50 -XX:MaxRAMPercentage=50';
    const properties = Object.entries(this.systemProperties()).map(([name, value]) => `-D${name}=${value}`);
    const options = properties.join(' ');
    const { property, value } = this.parts.advertised(`$(POD_NAME).${instances}`);
    return {
      POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
      ...confluentEnvironment(program.prefix, { ...this.config, ...this.properties }),
      [variableName(program.prefix, property)]: EnvValue.fromValue(value),
      [program.heapOptions]: EnvValue.fromValue(heap),
      ...(options
        ? {
            [program.options]: EnvValue.fromValue(options),
            // The start script asks Kafka whether it is there, in a virtual machine of its own.
            KAFKA_OPTS: EnvValue.fromValue(options),
          }
        : {}),
    };
  }

  private systemProperties(): { [property: string]: string } {
    return {
      ...JavaClientSettings.systemProperties(this.connection, JavaClientClasses.KAFKA_ALONE),
      ...(this.basicAuthentication ? { 'java.security.auth.login.config': `${LOGIN_FOLDER}/${LOGIN_FILE}` } : {}),
    };
  }

  private addServices(labels: { [key: string]: string }): Service {
    const ports = [{ name: this.scheme, port: this.port, targetPort: this.port }];
    const service = new Service(this.scope, 'Service', {
      metadata: { name: this.name, namespace: this.namespace, labels },
      ports,
    });
    for (const [label, value] of Object.entries(labels)) service.selectLabel(label, value);
    return new Service(this.scope, 'Instances', {
      metadata: { name: instancesName(this.name), namespace: this.namespace, labels },
      clusterIP: 'None',
      // A pod that becomes the leader is sent requests before it is ready for clients.
      publishNotReadyAddresses: true,
      ports,
    });
  }

  private addPods(
    labels: { [key: string]: string },
    image: string,
    files: ClientFiles,
    resources: ResourceProps,
    service: Service,
    instances: string,
  ): ApiObject {
    const { scope, program } = this;
    const { volumeMounts, initContainers } = workloadFiles(scope, files, image);
    const statefulSet = addNamedPods(scope, {
      name: this.name,
      namespace: this.namespace,
      labels,
      replicas: this.replicas,
      service,
      user: USER,
      initContainers,
      container: {
        name: program.component,
        image,
        ports: [{ name: 'api', number: this.port }],
        envVariables: this.environment(instances),
        volumeMounts: [
          ...volumeMounts,
          ...this.writableFolders(),
          ...this.loginFolder(labels),
          temporaryFolder(scope, Size.mebibytes(256)),
        ],
        resources: containerResources(resources),
        // The start script waits 40 seconds for Kafka and then ends, and is started again.
        startup: this.probe(36),
        readiness: this.probe(3),
        liveness: this.probe(6),
      },
    });
    const apiObject = ApiObject.of(statefulSet);
    if (this.certificate && this.asksByHttp()) {
      // The server answers only to the names of its certificate, and the kubelet would ask for an address.
      const httpHeaders = [{ name: 'Host', value: this.serviceHost }];
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        apiObject.addJsonPatch(
          JsonPatch.add(`/spec/template/spec/containers/0/${probe}/httpGet/httpHeaders`, httpHeaders),
        );
      }
    }
    return apiObject;
  }

  /** The start script writes the configuration, and the program is told to write logs. */
  private writableFolders(): VolumeMount[] {
    const [etc, logs] = SERVER_VOLUMES;
    const sizeLimit = Size.mebibytes(64);
    return [
      { path: `/etc/${this.program.component}`, volume: Volume.fromEmptyDir(this.scope, etc, etc, { sizeLimit }) },
      { path: '/usr/logs', volume: Volume.fromEmptyDir(this.scope, logs, logs, { sizeLimit }) },
    ];
  }

  private loginFolder(labels: { [key: string]: string }): VolumeMount[] {
    const { scope, basicAuthentication } = this;
    if (!basicAuthentication) return [];
    const { realm = DEFAULT_REALM, users } = basicAuthentication;
    const name = SERVER_VOLUMES[2];
    const configMap = new ConfigMap(scope, 'Login', {
      metadata: { name: `${this.name}-login`, namespace: this.namespace, labels },
      data: { [LOGIN_FILE]: loginConfiguration(realm, secretPath(users)) },
    });
    const volume = Volume.fromConfigMap(scope, name, configMap, { name });
    return [{ path: LOGIN_FOLDER, volume, readOnly: true }];
  }

  /** The kubelet has neither a certificate nor a password. */
  private asksByHttp(): boolean {
    return !this.clientTrust && (!this.basicAuthentication || this.program.openReadyPath);
  }

  private probe(failureThreshold: number): Probe {
    const options = {
      port: this.port,
      periodSeconds: Duration.seconds(5),
      timeoutSeconds: Duration.seconds(3),
      failureThreshold,
    };
    // The programs open their port when they are ready for clients.
    if (!this.asksByHttp()) return Probe.fromTcpSocket(options);
    const scheme = this.certificate ? ConnectionScheme.HTTPS : ConnectionScheme.HTTP;
    return Probe.fromHttpGet(this.program.readyPath, { ...options, scheme });
  }
}

/** The name of the headless Service that names the pods. */
function instancesName(name: string): string {
  return `${name}-instances`;
}

function podCount(replicas: number): number {
  return Number.isInteger(replicas) && replicas > 0 ? Math.min(replicas, 100) : 0;
}
