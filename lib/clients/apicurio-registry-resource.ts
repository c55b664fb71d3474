import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClientFiles, secretPath } from '../connection/client-files';
import { CLIENT_FILES_RULES } from '../connection/client-files-rules';
import { renderPodFiles } from '../connection/pod-files';
import { ISchemaRegistry } from '../connection/schema-registry';
import { literalEnvValue } from '../kubernetes/env-value';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../kubernetes/hardening';
import { NetworkPeer } from '../kubernetes/network-peer';
import { PLACE_RULES, namespaceOf, serviceHost, serviceHosts } from '../kubernetes/place';
import { ResourceProps, renderResources } from '../kubernetes/resources';
import { addWorkloadPolicy } from '../kubernetes/workload-policy';
import { WORKLOAD_RULES } from '../kubernetes/workload-rules';
import { ICertificate } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { enforce } from '../validation/rule';
import { grantStorage } from './apicurio-registry-grants';
import { APICURIO_REGISTRY_RESOURCE_RULES, APICURIO_REGISTRY_RULES } from './apicurio-registry-rules';
import {
  MANAGEMENT_PORT,
  REGISTRY_RESOURCES,
  REGISTRY_USER,
  httpsSettings,
  kafkaClientSettings,
} from './apicurio-registry-settings';
import { RegistryStorage } from './apicurio-registry-storage';

/** The image that the operator runs; init containers run it too. */
const IMAGE = 'quay.io/apicurio/apicurio-registry:3.3.1';

/** The container that the operator takes for the registry's. */
const CONTAINER = 'apicurio-registry-app';

const HTTPS_PORT = 8443;
const HTTP_PORT = 8080;

/** How a registry is reached from outside the Kubernetes cluster. */
export interface RegistryIngressProps {
  /** The host name. */
  readonly host: string;
  /** The certificate that the Ingress shows. */
  readonly certificate: ICertificate;
  /**
   * The class of the Ingress.
   *
   * @default - the default class of the Kubernetes cluster
   */
  readonly className?: string;
}

/** An Apicurio Registry that its operator runs. Give exactly one of `certificate` and `unencrypted`. */
export interface ApicurioRegistryResourceProps {
  /** Where the schemas are kept. */
  readonly storage: RegistryStorage;
  /**
   * The certificate that the registry shows: it then speaks HTTPS only, on port 443 of its Service.
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
   * The name of the resource. The operator's objects are named after it: the Service is `<name>-app-service`.
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
   * @default - that of the operator
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
  /**
   * An Ingress of the operator. It speaks plain HTTP to the registry. Let its controller in: `allowFrom()`.
   *
   * @default - none
   */
  readonly ingress?: RegistryIngressProps;
}

/**
 * An Apicurio Registry as a resource of its operator, `ApicurioRegistry3`, with a NetworkPolicy in place of the
 * operator's, which would let everybody in. The web interface is off.
 *
 * What the resource has fields for takes key stores in PKCS#12, with passwords, and neither SCRAM nor a PEM
 * certificate. So the registry is told by the same variables as in a Deployment, and its files are mounted by the pod
 * template. The one field used is `tls`, from which the operator learns that its Service has the port of HTTPS.
 *
 * @see Apicurio Registry operator 3.3.1, operator/controller/.../resource/ResourceFactory.java
 */
export class ApicurioRegistryResource extends Construct implements ISchemaRegistry {
  /**
   * The names that the certificate of a registry must be valid for.
   *
   * @param name the name of the registry
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(serviceName(name), namespace, clusterDomain);
  }

  /** The name of the resource. */
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
  /** How the registry is reached from outside the Kubernetes cluster; none if it is not. */
  public readonly ingress?: RegistryIngressProps;
  /** The host name of the Service that the operator makes. */
  public readonly serviceHost: string;
  /** The ApicurioRegistry3 resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the registry's name if none is given
   * @param props the registry
   */
  public constructor(scope: Construct, id: string, props: ApicurioRegistryResourceProps) {
    super(scope, id);
    const connection = props.storage._connection();
    this.registryName = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace ?? connection?.namespace);
    this.storage = props.storage;
    this.certificate = props.certificate;
    this.unencrypted = props.unencrypted ?? false;
    this.replicas = props.replicas ?? 1;
    this.ingress = props.ingress;
    this.serviceHost = serviceHost(serviceName(this.registryName), this.namespace, props.clusterDomain);

    const files = this.files();
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'registry.apicur.io/v1',
      kind: 'ApicurioRegistry3',
      metadata: { name: this.registryName, namespace: this.namespace },
      spec: {
        app: {
          replicas: this.replicas,
          ...(connection
            ? { storage: { type: 'kafkasql', kafkasql: { bootstrapServers: connection.bootstrapServers } } }
            : {}),
          ...(this.certificate ? { tls: { insecureRequests: 'disabled' } } : {}),
          env: Object.entries(this.settings()).map(([name, value]) => ({ name, value: literalEnvValue(value) })),
          ingress: this.renderIngress(),
          networkPolicy: { enabled: false },
          podTemplateSpec: { spec: renderPod(files, props) },
        },
        ui: { enabled: false },
      },
    });
    const labels = this.labels();
    addWorkloadPolicy(this, {
      name: `${this.registryName}-app`,
      namespace: this.namespace,
      labels,
      port: this.certificate ? HTTPS_PORT : HTTP_PORT,
      peers: () => this.peers,
    });
    if (connection) {
      connection.allowFromPods(labels);
      grantStorage(connection);
    }

    enforce(this, PLACE_RULES, this);
    enforce(this, WORKLOAD_RULES, { name: serviceName(this.registryName), image: props.image ?? IMAGE });
    enforce(this, CLIENT_FILES_RULES, files);
    enforce(this, APICURIO_REGISTRY_RULES, this);
    enforce(this, APICURIO_REGISTRY_RESOURCE_RULES, this);
  }

  /** The port of the Service. */
  public get port(): number {
    return this.certificate ? 443 : HTTP_PORT;
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
   * Lets a client in that is not part of this app, or the controller of the Ingress.
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
      // The operator would let scripts of every web site in.
      QUARKUS_HTTP_CORS_ORIGINS: this.ingress ? `https://${this.ingress.host}` : this.url,
      ...(certificate
        ? httpsSettings(HTTPS_PORT, secretPath(certificate.certificate), secretPath(certificate.privateKey))
        : {}),
      ...(connection ? kafkaClientSettings(connection) : {}),
    };
  }

  private renderIngress(): object {
    if (!this.ingress) return { enabled: false };
    const { host, certificate, className } = this.ingress;
    return {
      enabled: true,
      host,
      tlsSecretName: certificate.certificate.secretName,
      ...(className === undefined ? {} : { ingressClassName: className }),
    };
  }

  /** The labels by which the operator's own selectors know the pods. */
  private labels(): { [key: string]: string } {
    return {
      app: this.registryName,
      'app.kubernetes.io/name': 'apicurio-registry',
      'app.kubernetes.io/component': 'app',
      'app.kubernetes.io/part-of': 'apicurio-registry',
      'app.kubernetes.io/instance': this.registryName,
    };
  }
}

/** The name of the Service that the operator makes. */
function serviceName(registry: string): string {
  return `${registry}-app-service`;
}

/** The pod, to which the operator adds what it leaves out. */
function renderPod(
  files: ClientFiles,
  { image, resources = REGISTRY_RESOURCES }: ApicurioRegistryResourceProps,
): object {
  const { volumes, volumeMounts, initContainers } = renderPodFiles(files, image ?? IMAGE, REGISTRY_USER);
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: RESTRICTED_POD,
    ...(initContainers.length > 0 ? { initContainers } : {}),
    containers: [
      {
        name: CONTAINER,
        ...(image === undefined ? {} : { image }),
        securityContext: { ...RESTRICTED_CONTAINER, runAsUser: REGISTRY_USER, readOnlyRootFilesystem: true },
        resources: renderResources(resources),
        // The registry tries to reach Kafka for a minute and then ends, and is started again.
        startupProbe: probe('/health/started', 36),
        readinessProbe: probe('/health/ready', 3),
        livenessProbe: probe('/health/live', 6),
        volumeMounts: [...volumeMounts, { name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [...volumes, { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }],
  };
}

function probe(path: string, failureThreshold: number): object {
  return { httpGet: { path, port: MANAGEMENT_PORT }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold };
}
