import { ApiObject, Chart, Yaml } from 'cdk8s';
import {
  AclOperation,
  AclResource,
  KafkaTopic,
  KafkaTopicProps,
  ListenerAuthentication,
  SecretKey,
  UserAuthentication,
} from '../../lib';
import { NUMERIC_STRING_RULES } from '../../lib/checks/numeric-string-rules';
import { describeRules } from '../support/rules';
import { faults } from '../support/synth';
import { addListener, cluster, clusterWithNode, user } from '../support/worlds';

const settings = (data: object) => (chart: Chart) => {
  cluster(chart);
  new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data });
};

const topic =
  (id: string, props: Partial<KafkaTopicProps> = {}) =>
  (chart: Chart) => {
    new KafkaTopic(chart, id, { cluster: cluster(chart), ...props });
  };

const scram = (name: string, password: SecretKey) => (chart: Chart) => {
  const of = clusterWithNode(chart);
  addListener(of, { authentication: ListenerAuthentication.scramSha512() });
  user(of, UserAuthentication.scramSha512({ password }), name);
};

const fault = (path: string, field: string, object: string) =>
  `[test/${path}] Kubernetes would read ${field} of the ${object} as a number`;

describeRules(NUMERIC_STRING_RULES, {
  'numeric-looking-string': {
    remedy: 'change the text, or put it where it is not YAML of its own (a Secret’s data is base64)',
    cases: [
      [
        settings({ a: '0o17', b: { c: ['x', '-0X1F'] } }),
        [fault('settings', 'data.a', "ConfigMap 'settings'"), fault('settings', 'data.b.c[1]', "ConfigMap 'settings'")],
        settings({ a: '0o19', b: { c: ['x', '-0Y1F'] } }),
      ],
      [
        settings({ '0B1': 'x' }),
        [fault('settings', 'the key data.0B1', "ConfigMap 'settings'")],
        settings({ '0B2': 'x', '12': 'x' }),
      ],
      [
        topic('sales', { topicName: '0o17' }),
        [fault('sales', 'metadata.name', "KafkaTopic '0o17'")],
        topic('sales', { topicName: 'x0o17' }),
      ],
      [
        topic('0X1', { resourceName: 'sales', config: { 'retention.ms': '1e_3' } }),
        [
          fault('0X1', 'spec.topicName', "KafkaTopic 'sales'"),
          fault('0X1', 'spec.config.retention.ms', "KafkaTopic 'sales'"),
        ],
        topic('0Y1', { resourceName: 'sales', config: { 'retention.ms': '1000' } }),
      ],
      [
        (chart) =>
          user(cluster(chart)).addAcl({
            resource: AclResource.group('0o7'),
            operations: [AclOperation.READ],
            host: '0B1',
          }),
        [
          fault('my-user', 'spec.authorization.acls[0].resource.name', "KafkaUser 'my-user'"),
          fault('my-user', 'spec.authorization.acls[0].host', "KafkaUser 'my-user'"),
        ],
        (chart) => user(cluster(chart)).addAcl({ resource: AclResource.group('g'), operations: [AclOperation.READ] }),
      ],
      [
        scram('0o1', SecretKey.existing('0o2', '0o3')),
        [
          fault('0o1', 'metadata.name', "KafkaUser '0o1'"),
          fault('0o1', 'spec.authentication.password.name', "KafkaUser '0o1'"),
          fault('0o1', 'spec.authentication.password.key', "KafkaUser '0o1'"),
        ],
        scram('my-user', SecretKey.existing('passwords', 'my-user')),
      ],
    ],
  },
});

// What sigs.k8s.io/yaml 1.4.0 makes of each when it is not quoted: measured.
const NUMBERS = [
  '0o17',
  '-0o7',
  '+0o7',
  '0O17',
  '0X1F',
  '-0X1',
  '0B1',
  '0_o17',
  '1e_3',
  '1e3_',
  '1.5e_3',
  '1e-_3',
  '-0B1_0',
];
const TEXTS = [
  '_0o7',
  '0o9',
  '0X_',
  '0b2',
  '1.2.3',
  '08',
  '9092',
  '1e3',
  '0x1f',
  '0777',
  '1_0',
  '12:30',
  'yes',
  '~',
  '-',
  '',
];

test.each(NUMBERS)('fails by %s, which Kubernetes reads as a number', (text) => {
  expect(Yaml.stringify(text)).toBe(`${text}\n`);
  expect(faults(settings({ text }))).toHaveLength(1);
});

test.each(TEXTS)('%p is a text to Kubernetes too', (text) => {
  expect(faults(settings({ text }))).toEqual([]);
});

test('the text is not shown, since it may be secret', () => {
  expect(faults(settings({ text: '0o7654321' })).join()).not.toContain('7654321');
});
