import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { KafkaConnection } from '../../connection/kafka-connection';
import { namespaceOf } from '../../kubernetes/place';
import { IKafkaTopic } from '../../access/kafka-topic';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { enforce } from '../../validation/rule';
import { addFlinkDeployment, flinkPodLabels } from './flink-deployment';
import { grantSink, grantSource } from './flink-grants';
import { FLINK_JAR_JOB_RULES } from './flink-jar-job-rules';
import { FlinkJobProps, FlinkJobSettings, flinkJobSettings } from './flink-job-settings';
import { FlinkVersion } from './flink-version';

/** A job of a program in a jar. */
export interface FlinkJarJobProps extends FlinkJobProps {
  /** The image, with a tag or digest. */
  readonly image: string;
  /** The version of Flink in the image. */
  readonly flinkVersion: FlinkVersion;
  /** Where the jar is: `local:///opt/...` in the image, or an `https://` address. */
  readonly jarUri: string;
  /**
   * The class with the program.
   *
   * @default - the one that the jar names
   */
  readonly entryClass?: string;
  /**
   * The arguments of the program.
   *
   * @default - none
   */
  readonly args?: string[];
  /**
   * How the program reaches Kafka: the files are mounted and the listeners opened. Topics come by `addSource` and
   * `addSink`.
   *
   * @default - only those of sources and sinks
   */
  readonly connections?: KafkaConnection[];
}

/** A topic that a program reads. */
export interface FlinkSourceProps {
  /** The topic. */
  readonly topic: IKafkaTopic;
  /** How the program reaches the topic, and as whom. */
  readonly connection: KafkaConnection;
  /**
   * The consumer group that the program reads and commits offsets of.
   *
   * @default - none: the program keeps its offsets in checkpoints
   */
  readonly group?: string;
}

/** A topic that a program writes. */
export interface FlinkSinkProps {
  /** The topic. */
  readonly topic: IKafkaTopic;
  /** How the program reaches the topic, and as whom. */
  readonly connection: KafkaConnection;
  /**
   * What the transactional ids of the program begin with.
   *
   * @default - none: records are written without transactions
   */
  readonly transactionalIdPrefix?: string;
}

/**
 * A Flink job of a program in a jar: a FlinkDeployment (`flink.apache.org/v1beta1`).
 *
 * The program gets the settings of its connections from `JavaClientSettings.render`, and finds the files they speak of
 * mounted in all its pods.
 *
 * @see Flink Kubernetes operator 1.15.0, CRD flinkdeployments
 */
export class FlinkJarJob extends Construct {
  /** The name of the FlinkDeployment. */
  public readonly jobName: string;
  /** The namespace. */
  public readonly namespace: string;
  /** The labels of the job's pods, besides Flink's own. */
  public readonly podLabels: { [key: string]: string };
  /** The FlinkDeployment, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: FlinkJarJobProps;
  /** @internal */
  public readonly _topics: { readonly topic: IKafkaTopic; readonly connection: KafkaConnection }[] = [];
  private readonly settings: FlinkJobSettings;
  private readonly connections = new Set<KafkaConnection>();
  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the job's name if none is given
   * @param props the job
   */
  public constructor(scope: Construct, id: string, props: FlinkJarJobProps) {
    super(scope, id);
    this._props = props;
    this.jobName = props.jobName ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.podLabels = flinkPodLabels(this.jobName);
    this.settings = flinkJobSettings(props);
    this.apiObject = addFlinkDeployment(this, {
      jobName: this.jobName,
      namespace: this.namespace,
      image: props.image,
      flinkVersion: props.flinkVersion,
      program: props,
      settings: this.settings,
      environment: () => ({}),
      connections: () => [...this.connections],
      files: () => ClientFiles.of([...this.connections]),
      peers: () => this.peers,
    });
    for (const connection of props.connections ?? []) this.connect(connection);
    enforce(this, FLINK_JAR_JOB_RULES, this);
  }

  /**
   * Lets the program read a topic.
   *
   * @param props the topic
   */
  public addSource(props: FlinkSourceProps): void {
    this.connect(props.connection);
    this._topics.push(props);
    grantSource({ ...props, commitsOffsets: true, startsAtOffsets: true });
  }

  /**
   * Lets the program write a topic.
   *
   * @param props the topic
   */
  public addSink(props: FlinkSinkProps): void {
    this.connect(props.connection);
    this._topics.push(props);
    grantSink(props);
  }

  /**
   * Lets somebody besides the operator reach Flink's REST API and web interface, which ask for no credentials.
   *
   * @param peer who may connect
   */
  public allowRestFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  private connect(connection: KafkaConnection): void {
    if (this.connections.has(connection)) return;
    this.connections.add(connection);
    connection.allowFromPods(this.podLabels);
  }
}
