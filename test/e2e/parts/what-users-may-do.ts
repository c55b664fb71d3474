import { setTimeout as pause } from 'node:timers/promises';
import { Credential } from '../../support/e2e/credential';
import { Credentials } from '../../support/e2e/credentials';
import { outcomeOf } from '../../support/e2e/outcome';
import { mayDo } from '../../support/e2e/prediction';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { Acl, aclsOf } from '../../support/e2e/strimzi-emulation';
import { Work, consume, consumeAs, create, describeConfigs, produce, remove, transact } from '../../support/e2e/work';
import { Role, workloadOf } from '../../support/e2e/workloads';

const REGISTRY_TOPICS = ['kafkasql-journal', 'kafkasql-snapshots', 'registry-events'];
const [JOURNAL, SNAPSHOTS, EVENTS] = REGISTRY_TOPICS;
const OTHER = 'payroll';

/** Each user does its job and nothing else, and needs each of its rights for it. */
export function whatUsersMayDo(run: ScenarioRun): void {
  if (run.model.cluster.authorization.enabled) {
    usersAndRights(run);
  } else {
    test('where nobody checks rights, nobody is given any', () => {
      expect(run.manifests.one('Kafka').spec.kafka).not.toHaveProperty('authorization');
      for (const user of run.manifests.all('KafkaUser')) expect(user.spec).not.toHaveProperty('authorization');
    });
  }
}

function usersAndRights(run: ScenarioRun): void {
  const { model, manifests } = run;
  const users = model.users.map(({ userName }) => userName);
  const [source, target] = [run.source.topic, run.target.topic];
  const topics = [source, target, ...REGISTRY_TOPICS, OTHER];
  let credentials: Map<string, Credential>;

  beforeAll(async () => {
    await run.withKafkaAlone();
    const { probe, cluster } = run;
    credentials = new Map(
      new Credentials(cluster, run.keycloak).ofUsers().map((credential) => [credential.name, credential]),
    );
    const operator = cluster.broker.operatorSettings;
    for (const topic of topics) {
      await probe.ask(operator, { operation: 'createTopics', topics: [{ name: topic }] });
      await probe.must(operator, { operation: 'produce', topic, values: ['first'] });
    }
  });

  /** What a user is there for. */
  function jobOf(user: string): Work[] {
    return JOBS[workload(user).role](source, target);
  }

  function workload(user: string) {
    return workloadOf(manifests.one('KafkaUser', user), run.cluster);
  }

  /** Does something as a user, through the listener that is for it. */
  async function attempt(user: string, { operation, settings }: Work): Promise<string> {
    const credential = credentials.get(user);
    if (!credential) throw new Error(`no credentials of ${user}`);
    const address = { 'bootstrap.servers': workload(user).settings['bootstrap.servers'] };
    const outcome = outcomeOf(
      (await run.probe.ask({ ...credential.settings, ...address, ...settings }, operation)).errors,
    );
    // To be told that it is there one must have the right to make it.
    return outcome.includes('TopicExistsException') ? 'allowed' : outcome;
  }

  function predicted(user: string, { needs }: Work): string {
    const principal = model.users.find(({ userName }) => userName === user)?.principal.name ?? '';
    return needs.every(({ operation, resource }) => mayDo(model, principal, operation, resource))
      ? 'allowed'
      : 'not authorized';
  }

  async function change(operation: 'createAcls' | 'deleteAcls', acl: Acl): Promise<void> {
    await run.probe.must(run.cluster.broker.operatorSettings, { operation, acls: [acl] });
  }

  test.each(users)('%s may do its job, and nothing else', async (user) => {
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
    const job = jobOf(user);
    const works = [...job, ...elsewhere];
    const answered = await Promise.all(works.map((work) => attempt(user, work)));
    const table = (outcomes: readonly string[]) => works.map(({ name }, i) => `${name}: ${outcomes[i]}`);
    run.cluster.progress(
      `${user}: ${works.length} attempts, ${answered.filter((outcome) => outcome === 'allowed').length} allowed`,
    );
    expect(table(answered)).toEqual(table(works.map((work) => predicted(user, work))));
    expect(answered.slice(0, job.length)).toEqual(job.map(() => 'allowed'));
  });

  test.each(users)('%s fails at its job when any of its rights is taken away', async (user) => {
    const acls = aclsOf(manifests.one('KafkaUser', user));
    const harmless: Acl[] = [];
    for (const acl of acls) {
      const works = jobOf(user).filter(({ needs }) => needs.some(({ resource }) => concerns(acl, resource.name)));
      const outcomes = async () => [...new Set(await Promise.all(works.map((work) => attempt(user, work))))].sort();
      await change('deleteAcls', acl);
      if (!(await eventually(async () => (await outcomes()).includes('not authorized')))) harmless.push(acl);
      await change('createAcls', acl);
      if (!(await eventually(async () => (await outcomes()).join() === 'allowed')))
        throw new Error('the right is not back');
    }
    run.cluster.progress(`${user}: ${acls.length} rights taken away`);
    expect(acls.length).toBeGreaterThan(0);
    expect(harmless).toEqual([]);
  });
}

/** The registry's job was observed of Apicurio Registry 3.3.3. */
const JOBS: Record<Role, (source: string, target: string) => Work[]> = {
  'data generator': (source) => [produce(source)],
  'flink job': (source, target) => [consume(source), produce(target)],
  registry: () => [
    ...REGISTRY_TOPICS.flatMap((topic) => [create(topic), describeConfigs(topic), produce(topic)]),
    ...[JOURNAL, SNAPSHOTS].map((topic) => consumeAs(`apicurio-${topic}`, topic)),
    produce(EVENTS),
  ],
};

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
