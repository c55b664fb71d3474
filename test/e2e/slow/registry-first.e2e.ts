import { ScenarioRun } from '../../support/e2e/scenario-run';
import { scenario } from '../../support/e2e/scenarios';

/** The registry may come before Kafka too, which takes the kubelet minutes: `npm run test:e2e:slow`. */
describe(scenario(), () => {
  const run = new ScenarioRun(scenario());

  beforeAll(() => run.open());
  afterAll(() => run.close());

  test('a registry that is started before Kafka, and waits in vain for brokers, comes to work by itself', async () => {
    const { cluster, manifests } = run;
    const kafka = `${manifests.one('Kafka').metadata.name}-kafka-bootstrap`;
    cluster.network.write([kafka]);
    await run.startRegistry();
    const { registry } = run;
    await cluster.until('the registry finds no Kafka', () => /bootstrap urls/.test(registry.complaints()), 60);

    // The Service is there before the brokers are.
    cluster.network.write();
    const before = registry.restarts;
    await cluster.until(
      'the registry has waited for brokers',
      () => registry.restarts > before || /could not be established/.test(registry.complaints(200)),
      60,
    );
    await run.withKafka();
    // The kubelet may have to end it first, which its probes take up to three minutes for.
    await registry.ready(240);
    cluster.progress(`the registry was started again ${registry.restarts} times`);
  }, 420_000);
});
