import { Construct } from 'constructs';
import { renderPodFiles } from '../../connection/pod-files';
import { enforce } from '../../validation/rule';
import { secretEnvironment } from './milvus-environment';
import { MILVUS_HELM_RULES } from './milvus-helm-rules';
import { MilvusKafka, MilvusKafkaProps } from './milvus-kafka';
import { MILVUS_USER, yamlText } from './milvus-settings';

/** A Milvus that a Helm release runs. */
export interface MilvusHelmValuesProps extends MilvusKafkaProps {
  /**
   * Whether all of it is one process.
   *
   * @default false: each kind of node has pods of its own
   */
  readonly standalone?: boolean;
}

/** The parts of a release that have pods, by their names in the values. */
const PARTS = ['proxy', 'mixCoordinator', 'dataNode', 'queryNode', 'streamingNode'];

/**
 * The values with which the Helm chart of Milvus runs a Milvus on a Kafka, and what the Kafka needs for it: topics, rights
 * and access through the network. The name is that of the release, and the namespace that of the connection.
 *
 * Write `yaml` to a file and give it to Helm after your own values: `helm install milvus zilliztech/milvus -f own.yaml -f
 * kafka.yaml`.
 *
 * @see Helm chart zilliztech/milvus 5.0.19
 */
export class MilvusHelmValues extends Construct {
  /** The name of the release. */
  public readonly releaseName: string;
  /** The namespace of the release. */
  public readonly namespace: string;
  /** The values. */
  public readonly values: { [key: string]: any };

  /**
   * @param scope the scope
   * @param id the construct's id, and the name of the release if none is given
   * @param props the release
   */
  public constructor(scope: Construct, id: string, props: MilvusHelmValuesProps) {
    super(scope, id);
    const kafka = new MilvusKafka(this, props);
    this.releaseName = kafka.name;
    this.namespace = props.connection.namespace;
    this.values = valuesOf(kafka, props.standalone ?? false);
    kafka.connect({ 'app.kubernetes.io/name': 'milvus', 'app.kubernetes.io/instance': kafka.name });
    kafka.enforceFiles();
    enforce(this, MILVUS_HELM_RULES, kafka);
  }

  /** The values as the text of a file. */
  public get yaml(): string {
    return yamlText(this.values);
  }
}

function valuesOf(kafka: MilvusKafka, standalone: boolean): { [key: string]: any } {
  const { connection, secrets, settings, files, image } = kafka;
  const { volumes, volumeMounts } = renderPodFiles(files, image.image, MILVUS_USER);
  const [repository, tag] = splitImage(image.image);
  const extraEnv = Object.keys(secrets).length > 0 ? { extraEnv: secretEnvironment(secrets) } : {};
  return {
    image: { all: { repository, tag } },
    cluster: { enabled: !standalone },
    // Whatever else could carry messages is not installed.
    ...Object.fromEntries(['pulsar', 'pulsarv3', 'kafka'].map((name) => [name, { enabled: false }])),
    externalKafka: {
      enabled: true,
      brokerList: connection.bootstrapServers,
      securityProtocol: connection.securityProtocol,
      sasl: { mechanisms: connection.credentials.saslMechanism ?? '' },
    },
    // The chart merges this file over what it makes of `externalKafka`.
    extraConfigFiles: { 'user.yaml': yamlText(settings) },
    ...(volumes.length > 0 ? { volumes, volumeMounts } : {}),
    ...(standalone
      ? // Its default would have the chart write the type of the message queue twice into one file.
        { standalone: { messageQueue: 'kafka', ...extraEnv } }
      : Object.fromEntries(PARTS.map((part) => [part, extraEnv]))),
  };
}

/** The image in the two parts that the chart joins with a colon: so a digest is joined as well. */
function splitImage(image: string): [string, string] {
  const colon = image.lastIndexOf(':');
  return [image.slice(0, colon), image.slice(colon + 1)];
}
