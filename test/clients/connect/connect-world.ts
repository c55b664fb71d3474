import { Chart } from 'cdk8s';
import {
  AclRule,
  KafkaConnection,
  KafkaConnect,
  KafkaTopic,
  KafkaUser,
  ListenerAuthentication,
  SinkConnector,
  SourceConnector,
  StrimziKafkaConnect,
  StrimziKafkaConnectProps,
  UserAuthentication,
} from '../../../lib';
import { World } from '../world';

/** The world of the clients, with a listener for passwords, and topics to copy from and to. */
export class ConnectWorld extends World {
  public readonly input: KafkaTopic;
  public readonly output: KafkaTopic;
  public readonly scram = this.cluster.addListener('scram', {
    port: 9094,
    authentication: ListenerAuthentication.scramSha512(),
  });

  public constructor(chart: Chart) {
    super(chart);
    this.input = new KafkaTopic(chart, 'input', { cluster: this.cluster });
    this.output = new KafkaTopic(chart, 'output', { cluster: this.cluster });
  }

  /** How a user with a password reaches the cluster. */
  public withPassword(name: string, namespace?: string): KafkaConnection {
    return this.connect(this.user(name, UserAuthentication.scramSha512()), this.scram, namespace);
  }

  /** Workers of Strimzi's, whose user is `worker`. */
  public workers(props: Partial<StrimziKafkaConnectProps> = {}): StrimziKafkaConnect {
    const connection = props.connection ?? this.connect(this.user('worker'));
    return new StrimziKafkaConnect(this.chart, props.name ?? 'etl', { ...props, connection });
  }

  public source(connect: KafkaConnect, props: object = {}): SourceConnector {
    const all = { connect, connectorClass: 'org.example.Source', topics: [this.output], ...props };
    return new SourceConnector(this.chart, 'reader', all);
  }

  public sink(connect: KafkaConnect, props: object = {}): SinkConnector {
    const all = { connect, connectorClass: 'org.example.Sink', topics: [this.input], ...props };
    return new SinkConnector(this.chart, 'writer', all);
  }
}

/** The rights of a user, as people read them: `group etl: Read`. */
export function rightsOf(user: KafkaUser): string[] {
  return texts(user.acls);
}

/** Rights as people read them. */
export function texts(rules: readonly AclRule[]): string[] {
  return rules.map(({ resource, operations }) => `${resource.toString()}: ${operations.join(' ')}`).sort();
}
