import { Credential } from '../../support/e2e/credential';
import { Credentials, OTHER_NAME } from '../../support/e2e/credentials';
import { Outcome, outcomeOf } from '../../support/e2e/outcome';
import { predictWrite } from '../../support/e2e/prediction';
import { ScenarioRun } from '../../support/e2e/scenario-run';

/** What can only time out is not waited for as long as what answers. */
const LIMITS: Partial<Record<Outcome, number>> = { 'no answer': 3000 };
const LIMIT = 20_000;

/** Every credential and wrong credential at every listener: the model says how it ends, the broker how it did. */
export function whoGetsIn(run: ScenarioRun): void {
  const { model } = run;
  let credentials: Credential[];

  beforeAll(async () => {
    await run.withKafkaAlone();
    const { network } = run.cluster;
    network.alias(OTHER_NAME, `${model.cluster.clusterName}-kafka-bootstrap`);
    network.write();
    credentials = await new Credentials(run.cluster, run.keycloak).all();
  });

  test.each(model.listeners.map(({ listenerName, port }) => [listenerName, port] as const))(
    'listener %s lets in whom the model says, and refuses all others for the reason that it says',
    async (_name, port) => {
      const { cluster, probe } = run;
      const { topic } = run.target;
      const predicted = credentials.map((credential) => predictWrite(model, model.listener(port), credential, topic));
      const attempts = credentials.map(async ({ settings, byOtherName }, i) => {
        const address = byOtherName ? `${OTHER_NAME}:${port}` : cluster.bootstrap(port);
        const client = { ...settings, 'bootstrap.servers': address };
        const operation = { operation: 'produce', topic, values: ['one'] } as const;
        return outcomeOf((await probe.ask(client, operation, LIMITS[predicted[i]] ?? LIMIT)).errors);
      });
      const answered = await Promise.all(attempts);
      const allowed = answered.filter((outcome) => outcome === 'allowed').length;
      cluster.progress(`port ${port}: ${credentials.length} attempts, ${allowed} allowed`);
      const table = (outcomes: readonly string[]) => credentials.map(({ name }, i) => `${name}: ${outcomes[i]}`);
      expect(table(answered)).toEqual(table(predicted));
    },
  );

  test('the credentials are many, and no two are of one name', () => {
    expect(credentials.length).toBeGreaterThan(15);
    expect(new Set(credentials.map(({ name }) => name)).size).toBe(credentials.length);
  });
}
