import { setTimeout as pause } from 'node:timers/promises';
import { apicurioSettings, dataGeneratorSettings, flinkTables } from '../support/e2e/client-settings';
import { Credential } from '../support/e2e/credential';
import { Credentials } from '../support/e2e/credentials';
import { EmulatedCluster } from '../support/e2e/emulated-cluster';
import { JavaProbe } from '../support/e2e/java-probe';
import { outcomeOf } from '../support/e2e/outcome';
import { ManifestSet } from '../support/e2e/manifest-set';
import { mayDo } from '../support/e2e/prediction';
import { ScenarioModel } from '../support/e2e/scenario-model';
import { scenarios } from '../support/e2e/scenarios';
import { Acl, aclsOf } from '../support/e2e/strimzi-emulation';
import { Work, consume, consumeAs, create, describeConfigs, produce, remove, transact } from '../support/e2e/work';

const REGISTRY_TOPICS = ['kafkasql-journal', 'kafkasql-snapshots', 'registry-events'];
const [JOURNAL, SNAPSHOTS, EVENTS] = REGISTRY_TOPICS;
const OTHER = 'payroll';

/** What each user is there for; the registry's job was observed of Apicurio Registry 3.3.3. */
function jobOf(user: string, source: string, target: string): Work[] {
  if (user.startsWith('recommendation-app')) return [produce(source)];
  if (!user.startsWith('apicurio-registry')) return [consume(source), produce(target)];
  return [
    ...REGISTRY_TOPICS.flatMap((topic) => [create(topic), describeConfigs(topic), produce(topic)]),
    ...[JOURNAL, SNAPSHOTS].map((topic) => consumeAs(`apicurio-${topic}`, topic)),
    produce(EVENTS),
  ];
}

const hasAuthorizer = (scenario: string) => new ScenarioModel(scenario).cluster.authorization.enabled;
const secured = scenarios().filter(hasAuthorizer);
const open = scenarios().filter((scenario) => !secured.includes(scenario));

// Jest takes no empty table, and a run may be of scenarios of one kind.
if (open.length > 0) {
  test.each(open)('where nobody checks rights, nobody is given any: %s', (scenario) => {
    const manifests = ManifestSet.read(scenario);
    expect(manifests.one('Kafka').spec.kafka).not.toHaveProperty('authorization');
    for (const user of manifests.all('KafkaUser')) expect(user.spec).not.toHaveProperty('authorization');
  });
}

if (secured.length > 0) describe.each(secured)('what users may do: %s', whatUsersMayDo);

function whatUsersMayDo(scenario: string): void {
  const model = new ScenarioModel(scenario);
  const users = model.users.map(({ userName }) => userName);
  let cluster: EmulatedCluster;
  let probe: JavaProbe;
  let credentials: Map<string, Credential>;
  let source: string;
  let target: string;

  beforeAll(async () => {
    cluster = await EmulatedCluster.of(scenario);
    probe = await cluster.startProbe();
    const keycloak = cluster.manifests.all('Keycloak').length > 0 ? await cluster.startKeycloak() : undefined;
    await cluster.startKafka(probe);
    credentials = new Map(
      new Credentials(cluster, keycloak).ofUsers().map((credential) => [credential.name, credential]),
    );
    [source, target] = flinkTables(cluster.manifests.one('FlinkDeployment')).map(({ topic }) => topic);
    const operator = cluster.broker.operatorSettings;
    await probe.must(operator, {
      operation: 'createTopics',
      topics: [...REGISTRY_TOPICS, OTHER].map((name) => ({ name })),
    });
    for (const topic of [source, target, ...REGISTRY_TOPICS, OTHER]) {
      await probe.must(operator, { operation: 'produce', topic, values: ['first'] });
    }
  });

  afterAll(() => cluster?.stop());

  /** Does something as a user, through the listener that is for it. */
  async function attempt(user: string, { operation, settings }: Work): Promise<string> {
    const credential = credentials.get(user);
    if (!credential) throw new Error(`no credentials of ${user}`);
    const client = { ...credential.settings, 'bootstrap.servers': addressFor(user), ...settings };
    const outcome = outcomeOf((await probe.ask(client, operation)).errors);
    // To be told that it is there one must have the right to make it.
    return outcome.includes('TopicExistsException') ? 'allowed' : outcome;
  }

  /** The address in the manifest of the user's workload. */
  function addressFor(user: string): string {
    if (user.startsWith('recommendation-app')) {
      return dataGeneratorSettings(cluster.pod('Deployment', 'recommendation-app-data').env('data-generator'))[
        'bootstrap.servers'
      ];
    }
    if (user.startsWith('apicurio-registry')) {
      return apicurioSettings(cluster.pod('Deployment', 'apicurio-registry').env('registry'))['bootstrap.servers'];
    }
    return flinkTables(cluster.manifests.one('FlinkDeployment'))[0].settings['bootstrap.servers'];
  }

  function predicted(user: string, { needs }: Work): string {
    const principal = model.users.find(({ userName }) => userName === user)?.principal.name ?? '';
    return needs.every(({ operation, resource }) => mayDo(model, principal, operation, resource))
      ? 'allowed'
      : 'not authorized';
  }

  async function change(operation: 'createAcls' | 'deleteAcls', acl: Acl): Promise<void> {
    await probe.must(cluster.broker.operatorSettings, { operation, acls: [acl] });
  }

  test.each(users)('%s may do its job, and nothing else', async (user) => {
    const topics = [source, target, ...REGISTRY_TOPICS, OTHER];
    const elsewhere = topics.flatMap((topic) => [
      produce(topic),
      consume(topic),
      consumeAs('sales-record-group', topic),
      consumeAs(`apicurio-again-${topic}`, topic),
      create(topic),
      describeConfigs(topic),
      transact(topic, 'sales'),
      // Deleting comes last, so that what must not happen does not spoil what is tried.
      remove(topic),
    ]);
    const works = [...jobOf(user, source, target), ...elsewhere];
    const answered = await Promise.all(works.map((work) => attempt(user, work)));
    const table = (outcomes: readonly string[]) => works.map(({ name }, i) => `${name}: ${outcomes[i]}`);
    cluster.progress(
      `${user}: ${works.length} attempts, ${answered.filter((outcome) => outcome === 'allowed').length} allowed`,
    );
    expect(table(answered)).toEqual(table(works.map((work) => predicted(user, work))));
    expect(answered.slice(0, jobOf(user, source, target).length)).toEqual(
      jobOf(user, source, target).map(() => 'allowed'),
    );
  });

  test.each(users)('%s fails at its job when any of its rights is taken away', async (user) => {
    const acls = aclsOf(cluster.manifests.one('KafkaUser', user));
    const harmless: Acl[] = [];
    for (const acl of acls) {
      const works = jobOf(user, source, target).filter(({ needs }) =>
        needs.some(({ resource }) => concerns(acl, resource.name)),
      );
      const outcomes = async () => [...new Set(await Promise.all(works.map((work) => attempt(user, work))))].sort();
      await change('deleteAcls', acl);
      if (!(await eventually(async () => (await outcomes()).includes('not authorized')))) harmless.push(acl);
      await change('createAcls', acl);
      if (!(await eventually(async () => (await outcomes()).join() === 'allowed')))
        throw new Error('the right is not back');
    }
    cluster.progress(`${user}: ${acls.length} rights taken away`);
    expect(acls.length).toBeGreaterThan(0);
    expect(harmless).toEqual([]);
  });
}

function concerns({ name, pattern }: Acl, resource: string): boolean {
  return pattern === 'PREFIXED' ? resource.startsWith(name) : resource === name;
}

/** Whether something is so within two seconds: brokers learn of changed rights a moment later. */
async function eventually(holds: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + 2000;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await pause(50);
  }
  return true;
}
