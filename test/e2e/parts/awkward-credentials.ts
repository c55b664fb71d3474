import { join } from 'node:path';
import { Random } from '../../support/random';
import { AWKWARD, AwkwardJob, awkwardJob } from '../../support/e2e/awkward-job';
import { ALL_AWKWARD, awkwardText, nearMiss } from '../../support/e2e/awkward-text';
import { FlinkSqlJobRun } from '../../support/e2e/flink-sql-job-run';
import { CLIENTS, PlainClients, everythingIn } from '../../support/e2e/plain-clients';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { wrongCredential } from '../../support/e2e/wrong-credential';

/** Every run tries the same texts, unless E2E_SEED says otherwise. */
const SEED = 129_126_332;
/** How many texts are tried beside the worst one. */
const COUNT = 2;

/** Passwords and client secrets of any characters log in, and none that differ from them by one. */
export function awkwardCredentials(run: ScenarioRun): void {
  const { kind } = run.model.job.credentials._details;
  if (kind === 'password' || kind === 'oauth') {
    awkward(run);
  } else {
    test('there is no credential that somebody could choose the characters of', () => {
      expect(run.manifests.all('KafkaUser').map(({ spec }) => spec.authentication?.type)).not.toContain(
        'scram-sha-512',
      );
      expect(run.hasKeycloak).toBe(false);
    });
  }
}

function awkward(run: ScenarioRun): void {
  const seed = Number(process.env.E2E_SEED ?? SEED);
  const random = new Random(seed);
  const texts = [ALL_AWKWARD, ...Array.from({ length: COUNT }, () => awkwardText(random))];
  const misses = texts.map((text) => nearMiss(text, random));
  const [source, target] = [run.source.topic, run.target.topic];
  let job: AwkwardJob;
  let clients: PlainClients;
  let flink: FlinkSqlJobRun | undefined;

  beforeAll(async () => {
    await run.withKafkaAlone();
    const { cluster } = run;
    cluster.progress(`E2E_SEED=${seed}: ${JSON.stringify(texts)}`);
    job = awkwardJob(run.model, source, target);
    show(texts[0]);
    clients = await PlainClients.of(job.client, cluster, join(cluster.folder, 'awkward'));
  });

  afterEach(() => flink?.stop());
  afterAll(async () => {
    await clients?.stop();
    await setCredential(run, usual(run));
  });

  /** Puts a text where the clients find it. */
  function show(text: string): void {
    run.cluster.secrets.put(AWKWARD.secretName, { [AWKWARD.key]: text });
  }

  describe.each(CLIENTS)('%s', (kind) => {
    test.each(texts.map((_, i) => i))('logs in with text %i, and not when one character differs', async (i) => {
      const [text, miss] = [texts[i], misses[i]];
      const operation = { operation: 'produce', topic: target, values: [kind] } as const;
      await setCredential(run, text);
      show(text);
      clients.recreate();
      expect(await clients.ask(kind, job.connection, operation)).toEqual({ records: [kind], errors: '' });

      show(miss);
      clients.recreate();
      const { errors } = await clients.ask(kind, job.connection, operation);
      expect(errors).toMatch(wrongCredential(job.connection)?.errors[kind] ?? 'refused');
    });
  });

  test('Flink logs in with the worst of them', async () => {
    const { cluster, probe } = run;
    await setCredential(run, ALL_AWKWARD);
    show(ALL_AWKWARD);
    const before = await everythingIn(target, cluster);
    flink = await run.startFlink({ manifest: job.flink });
    await flink.reading(source, 90);
    const operator = cluster.broker.operatorSettings;
    await probe.must(operator, { operation: 'produce', topic: source, values: ['copied'] });
    const count = before.length + 1;
    const after = await probe.must(operator, { operation: 'consume', topic: target, count }, 60_000);
    expect(after).toHaveLength(count);
    expect(after).toContain('copied');
  });
}

/** What the scenario's own clients log in with. */
function usual({ model, cluster }: ScenarioRun): string {
  const details = model.job.credentials._details;
  const key = details.kind === 'password' ? details.password : details.kind === 'oauth' && details.oauth.clientSecret;
  if (!key) throw new Error('the job has no credential of characters');
  return cluster.secrets.text(key.secretName, key.key);
}

/** Has the brokers, or the identity provider, expect a text. */
async function setCredential({ model, cluster, probe, keycloak }: ScenarioRun, text: string): Promise<void> {
  const details = model.job.credentials._details;
  if (details.kind === 'oauth') {
    const realm = /\/realms\/([^/]+)\//.exec(details.oauth.tokenEndpointUri)?.[1] ?? '';
    await keycloak?.setClientSecret(realm, details.oauth.clientId, text);
  } else if (details.kind === 'password') {
    const users = [{ name: details.username, password: text }];
    await probe.must(cluster.broker.operatorSettings, { operation: 'createPasswords', users });
  }
}
