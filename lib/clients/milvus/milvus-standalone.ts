import { createHash } from 'node:crypto';
import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import {
  ConfigMap,
  Cpu,
  DeploymentStrategy,
  EnvValue,
  PersistentVolumeAccessMode,
  PersistentVolumeClaim,
  Probe,
  Secret,
  Service,
  Volume,
  VolumeMount,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { workloadFiles } from '../../connection/workload-files';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { serviceHost, serviceHosts } from '../../kubernetes/place';
import { ResourceProps } from '../../kubernetes/resources';
import { addDeployment, containerResources, temporaryFolder, workloadLabels } from '../../kubernetes/workload';
import { addWorkloadPolicy } from '../../kubernetes/workload-policy';
import { ICertificate } from '../../pki/certificate';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';
import { enforce } from '../../validation/rule';
import { MilvusKafka, MilvusKafkaProps } from './milvus-kafka';
import { MILVUS_USER, kafkaFiles, mergedSettings, yamlText } from './milvus-settings';
import { MILVUS_STANDALONE_RULES } from './milvus-standalone-rules';
import {
  DATA_FOLDER,
  addCertificate,
  addStorageFiles,
  apiSettings,
  storageSecrets,
  storageSettings,
} from './milvus-standalone-settings';
import { MilvusStorage } from './milvus-storage';

const PORT = 19530;
/** The port of health and metrics, apart from that of the API. */
const MANAGEMENT_PORT = 9091;
/** The file that Milvus merges over the one of its image. */
const SETTINGS_FILE = '/milvus/configs/user.yaml';

const RESOURCES: ResourceProps = { cpuRequest: Cpu.millis(500), cpuLimit: Cpu.units(4), memory: Size.gibibytes(8) };

/** A Milvus in one process. Give exactly one of `certificate` and `unencrypted`. */
export interface MilvusStandaloneProps extends MilvusKafkaProps {
  /**
   * Where the data are kept.
   *
   * @default MilvusStorage.volume()
   */
  readonly storage?: MilvusStorage;
  /**
   * The certificate that Milvus shows to its clients.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly certificate?: ICertificate;
  /**
   * Lets clients speak to Milvus in clear.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
  /**
   * The first password of the user `root`; clients then have to log in.
   *
   * @default - none: whoever the NetworkPolicy lets in may do everything
   */
  readonly rootPassword?: SecretKey;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if the address should contain it.
   *
   * @default - the host ends in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * What the container asks for and gets at most.
   *
   * @default - 500 to 4000 millicores and 8 GiB
   */
  readonly resources?: ResourceProps;
}

/**
 * A Milvus in one process that keeps its log in Kafka: Deployment, ConfigMap, Service and NetworkPolicy, and a volume
 * claim if the data are in a volume.
 *
 * The ConfigMap holds `milvus.yaml` without any secret value: passwords come from Secrets by the environment, which Milvus
 * prefers to its files.
 *
 * @see Milvus 2.6.7, configs/milvus.yaml
 */
export class MilvusStandalone extends Construct {
  /**
   * The names that the certificate of a Milvus must be valid for.
   *
   * @param name the name of the Milvus
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(name, namespace, clusterDomain);
  }

  /** The name of the Deployment, the ConfigMap and the Service. */
  public readonly milvusName: string;
  /** The namespace: that of the connection to Kafka. */
  public readonly namespace: string;
  /** Where the data are kept. */
  public readonly storage: MilvusStorage;
  /** The certificate that Milvus shows; none if it speaks in clear. */
  public readonly certificate?: ICertificate;
  /** Whether clients may speak to Milvus in clear. */
  public readonly unencrypted: boolean;
  /** The host name of the Service. */
  public readonly serviceHost: string;
  /** The `milvus.yaml` that Milvus merges over the one of its image. */
  public readonly milvusYaml: string;
  /** The Deployment, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly kafka: MilvusKafka;
  private readonly rootPassword?: SecretKey;
  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the name of the Milvus if none is given
   * @param props the Milvus
   */
  public constructor(scope: Construct, id: string, props: MilvusStandaloneProps) {
    super(scope, id);
    this.kafka = new MilvusKafka(this, props);
    this.milvusName = this.kafka.name;
    this.namespace = props.connection.namespace;
    this.storage = props.storage ?? MilvusStorage.volume();
    this.certificate = props.certificate;
    this.unencrypted = props.unencrypted ?? false;
    this.rootPassword = props.rootPassword;
    this.serviceHost = serviceHost(this.milvusName, this.namespace, props.clusterDomain);
    this.milvusYaml = yamlText(
      mergedSettings(
        this.kafka.settings,
        storageSettings(this.storage, this.milvusName),
        apiSettings(this.certificate, props.rootPassword !== undefined),
      ),
    );

    const files = this.files();
    this.apiObject = this.deploy(files, props.resources ?? RESOURCES);
    this.addService();
    addWorkloadPolicy(this, { ...this.place, labels: this.labels, port: PORT, peers: () => this.peers });
    this.kafka.connect(this.labels);
    this.kafka.enforceFiles(files);
    enforce(this, MILVUS_STANDALONE_RULES, this);
  }

  /** The port of the Service. */
  public get port(): number {
    return PORT;
  }

  /** Where clients connect to: a URL. */
  public get url(): string {
    return `${this.certificate ? 'https' : 'http'}://${this.serviceHost}:${PORT}`;
  }

  /** What clients must trust; none if Milvus speaks in clear. */
  public get trust(): TrustedCertificates | undefined {
    return this.certificate?.issuer;
  }

  /**
   * Lets pods connect.
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

  /** @internal Every Secret that the pod needs beside those of its connection. */
  public _secrets(): { readonly namespace?: string; toString(): string }[] {
    const details = this.storage._details;
    const external = details.kind === 'external' ? details.external : undefined;
    const certificates = [this.certificate, external?.etcd.certificate].filter((one) => one !== undefined);
    const others = [this.rootPassword, external?.etcd.trust, external?.objects.trust].filter(
      (one) => one !== undefined,
    );
    return [
      ...certificates.flatMap(({ certificate, privateKey }) => [certificate, privateKey]),
      ...others,
      ...Object.values(storageSecrets(this.storage)),
    ];
  }

  private get labels(): { [key: string]: string } {
    return workloadLabels('milvus', this.milvusName);
  }

  private get place(): { name: string; namespace: string } {
    return { name: this.milvusName, namespace: this.namespace };
  }

  private files(): ClientFiles {
    const files = kafkaFiles(this.kafka.connection);
    addStorageFiles(files, this.storage);
    if (this.certificate) addCertificate(files, this.certificate);
    return files;
  }

  private deploy(files: ClientFiles, resources: ResourceProps): ApiObject {
    const { image } = this.kafka.image;
    const { volumeMounts, initContainers } = workloadFiles(this, files, image);
    const deployment = addDeployment(this, {
      ...this.place,
      labels: this.labels,
      replicas: 1,
      // Two processes must not write to one volume or one channel.
      strategy: DeploymentStrategy.recreate(),
      user: MILVUS_USER,
      initContainers,
      container: {
        name: 'milvus',
        image,
        args: ['milvus', 'run', 'standalone'],
        ports: [
          { name: 'api', number: PORT },
          { name: 'management', number: MANAGEMENT_PORT },
        ],
        envVariables: this.secretEnvironment(),
        volumeMounts: [
          ...volumeMounts,
          this.settingsFile(),
          this.dataFolder(),
          temporaryFolder(this, Size.gibibytes(1)),
        ],
        resources: containerResources(resources),
        startup: healthProbe(60),
        readiness: healthProbe(3),
        liveness: Probe.fromTcpSocket({
          port: MANAGEMENT_PORT,
          periodSeconds: Duration.seconds(10),
          failureThreshold: 6,
        }),
      },
    });
    const apiObject = ApiObject.of(deployment);
    apiObject.addJsonPatch(
      JsonPatch.add('/spec/template/spec/securityContext/fsGroup', MILVUS_USER),
      // Milvus reads some settings only when it starts: with other settings its pod is another one.
      JsonPatch.add('/spec/template/metadata/annotations', {
        'cdk8s-secure-kafka/settings': createHash('sha256').update(this.milvusYaml).digest('hex'),
      }),
    );
    return apiObject;
  }

  private secretEnvironment(): { [variable: string]: EnvValue } {
    const secrets = {
      ...this.kafka.secrets,
      ...storageSecrets(this.storage),
      ...(this.rootPassword ? { COMMON_SECURITY_DEFAULTROOTPASSWORD: this.rootPassword } : {}),
    };
    return Object.fromEntries(
      Object.entries(secrets).map(([variable, { secretName, key }]) => {
        const secret = Secret.fromSecretName(this, `environment-${variable}`, secretName);
        return [variable, EnvValue.fromSecretValue({ secret, key })];
      }),
    );
  }

  private settingsFile(): VolumeMount {
    const configMap = new ConfigMap(this, 'Settings', {
      metadata: { ...this.place, labels: this.labels },
      data: { 'milvus.yaml': this.milvusYaml },
    });
    const volume = Volume.fromConfigMap(this, 'settings-volume', configMap, { name: 'milvus-settings' });
    return { path: SETTINGS_FILE, subPath: 'milvus.yaml', volume, readOnly: true };
  }

  private dataFolder(): VolumeMount {
    const details = this.storage._details;
    const name = 'milvus-data';
    if (details.kind === 'external') {
      return { path: DATA_FOLDER, volume: Volume.fromEmptyDir(this, 'data-volume', name) };
    }
    const claim = new PersistentVolumeClaim(this, 'Data', {
      metadata: { name: `${this.milvusName}-data`, namespace: this.namespace, labels: this.labels },
      accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storage: details.volume.size ?? Size.gibibytes(50),
      storageClassName: details.volume.storageClass,
    });
    return { path: DATA_FOLDER, volume: Volume.fromPersistentVolumeClaim(this, 'data-volume', claim, { name }) };
  }

  private addService(): void {
    const service = new Service(this, 'Service', {
      metadata: { ...this.place, labels: this.labels },
      ports: [{ name: 'api', port: PORT, targetPort: PORT }],
    });
    for (const [label, value] of Object.entries(this.labels)) service.selectLabel(label, value);
  }
}

function healthProbe(failureThreshold: number): Probe {
  return Probe.fromHttpGet('/healthz', {
    port: MANAGEMENT_PORT,
    periodSeconds: Duration.seconds(10),
    timeoutSeconds: Duration.seconds(3),
    failureThreshold,
  });
}
