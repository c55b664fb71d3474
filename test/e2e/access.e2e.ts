import { flinkTables } from '../support/e2e/client-settings';
import { Credential } from '../support/e2e/credential';
import { Credentials, OTHER_NAME, OTHER_REALM } from '../support/e2e/credentials';
import { EmulatedCluster } from '../support/e2e/emulated-cluster';
import { JavaProbe } from '../support/e2e/java-probe';
import { Outcome, outcomeOf } from '../support/e2e/outcome';
import { predictWrite } from '../support/e2e/prediction';
import { ScenarioModel } from '../support/e2e/scenario-model';
import { scenarios } from '../support/e2e/scenarios';

/** What can only time out is not waited for as long as what answers. */
const LIMITS: Partial<Record<Outcome, number>> = { 'no answer': 3000 };
const LIMIT = 20_000;

describe.each(scenarios())('who gets in: %s', (scenario) => {
  const model = new ScenarioModel(scenario);
  let cluster: EmulatedCluster;
  let probe: JavaProbe;
  let credentials: Credential[];

  beforeAll(async () => {
    cluster = await EmulatedCluster.of(scenario);
    cluster.network.alias(OTHER_NAME, `${model.cluster.clusterName}-kafka-bootstrap`);
    cluster.network.write();
    probe = await cluster.startProbe();
    const keycloak =
      cluster.manifests.all('Keycloak').length > 0 ? await cluster.startKeycloak(OTHER_REALM) : undefined;
    await cluster.startKafka(probe);
    credentials = await new Credentials(cluster, keycloak).all();
  });

  afterAll(() => cluster?.stop());

  test.each(model.listeners.map(({ listenerName, port }) => [listenerName, port] as const))(
    'listener %s lets in whom the model says, and refuses all others for the reason that it says',
    async (_name, port) => {
      const [, { topic }] = flinkTables(cluster.manifests.one('FlinkDeployment'));
      const predicted = credentials.map((credential) => predictWrite(model, model.listener(port), credential, topic));
      const attempts = credentials.map(async ({ settings, byOtherName }, i) => {
        const address = byOtherName ? `${OTHER_NAME}:${port}` : cluster.bootstrap(port);
        const client = { ...settings, 'bootstrap.servers': address };
        const operation = { operation: 'produce', topic, values: ['one'] } as const;
        return outcomeOf((await probe.ask(client, operation, LIMITS[predicted[i]] ?? LIMIT)).errors);
      });
      const answered = await Promise.all(attempts);
      cluster.progress(
        `port ${port}: ${credentials.length} attempts, ${answered.filter((outcome) => outcome === 'allowed').length} allowed`,
      );
      const table = (outcomes: readonly string[]) => credentials.map(({ name }, i) => `${name}: ${outcomes[i]}`);
      expect(table(answered)).toEqual(table(predicted));
    },
  );

  test('the credentials are many, and no two are of one name', () => {
    expect(credentials.length).toBeGreaterThan(15);
    expect(new Set(credentials.map(({ name }) => name)).size).toBe(credentials.length);
  });
});
