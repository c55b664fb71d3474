import { flinkTables } from '../support/e2e/client-settings';
import { EmulatedCluster } from '../support/e2e/emulated-cluster';
import { ask } from '../support/e2e/http';
import { scenarios } from '../support/e2e/scenarios';

const COUNT = 5;

describe.each(scenarios())('%s', (scenario) => {
  let cluster: EmulatedCluster;

  beforeAll(async () => (cluster = await EmulatedCluster.of(scenario)));
  afterAll(() => cluster?.stop());

  test('the data generator fills the topic with records whose schema the Flink job finds in the registry', async () => {
    const probe = await cluster.startProbe();
    await cluster.startKafka(probe);
    const registry = await cluster.startRegistry();
    await registry.ready();
    cluster.progress('Apicurio Registry is ready');
    const generator = await cluster.startDataGenerator(COUNT);
    await generator.sent(COUNT);
    cluster.progress(`${COUNT} records sent`);

    const [source] = flinkTables(cluster.manifests.one('FlinkDeployment'));
    const settings = cluster.broker.operatorSettings;
    const records = await probe.must(settings, { operation: 'consume', topic: source.topic, count: COUNT });
    const ids = new Set(
      records.map((record) => Buffer.from(record).subarray(0, 5)).map((head) => head.readUInt32BE(1)),
    );
    expect(records.map((record) => record.codePointAt(0))).toEqual(Array(COUNT).fill(0));
    expect(records.map((record, i) => record.includes(`user-${i + 1}`))).toEqual(Array(COUNT).fill(true));
    expect(ids.size).toBe(1);

    const authority = cluster.pod('FlinkDeployment').read('flink-main-container', source.registryAuthority);
    const { status, body } = await ask(`${source.registry}/schemas/ids/${[...ids][0]}`, authority);
    expect({ status, name: JSON.parse(JSON.parse(body).schema).name }).toEqual({ status: 200, name: 'Sales' });
  });
});
