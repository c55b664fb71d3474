import { readStatement } from '../../support/singlestore/statement';
import { testChart } from '../../support/synth';
import { LOGINS, cluster, connect, exported } from './world';

test('the result of the query goes to the topic, with a key', () => {
  const chart = testChart();
  const { statement } = exported(chart, cluster(chart), connect(chart, LOGINS.scram512), {
    query: "SELECT id, '${not a mark}' AS note FROM orders",
    keyColumn: 'id',
    config: { 'compression.type': 'zstd' },
  });
  const { before, brokers, topic, config, credentials, after } = readStatement(statement);
  expect(before).toBe("SELECT id, '${$}{not a mark}' AS note FROM orders\nINTO ");
  expect([brokers, topic]).toEqual(['broker-1:9093,broker-2:9093', 'orders']);
  expect(config).toEqual({
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.username': 'etl',
    'ssl.ca.location': '/etc/memsql/extra-secret/company-ca_ca.crt',
    'compression.type': 'zstd',
  });
  expect(credentials).toEqual({ 'sasl.password': '${/opt/kafka-login/password}' });
  expect(after).toBe('KAFKA KEY "id";');
});

test('records need no key', () => {
  const chart = testChart();
  expect(readStatement(exported(chart, cluster(chart), connect(chart, LOGINS.mtls)).statement).after).toBe(';');
});

test('the user may write to the topic, and nothing else', () => {
  const chart = testChart();
  const ends = connect(chart, LOGINS.plain);
  exported(chart, cluster(chart), ends);
  expect(ends.user?.acls.map(({ resource, operations }) => `${operations.join()} ${resource.toString()}`)).toEqual([
    'Write topic orders',
  ]);
});
