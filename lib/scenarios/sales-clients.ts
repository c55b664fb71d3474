import { Chart } from 'cdk8s';
import { KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../library';
import { SalesKafka } from './sales-kafka';

/** The connections of the programs around the Flink job. */
export interface SalesClients {
  readonly generator: KafkaConnection;
  readonly registry: KafkaConnection;
}

/** The data generator and the registry as users of their own, over a listener with mutual TLS. */
export function clientsByCertificate(chart: Chart, { cluster }: SalesKafka): SalesClients {
  const listener = cluster.addListener('tls', { port: 9093, authentication: ListenerAuthentication.tls() });
  const connect = (name: string) => {
    const user = new KafkaUser(chart, name, { cluster, authentication: UserAuthentication.tls() });
    return new KafkaConnection(chart, `${name}-connection`, { listener, user });
  };
  return { generator: connect('recommendation-app-kafka-user'), registry: connect('apicurio-registry-kafka-user') };
}
