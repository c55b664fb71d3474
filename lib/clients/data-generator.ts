import { ApiObject, Size } from 'cdk8s';
import { Cpu, EnvValue, Secret, Volume, VolumeMount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CLIENT_FILES_RULES } from '../connection/client-files-rules';
import { IKafkaTopic } from '../access/kafka-topic';
import { KafkaConnection } from '../connection/kafka-connection';
import { WorkloadFiles, workloadFiles } from '../connection/workload-files';
import { PLACE_RULES } from '../kubernetes/place';
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
import { SecretKey } from '../secrets/secret-key';
import { KafkaUser } from '../strimzi/kafka-user';
import { enforce } from '../validation/rule';
import { ApicurioRegistry } from './apicurio-registry';
import { DataSet } from './data-generator-data-set';
import { DataGeneratorImage } from './data-generator-image';
import { DATA_GENERATOR_RULES } from './data-generator-rules';
import {
  DataGeneratorSettings,
  JAVA_TRUST_FOLDER,
  JAVA_TRUST_VOLUME,
  dataGeneratorSettings,
  javaTrustCommand,
} from './data-generator-settings';

const USER = 1001;

const RESOURCES: ResourceProps = {
  cpuRequest: Cpu.millis(100),
  cpuLimit: Cpu.millis(500),
  memory: Size.mebibytes(512),
};

/** A data generator. */
export interface DataGeneratorProps {
  /** How it reaches Kafka. It runs in the namespace of the connection. */
  readonly connection: KafkaConnection;
  /** What it makes up. */
  readonly data: DataSet[];
  /** The topics that the data sets go to. Its user is given the right to write to them. */
  readonly topics: IKafkaTopic[];
  /**
   * The registry that it puts the schemas of its Avro records into.
   *
   * @default - none: it writes CSV
   */
  readonly registry?: ApicurioRegistry;
  /**
   * The program.
   *
   * @default DataGeneratorImage.V0_1_0
   */
  readonly image?: DataGeneratorImage;
  /**
   * A `tls` user whose key store version 0.1.0 reads where the listener asks for no certificate: without one it does
   * not speak TLS. The brokers never see it.
   *
   * @default - the user of the connection
   */
  readonly keystoreUser?: KafkaUser;
  /**
   * The name of the Deployment.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * What the container asks for and gets at most.
   *
   * @default - 100 to 500 millicores and 512 MiB
   */
  readonly resources?: ResourceProps;
}

/**
 * A program that fills topics with made-up records: Deployment and NetworkPolicy. Nobody can connect to it.
 *
 * @see streamshub/flink-sql-examples 0.1.0, tutorials/data-generator
 */
export class DataGenerator extends Construct {
  /** The name of the Deployment. */
  public readonly generatorName: string;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** How it reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** What it makes up. */
  public readonly data: DataSet[];
  /** The topics that it writes to. */
  public readonly topics: IKafkaTopic[];
  /** The registry of its schemas; none if it writes CSV. */
  public readonly registry?: ApicurioRegistry;
  /** The program. */
  public readonly image: DataGeneratorImage;
  /** The user whose key store is read where the listener asks for no certificate. */
  public readonly keystoreUser?: KafkaUser;
  /** The Deployment, for what has no property here. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope the scope
   * @param id the construct's id, and the Deployment's name if none is given
   * @param props the generator
   */
  public constructor(scope: Construct, id: string, props: DataGeneratorProps) {
    super(scope, id);
    this.generatorName = props.name ?? id;
    this.connection = props.connection;
    this.namespace = props.connection.namespace;
    this.data = [...props.data];
    this.topics = [...props.topics];
    this.registry = props.registry;
    this.image = props.image ?? DataGeneratorImage.V0_1_0;
    this.keystoreUser = props.keystoreUser;

    const { generatorName: name, namespace } = this;
    const labels = workloadLabels('data-generator', name);
    const settings = dataGeneratorSettings(this);
    this.apiObject = this.deploy(labels, settings, props.resources ?? RESOURCES);
    addWorkloadPolicy(this, { name, namespace, labels, peers: () => [] });
    this.connection.allowFromPods(labels);
    this.registry?.allowFromPods(labels, namespace);
    this.grantTopics();

    enforce(this, PLACE_RULES, this);
    enforce(this, WORKLOAD_RULES, { name, image: this.image.image });
    enforce(this, CLIENT_FILES_RULES, settings.files);
    enforce(this, DATA_GENERATOR_RULES, this);
  }

  /** @internal The user whose key store version 0.1.0 reads. */
  public _keystoreUser(): KafkaUser | undefined {
    return this.connection.user instanceof KafkaUser ? this.connection.user : this.keystoreUser;
  }

  private grantTopics(): void {
    const { grantee } = this.connection;
    if (!grantee) return;
    for (const topic of this.topics) topic.grantProduce(grantee);
  }

  private deploy(
    labels: { [key: string]: string },
    settings: DataGeneratorSettings,
    resources: ResourceProps,
  ): ApiObject {
    const { image } = this.image;
    const files = workloadFiles(this, settings.files, image);
    const javaTrust = this.javaTrust(settings, files.volumeMounts);
    const deployment = addDeployment(this, {
      name: this.generatorName,
      namespace: this.namespace,
      labels,
      replicas: 1,
      user: USER,
      initContainers: [...files.initContainers, ...javaTrust.initContainers],
      container: {
        name: 'data-generator',
        image,
        envVariables: { ...literalEnvironment(settings.variables), ...this.secretEnvironment(settings.secrets) },
        volumeMounts: [...files.volumeMounts, ...javaTrust.volumeMounts, temporaryFolder(this, Size.mebibytes(64))],
        resources: containerResources(resources),
      },
    });
    return ApiObject.of(deployment);
  }

  /** The Java key store that version 0.1.0 needs, and the container that makes it. */
  private javaTrust(settings: DataGeneratorSettings, files: VolumeMount[]): WorkloadFiles {
    if (!settings.javaTrust) return { volumeMounts: [], initContainers: [] };
    const volume = Volume.fromEmptyDir(this, 'truststore', JAVA_TRUST_VOLUME, { sizeLimit: Size.mebibytes(1) });
    return {
      volumeMounts: [{ path: JAVA_TRUST_FOLDER, volume, readOnly: true }],
      initContainers: [
        {
          name: JAVA_TRUST_VOLUME,
          image: this.image.image,
          command: javaTrustCommand(settings.javaTrust),
          volumeMounts: [...files, { path: JAVA_TRUST_FOLDER, volume }],
          resources: containerResources({
            cpuRequest: Cpu.millis(50),
            cpuLimit: Cpu.millis(500),
            memory: Size.mebibytes(128),
          }),
        },
      ],
    };
  }

  private secretEnvironment(secrets: { [variable: string]: SecretKey }): { [variable: string]: EnvValue } {
    return Object.fromEntries(
      Object.entries(secrets).map(([variable, { secretName, key }]) => {
        const secret = Secret.fromSecretName(this, `variable-${variable}`, secretName);
        return [variable, EnvValue.fromSecretValue({ secret, key })];
      }),
    );
  }
}
