import { join } from 'node:path';
import { whileSecretHas } from '../../support/e2e/changed-secret';
import { outcomeOf } from '../../support/e2e/outcome';
import { CLIENTS, CLIENT_GROUP, PlainClients, everythingIn } from '../../support/e2e/plain-clients';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { Acl } from '../../support/e2e/strimzi-emulation';
import { wrongCredential } from '../../support/e2e/wrong-credential';
import { workloads } from '../../support/e2e/workloads';

const VALUES = ['one', 'two', 'three'];

/** The connection of the Flink job, rendered for several clients, each of which uses it. */
export function moreThanOneClient(run: ScenarioRun): void {
  const connection = run.model.job;
  const [source, target] = [run.source.topic, run.target.topic];
  const rights = groupRights(run);
  const wrong = wrongCredential(connection);
  let clients: PlainClients;

  beforeAll(async () => {
    await run.withKafkaAlone();
    const { probe, cluster } = run;
    const operator = cluster.broker.operatorSettings;
    await probe.must(operator, { operation: 'produce', topic: source, values: VALUES });
    if (rights.length > 0) await probe.must(operator, { operation: 'createAcls', acls: rights });
    const flink = run.manifests.one('FlinkDeployment');
    clients = await PlainClients.of(flink, cluster, join(cluster.folder, 'clients'));
  });

  afterAll(async () => {
    await clients?.stop();
    const operator = run.cluster.broker.operatorSettings;
    if (rights.length > 0) await run.probe.must(operator, { operation: 'deleteAcls', acls: rights });
  });

  describe.each(CLIENTS)('%s', (kind) => {
    test('writes to the target topic, and reads all of the source topic', async () => {
      const { cluster } = run;
      const before = await everythingIn(target, cluster);
      const values = VALUES.map((value) => `${kind}: ${value}`);
      const written = await clients.ask(kind, connection, { operation: 'produce', topic: target, values });
      expect(written.errors).toBe('');
      expect((await everythingIn(target, cluster)).sort()).toEqual([...before, ...values].sort());

      const all = await everythingIn(source, cluster);
      const read = await clients.ask(kind, connection, { operation: 'consume', topic: source }, all.length);
      expect(read.errors).toBe('');
      expect([...read.records].sort()).toEqual(all.sort());
      cluster.progress(`${kind} wrote ${values.length} records and read ${all.length}`);
    });

    if (wrong) {
      test(`is refused with ${wrong.name}`, async () => {
        const { errors } = await whileSecretHas(run.cluster.secrets, await wrong.secret(), () => {
          clients.recreate();
          return clients.ask(kind, connection, { operation: 'produce', topic: target, values: ['never'] });
        });
        clients.recreate();
        expect(errors).toMatch(wrong.errors[kind]);
      });
    }
  });

  test('a Java client does the work of each workload with the settings of its manifest', async () => {
    const { cluster, probe } = run;
    const settings = Object.fromEntries(workloads(cluster).map(({ role, settings }) => [role, settings]));
    await probe.must(settings['data generator'], { operation: 'produce', topic: source, values: VALUES });
    // Flink assigns partitions itself, so that the group is for its offsets alone.
    const { 'group.id': _, ...alone } = run.source.settings;
    const { length } = await everythingIn(source, cluster);
    const read = await probe.must(alone, { operation: 'consume', topic: source, count: length });
    expect(read.slice(-VALUES.length)).toEqual(VALUES);
    await probe.must(run.target.settings, { operation: 'produce', topic: target, values: VALUES });

    const registry = settings.registry;
    const topic = 'kafkasql-journal';
    const made = await probe.ask(registry, { operation: 'createTopics', topics: [{ name: topic }] });
    expect(outcomeOf(made.errors)).toMatch(/^allowed$|TopicExistsException/);
    await probe.must(registry, { operation: 'produce', topic, values: VALUES });
    const group = { ...registry, 'group.id': 'apicurio-1' };
    await probe.must(group, { operation: 'consume', topic, count: VALUES.length });
  });
}

/** What a client that has a group needs and Flink does not; nothing where nobody checks rights. */
function groupRights({ model }: ScenarioRun): Acl[] {
  const principal = model.job.user?.principal;
  if (!model.cluster.authorization.enabled || !principal) return [];
  const group = { type: 'GROUP', name: CLIENT_GROUP, pattern: 'LITERAL' };
  return [{ principal: principal.toString(), ...group, operation: 'READ', permission: 'ALLOW', host: '*' }];
}
