import { setTimeout as pause } from 'node:timers/promises';
import { flinkTables } from '../support/e2e/client-settings';
import { EmulatedCluster } from '../support/e2e/emulated-cluster';
import { scenarios } from '../support/e2e/scenarios';

const COUNT = 3;

describe.each(scenarios())('one apply is enough: %s', (scenario) => {
  let cluster: EmulatedCluster;

  beforeAll(async () => (cluster = await EmulatedCluster.of(scenario)));
  afterAll(() => cluster?.stop());

  test('clients that start before Kafka, and Kafka before Keycloak, come to work by themselves', async () => {
    const kafka = `${cluster.manifests.one('Kafka').metadata.name}-kafka-bootstrap`;
    const identityProviders = cluster.manifests.all('Keycloak').map(({ metadata }) => `${metadata.name}-service`);
    cluster.network.write([kafka, ...identityProviders]);
    const registry = await cluster.startRegistry();
    const generator = await cluster.startDataGenerator();
    await cluster.until('the data generator fails once', () => generator.restarts > 0, 60);
    await cluster.until('the registry finds no Kafka', () => /bootstrap urls/.test(registry.complaints()), 60);

    // The Service is there before the brokers are.
    cluster.network.write(identityProviders);
    const before = registry.restarts;
    await cluster.until(
      'the registry has waited for brokers',
      () => registry.restarts > before || /could not be established/.test(registry.complaints(200)),
      60,
    );
    const probe = await cluster.startProbe();
    await cluster.startKafka(probe);
    cluster.network.write();
    if (identityProviders.length > 0) await cluster.startKeycloak();

    // The kubelet may have to end it first, which its probes take up to three minutes for.
    await registry.ready(240);
    await generator.sent(COUNT, 90);
    cluster.progress(
      `records are sent; the registry was started again ${registry.restarts} times, the generator ${generator.restarts} times`,
    );

    const [source, target] = flinkTables(cluster.manifests.one('FlinkDeployment'));
    const records = await probe.must(cluster.broker.operatorSettings, {
      operation: 'consume',
      topic: source.topic,
      count: COUNT,
    });
    expect(records.slice(0, COUNT).every((record, i) => record.includes(`user-${i + 1}`))).toBe(true);
    const write = { operation: 'produce', topic: target.topic, values: ['one'] } as const;
    const until = Date.now() + 60_000;
    while ((await probe.ask(target.settings, write, 5000)).errors.length > 0 && Date.now() < until) await pause(500);
    expect((await probe.ask(target.settings, write)).errors).toEqual([]);
  }, 420_000);
});
