import { ApiObject, Duration, Size } from 'cdk8s';
import { DeploymentStrategy, Probe, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClientFiles, secretPath } from '../connection/client-files';
import { CLIENT_FILES_RULES } from '../connection/client-files-rules';
import { ISchemaRegistry } from '../connection/schema-registry';
import { workloadFiles } from '../connection/workload-files';
import { PLACE_RULES, namespaceOf, serviceHost, serviceHosts } from '../kubernetes/place';
import { ResourceProps } from '../kubernetes/resources';
import {
  addDeployment,
  containerResources,
  literalEnvironment,
  temporaryFolder,
  workloadLabels,
} from '../kubernetes/workload';
import { addWorkloadPolicy } from '../kubernetes/workload-policy';
import { WORKLOAD_RULES } from '../kubernetes/workload-rules';
import { ICertificate } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { NetworkPeer } from '../kubernetes/network-peer';
import { enforce } from '../validation/rule';
import { grantStorage } from './apicurio-registry-grants';
import { APICURIO_REGISTRY_RULES } from './apicurio-registry-rules';
import {
  MANAGEMENT_PORT,
  REGISTRY_RESOURCES,
  REGISTRY_USER,
  httpsSettings,
  kafkaClientSettings,
  kafkaStorageSettings,
} from './apicurio-registry-settings';
import { RegistryStorage } from './apicurio-registry-storage';

const IMAGE = 'quay.io/apicurio/apicurio-registry:3.3.3';
const HTTPS_PORT = 8443;
const HTTP_PORT = 8080;

/** An Apicurio Registry. Give exactly one of `certificate` and `unencrypted`. */
export interface ApicurioRegistryProps {
  /** Where the schemas are kept. */
  readonly storage: RegistryStorage;
  /**
   * The certificate that the registry shows: it then speaks HTTPS only, on port 8443.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly certificate?: ICertificate;
  /**
   * Lets the registry speak plain HTTP, on port 8080.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
  /**
   * The name of the Deployment and the Service.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The namespace.
   *
   * @default - that of the connection to Kafka, or else of the chart
   */
  readonly namespace?: string;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if the URLs should contain it.
   *
   * @default - hosts end in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * The image, by version or digest.
   *
   * @default - Apicurio Registry 3.3.3
   */
  readonly image?: string;
  /**
   * The number of pods.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * What the container asks for and gets at most.
   *
   * @default - 250 to 1000 millicores and 1280 MiB
   */
  readonly resources?: ResourceProps;
}

/**
 * An Apicurio Registry: Deployment, Service and NetworkPolicy.
 *
 * Whether clients show certificates is fixed when the registry's image is built, so who may use it is decided by the
 * NetworkPolicy: pods of clients in this app, and whoever `allowFrom()` names. Health and metrics are on a port of
 * their own that is open to nobody but the node's kubelet.
 *
 * @see Apicurio Registry 3.3.3, app/src/main/resources/application.properties
 */
export class ApicurioRegistry extends Construct implements ISchemaRegistry {
  /**
   * The names that the certificate of a registry must be valid for.
   *
   * @param name the name of the registry
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(name, namespace, clusterDomain);
  }

  /** The name of the Deployment and the Service. */
  public readonly registryName: string;
  /** The namespace. */
  public readonly namespace: string;
  /** Where the schemas are kept. */
  public readonly storage: RegistryStorage;
  /** The certificate that the registry shows; none if it speaks plain HTTP. */
  public readonly certificate?: ICertificate;
  /** Whether the registry may speak plain HTTP. */
  public readonly unencrypted: boolean;
  /** The number of pods. */
  public readonly replicas: number;
  /** The host name of the Service. */
  public readonly serviceHost: string;
  /** The Deployment, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the registry's name if none is given
   * @param props the registry
   */
  public constructor(scope: Construct, id: string, props: ApicurioRegistryProps) {
    super(scope, id);
    const connection = props.storage._connection();
    this.registryName = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace ?? connection?.namespace);
    this.storage = props.storage;
    this.certificate = props.certificate;
    this.unencrypted = props.unencrypted ?? false;
    this.replicas = props.replicas ?? 1;
    this.serviceHost = serviceHost(this.registryName, this.namespace, props.clusterDomain);

    const image = props.image ?? IMAGE;
    const labels = workloadLabels('apicurio-registry', this.registryName);
    const files = this.files();
    this.apiObject = this.deploy(labels, image, files, props.resources ?? REGISTRY_RESOURCES);
    this.addService(labels);
    addWorkloadPolicy(this, {
      name: this.registryName,
      namespace: this.namespace,
      labels,
      port: this.port,
      peers: () => this.peers,
    });
    if (connection) {
      connection.allowFromPods(labels);
      grantStorage(connection);
    }

    enforce(this, PLACE_RULES, this);
    enforce(this, WORKLOAD_RULES, { name: this.registryName, image });
    enforce(this, CLIENT_FILES_RULES, files);
    enforce(this, APICURIO_REGISTRY_RULES, this);
  }

  /** The port of the Service. */
  public get port(): number {
    return this.certificate ? HTTPS_PORT : HTTP_PORT;
  }

  /** The URL of the registry, without a slash at its end. */
  public get url(): string {
    return `${this.certificate ? 'https' : 'http'}://${this.serviceHost}:${this.port}`;
  }

  public get confluentUrl(): string {
    return `${this.url}/apis/ccompat/v7`;
  }

  /** The URL of its core API, version 2, which Apicurio's older serializers speak. */
  public get coreUrl(): string {
    return `${this.url}/apis/registry/v2`;
  }

  public get trust(): TrustedCertificates | undefined {
    return this.certificate?.issuer;
  }

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
    const connection = this.storage._connection();
    const files = ClientFiles.of(connection ? [connection] : []);
    if (this.certificate) {
      files.addKey(this.certificate.certificate);
      files.addKey(this.certificate.privateKey);
    }
    return files;
  }

  private settings(): { [variable: string]: string } {
    const { certificate } = this;
    const connection = this.storage._connection();
    return {
      ...(certificate
        ? httpsSettings(HTTPS_PORT, secretPath(certificate.certificate), secretPath(certificate.privateKey))
        : {}),
      ...(connection ? { ...kafkaStorageSettings(connection), ...kafkaClientSettings(connection) } : {}),
    };
  }

  private deploy(
    labels: { [key: string]: string },
    image: string,
    files: ClientFiles,
    resources: ResourceProps,
  ): ApiObject {
    const { volumeMounts, initContainers } = workloadFiles(this, files, image);
    const deployment = addDeployment(this, {
      name: this.registryName,
      namespace: this.namespace,
      labels,
      replicas: this.replicas,
      // While two pods with schemas of their own ran side by side, one schema could get two ids.
      strategy: this.storage._connection() ? undefined : DeploymentStrategy.recreate(),
      user: REGISTRY_USER,
      initContainers,
      container: {
        name: 'registry',
        image,
        ports: [
          { name: 'api', number: this.port },
          { name: 'management', number: MANAGEMENT_PORT },
        ],
        envVariables: literalEnvironment(this.settings()),
        volumeMounts: [...volumeMounts, temporaryFolder(this, Size.mebibytes(256))],
        resources: containerResources(resources),
        // The registry tries to reach Kafka for a minute and then ends, and is started again.
        startup: healthProbe('/health/started', 36),
        readiness: healthProbe('/health/ready', 3),
        liveness: healthProbe('/health/live', 6),
      },
    });
    return ApiObject.of(deployment);
  }

  private addService(labels: { [key: string]: string }): void {
    const service = new Service(this, 'Service', {
      metadata: { name: this.registryName, namespace: this.namespace, labels },
      ports: [{ name: this.certificate ? 'https' : 'http', port: this.port, targetPort: this.port }],
    });
    for (const [label, value] of Object.entries(labels)) service.selectLabel(label, value);
  }
}

function healthProbe(path: string, failureThreshold: number): Probe {
  return Probe.fromHttpGet(path, {
    port: MANAGEMENT_PORT,
    periodSeconds: Duration.seconds(5),
    timeoutSeconds: Duration.seconds(3),
    failureThreshold,
  });
}
