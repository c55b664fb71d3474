import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  ClientCredentials,
  FlinkColumn,
  FlinkSqlJob,
  FlinkType,
  KafkaConnection,
  KafkaTable,
  KafkaTopic,
  ScanStartup,
  SecretKey,
  TableFormat,
} from '../../../lib';
import { Manifest, find } from '../synth';
import { ScenarioModel } from './scenario-model';

/** The Secret key with a value that nothing is known of. */
export const AWKWARD = SecretKey.existing('awkward', 'value');

/** Workloads that connect like the Flink job of a scenario, but log in with the value of {@link AWKWARD}. */
export interface AwkwardJob {
  readonly connection: KafkaConnection;
  /** A FlinkDeployment, as it is written. It copies text from the source topic to the target topic. */
  readonly flink: Manifest;
  /** A Deployment that the connection is attached to, as it is written. */
  readonly client: Manifest;
}

/** The workloads, which are added to the scenario. */
export function awkwardJob({ job, cluster }: ScenarioModel, source: string, target: string): AwkwardJob {
  const { root } = cluster.node;
  const chart = new Chart(root, 'awkward', { namespace: job.namespace });
  const credentials = withAwkward(job.credentials);
  const connection = new KafkaConnection(chart, 'job', { listener: job.listener, user: job.user, credentials });
  const topics = root.node.findAll().filter((construct) => construct instanceof KafkaTopic);
  const table = (name: string, startup?: ScanStartup) => {
    const topic = topics.find(({ topicName }) => topicName === name);
    if (!topic) throw new Error(`no topic ${name}`);
    const columns = [FlinkColumn.physical('text', FlinkType.STRING)];
    return KafkaTable.kafka({ topic, connection, columns, valueFormat: TableFormat.csv(), startup });
  };
  const flink = new FlinkSqlJob(chart, 'awkward');
  const from = flink.addTable('Source', table(source, ScanStartup.latest()));
  const into = flink.addTable('Target', table(target));
  flink.insert({ into, from: [from], query: 'SELECT text FROM Source' });
  const client = new Deployment(chart, 'client', { containers: [{ image: 'example.com/client:1.0' }] });
  connection.attachTo(client);
  const manifests = Testing.synth(chart) as Manifest[];
  return { connection, flink: find(manifests, 'FlinkDeployment'), client: find(manifests, 'Deployment') };
}

function withAwkward({ _details: details }: ClientCredentials): ClientCredentials {
  switch (details.kind) {
    case 'password':
      return ClientCredentials.scramSha512(details.username, AWKWARD);
    case 'oauth':
      return ClientCredentials.oauth({ ...details.oauth, clientSecret: AWKWARD });
    default:
      throw new Error(`no text is the credential of kind ${details.kind}`);
  }
}
