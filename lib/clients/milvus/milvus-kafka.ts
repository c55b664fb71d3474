import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { CLIENT_FILES_RULES } from '../../connection/client-files-rules';
import { KafkaConnection } from '../../connection/kafka-connection';
import { PLACE_RULES } from '../../kubernetes/place';
import { WORKLOAD_RULES } from '../../kubernetes/workload-rules';
import { SecretKey } from '../../secrets/secret-key';
import { KafkaListener } from '../../strimzi/kafka-listener';
import { KafkaTopic } from '../../strimzi/kafka-topic';
import { enforce } from '../../validation/rule';
import { MilvusImage } from './milvus-image';
import { MILVUS_KAFKA_RULES } from './milvus-kafka-rules';
import {
  MilvusSettings,
  channelSettings,
  channelTopics,
  grantChannels,
  kafkaFiles,
  kafkaSettings,
  mergedSettings,
} from './milvus-settings';

/** What every form of Milvus is told about Kafka. */
export interface MilvusKafkaProps {
  /** How Milvus reaches Kafka. Its user is given the rights that Milvus needs. */
  readonly connection: KafkaConnection;
  /**
   * The name of the Milvus.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * What the names of all topics and consumer groups of this Milvus begin with. Two that share a Kafka need two.
   *
   * @default - the name
   */
  readonly channelPrefix?: string;
  /**
   * The number of topics that records are spread over; whole, and not to be changed once there are data.
   *
   * @default 16
   */
  readonly channels?: number;
  /**
   * The image.
   *
   * @default MilvusImage.V2_6_17
   */
  readonly image?: MilvusImage;
  /**
   * Says that the brokers are older than Kafka 4, and so take SCRAM of librdkafka before 2.6.1.
   *
   * @default false
   */
  readonly kafkaBefore4?: boolean;
}

/** The largest record that Milvus writes, in bytes. Brokers take a tenth of it unless the topic says otherwise. */
const LARGEST_RECORD = 10485760;

/**
 * What every form of Milvus takes from its connection to Kafka: settings, secret values, files, topics and rights.
 *
 * Brokers of this library do not make topics by themselves, so those of the channels are declared. Elsewhere Milvus has
 * the brokers make them.
 */
export class MilvusKafka {
  public readonly name: string;
  public readonly connection: KafkaConnection;
  public readonly channelPrefix: string;
  public readonly channels: number;
  public readonly image: MilvusImage;
  public readonly kafkaBefore4: boolean;
  public readonly settings: MilvusSettings;
  public readonly secrets: Readonly<Record<string, SecretKey>>;
  public readonly files: ClientFiles;

  public constructor(
    private readonly scope: Construct,
    props: MilvusKafkaProps,
  ) {
    const { connection } = props;
    this.connection = connection;
    this.name = props.name ?? scope.node.id;
    this.channelPrefix = props.channelPrefix ?? this.name;
    this.channels = props.channels ?? 16;
    this.image = props.image ?? MilvusImage.V2_6_17;
    this.kafkaBefore4 = props.kafkaBefore4 ?? false;
    const { settings, secrets } = kafkaSettings(connection);
    this.settings = mergedSettings(settings, channelSettings(this.channelPrefix, this.channels));
    this.secrets = secrets;
    this.files = kafkaFiles(connection);
    enforce(scope, PLACE_RULES, connection);
    enforce(scope, WORKLOAD_RULES, { name: this.name, image: this.image.image });
    enforce(scope, MILVUS_KAFKA_RULES, this);
  }

  /** Declares the topics, gives the rights and opens the listener to the pods. */
  public connect(labels: { [key: string]: string }): void {
    const { connection, channelPrefix, image } = this;
    const { listener, grantee } = connection;
    const cluster = listener instanceof KafkaListener ? listener.cluster : undefined;
    if (cluster) {
      const topics = new Construct(this.scope, 'Topics');
      for (const topicName of channelTopics(channelPrefix, this.channels, image)) {
        new KafkaTopic(topics, topicName, { cluster, config: { 'max.message.bytes': LARGEST_RECORD } });
      }
    }
    if (grantee) grantChannels(grantee, channelPrefix, image, cluster === undefined);
    connection.allowFromPods(labels);
  }

  /** Has the rules about the files of the pods looked at, for whatever files there are in the end. */
  public enforceFiles(files: ClientFiles = this.files): void {
    enforce(this.scope, CLIENT_FILES_RULES, files);
  }
}
