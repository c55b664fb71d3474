import {
  AclOperation,
  ConsumerGroup,
  IKafkaUser,
  ITopicGrants,
  KafkaTopic,
  KafkaTopicProps,
  KafkaTopics,
  TransactionalId,
} from '../../lib';
import { find, synth, testChart } from '../support/synth';
import { cluster, user } from '../support/worlds';

function topic(id: string, props: Partial<KafkaTopicProps> = {}) {
  return find(
    synth((chart) => new KafkaTopic(chart, id, { cluster: cluster(chart), ...props })),
    'KafkaTopic',
  );
}

test.each([
  ['flink.sales.records', {}, 'flink.sales.records', undefined],
  ['My_Topic', {}, 'my-topic', 'My_Topic'],
  ['my-topic', {}, 'my-topic', undefined],
  ['__internal', {}, 'internal', '__internal'],
  ['sales', { topicName: 'Sales.Records' }, 'sales.records', 'Sales.Records'],
  ['sales', { resourceName: 'the-sales' }, 'the-sales', 'sales'],
  ['sales', { topicName: 'x', resourceName: 'x' }, 'x', undefined],
])('the topic %s with %j is named', (id, props, name, topicName) => {
  const { metadata, spec } = topic(id, props);
  expect(metadata).toEqual({ name, namespace: 'flink', labels: { 'strimzi.io/cluster': 'my-cluster' } });
  expect(spec).toEqual({ ...(topicName ? { topicName } : {}), partitions: 1 });
});

test('a topic has the layout that it is given', () => {
  const config = { 'retention.ms': 1000, 'cleanup.policy': ['compact', 'delete'] };
  expect(topic('a', { partitions: 12, replicas: 1, config }).spec).toEqual({ partitions: 12, replicas: 1, config });
});

const group = ConsumerGroup.literal('g');
const transactionalId = TransactionalId.prefix('t-');

const GRANTS: [string, (on: ITopicGrants, to: IKafkaUser) => void, string[]][] = [
  ['grantConsume', (on, to) => on.grantConsume(to, group), ['topic: Read', 'group g: Read']],
  ['grantRead', (on, to) => on.grantRead(to), ['topic: Read']],
  ['grantProduce', (on, to) => on.grantProduce(to), ['topic: Write']],
  [
    'grantProduceInTransactions',
    (on, to) => on.grantProduceInTransactions(to, transactionalId),
    ['topic: Write', 'transactionalId t-*: Write'],
  ],
  ['grantDescribe', (on, to) => on.grantDescribe(to), ['topic: Describe']],
  ['grantDescribeConfigs', (on, to) => on.grantDescribeConfigs(to), ['topic: DescribeConfigs']],
  ['grantCreate', (on, to) => on.grantCreate(to), ['topic: Create']],
  ['grant', (on, to) => on.grant(to, [AclOperation.DELETE, AclOperation.ALTER]), ['topic: Delete+Alter']],
];

describe.each(GRANTS)('%s', (_, grant, expected) => {
  test.each<[string, string, (chart: ReturnType<typeof testChart>, of: ReturnType<typeof cluster>) => ITopicGrants]>([
    ['a topic of this app', 'topic My_Topic', (chart, of) => new KafkaTopic(chart, 'My_Topic', { cluster: of })],
    ['a topic by name', 'topic a', () => KafkaTopics.named('a')],
    ['topics by prefix', 'topic a.*', () => KafkaTopics.startingWith('a.')],
  ])('gives what it says on %s', (__, name, make) => {
    const chart = testChart();
    const of = cluster(chart);
    const to = user(of);
    grant(make(chart, of), to);
    expect(to.acls.map(({ resource, operations }) => `${resource.toString()}: ${operations.join('+')}`)).toEqual(
      expected.map((right) => right.replace(/^topic:/, `${name}:`)),
    );
  });
});
