import { apicurioSettings, dataGeneratorSettings, flinkTables } from '../support/e2e/client-settings';
import { EmulatedCluster } from '../support/e2e/emulated-cluster';
import { JavaProbe } from '../support/e2e/java-probe';
import { scenarios } from '../support/e2e/scenarios';

const VALUES = ['one', 'two', 'three'];

describe.each(scenarios())('%s', (scenario) => {
  let cluster: EmulatedCluster;
  let probe: JavaProbe;

  beforeAll(async () => {
    cluster = await EmulatedCluster.of(scenario);
    probe = await cluster.startProbe();
    if (cluster.manifests.all('Keycloak').length > 0) await cluster.startKeycloak();
    await cluster.startKafka(probe);
  });

  afterAll(() => cluster?.stop());

  test('the data generator may produce, and the Flink job consume, with the settings of their manifests', async () => {
    const [source] = flinkTables(cluster.manifests.one('FlinkDeployment'));
    const generator = cluster.pod('Deployment', 'recommendation-app-data');
    const settings = dataGeneratorSettings(generator.env('data-generator'));
    await probe.must(settings, { operation: 'produce', topic: source.topic, values: VALUES });
    // Flink assigns partitions itself, so that the group is for its offsets alone.
    const { 'group.id': _, ...alone } = source.settings;
    expect(await probe.must(alone, { operation: 'consume', topic: source.topic, count: 3 })).toEqual(VALUES);
  });

  test('the Flink job may produce with the settings of its manifest', async () => {
    const [, target] = flinkTables(cluster.manifests.one('FlinkDeployment'));
    await probe.must(target.settings, { operation: 'produce', topic: target.topic, values: VALUES });
    const found = await probe.must(cluster.broker.operatorSettings, {
      operation: 'consume',
      topic: target.topic,
      count: 3,
    });
    expect(found).toEqual(VALUES);
  });

  test('the registry may create its topics with the settings of its manifest', async () => {
    const settings = apicurioSettings(cluster.pod('Deployment', 'apicurio-registry').env('registry'));
    await probe.must(settings, { operation: 'createTopics', topics: [{ name: 'kafkasql-journal' }] });
    await probe.must(settings, { operation: 'produce', topic: 'kafkasql-journal', values: VALUES });
    const group = { ...settings, 'group.id': 'apicurio-1' };
    expect(await probe.must(group, { operation: 'consume', topic: 'kafkasql-journal', count: 3 })).toEqual(VALUES);
  });
});
