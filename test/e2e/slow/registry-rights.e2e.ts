import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApicurioServer } from '../../support/e2e/apicurio-server';
import { ask, send } from '../../support/e2e/http';
import { MAIN_CONTAINER } from '../../support/e2e/flink-sql-job';
import { Pod, podSpecOf } from '../../support/e2e/pod';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { scenario } from '../../support/e2e/scenarios';
import { Acl, aclsOf } from '../../support/e2e/strimzi-emulation';
import { workloadOf } from '../../support/e2e/workloads';

/** What Apicurio Registry 3.3 makes in Kafka when it finds nothing. */
const TOPICS = ['kafkasql-journal', 'kafkasql-snapshots', 'registry-events'];
const SCHEMA = JSON.stringify({ type: 'record', name: 'Kept', fields: [{ name: 'id', type: 'string' }] });
/** What the registry's Kafka clients say when they lack a right. */
const REFUSAL = /\w+AuthorizationException.*/;

/** How far a registry comes that begins with an empty cluster. */
type Ending =
  'works' | 'is not ready' | 'takes no schema' | 'makes no snapshot' | 'has forgotten the schema after a restart';

/** The real registry needs each right of its user: `npm run test:e2e:slow`. */
describe(scenario(), () => {
  const run = new ScenarioRun(scenario());
  let starts = 0;

  beforeAll(async () => {
    await run.open();
    await run.startKafka();
  });
  afterAll(() => run.close());

  if (!run.model.cluster.authorization.enabled) {
    test('where nobody checks rights, there are none to take away', () => {
      expect(run.manifests.all('KafkaUser').flatMap(aclsOf)).toEqual([]);
    });
    return;
  }

  test('with all rights of its user, the registry keeps a schema over a restart', async () => {
    expect(await attempt()).toMatchObject({ ending: 'works' });
  }, 300_000);

  test('without any of them it does not, and says that it lacks a right', async () => {
    const user = run.manifests
      .all('KafkaUser')
      .find((user) => workloadOf(user, run.cluster).manifest.metadata.name === registryDeployment().metadata.name);
    const acls = user ? aclsOf(user) : [];
    expect(acls.length).toBeGreaterThan(0);
    const needless: string[] = [];
    for (const acl of acls) {
      await change('deleteAcls', acl);
      const { ending, refusal } = await attempt();
      await change('createAcls', acl);
      const right = `${acl.operation} on ${acl.type} ${acl.name}`;
      run.cluster.progress(`without ${right} the registry ${ending}: ${refusal ?? 'no refusal'}`);
      if (ending === 'works' || refusal === undefined) needless.push(`${right}: the registry ${ending}`);
    }
    expect(needless).toEqual([]);
  }, 1_800_000);

  /** Starts the registry without its topics, gives it a schema, and asks a pod that takes its place for it. */
  async function attempt(): Promise<{ readonly ending: Ending; readonly refusal?: string }> {
    await withoutTopics();
    const { cluster } = run;
    const deployment = registryDeployment();
    const folder = join(cluster.folder, `registry-${starts++}`);
    const pod = new Pod(podSpecOf(deployment), cluster.secrets, join(folder, 'volumes'));
    const registry = new ApicurioServer(deployment, pod, cluster.network, folder);
    try {
      const ending = await endingOf(registry, pod);
      return { ending, refusal: REFUSAL.exec(registry.log)?.[0] };
    } finally {
      await registry.stop();
    }
  }

  async function endingOf(registry: ApicurioServer, pod: Pod): Promise<Ending> {
    const { source, cluster } = run;
    const authority = cluster.pod('FlinkDeployment').read(MAIN_CONTAINER, source.registryAuthority);
    pod.recreate();
    if (!(await becomesReady(registry))) return 'is not ready';
    const subject = `${source.registry}/subjects/kept/versions`;
    if ((await send(subject, { schema: SCHEMA }, authority)).status !== 200) return 'takes no schema';
    const snapshots = new URL('/apis/registry/v3/admin/snapshots', source.registry).href;
    if ((await send(snapshots, {}, authority)).status !== 200) return 'makes no snapshot';
    await registry.stop();
    pod.recreate();
    if (!(await becomesReady(registry))) return 'is not ready';
    const { body } = await ask(`${subject}/1/schema`, authority);
    return body === SCHEMA ? 'works' : 'has forgotten the schema after a restart';
  }

  /** Whether the registry becomes ready before it ends: the kubelet would start it again and again. */
  async function becomesReady(registry: ApicurioServer): Promise<boolean> {
    await registry.start();
    while (!(await registry.isReady())) {
      if (registry.restarts > 0) return false;
      await pause(500);
    }
    return true;
  }

  async function withoutTopics(): Promise<void> {
    const { probe, cluster } = run;
    for (const topic of TOPICS) await probe.ask(cluster.broker.operatorSettings, { operation: 'deleteTopic', topic });
  }

  function registryDeployment() {
    return run.manifests.deploymentWith(ApicurioServer.CONTAINER);
  }

  async function change(operation: 'createAcls' | 'deleteAcls', acl: Acl): Promise<void> {
    await run.probe.must(run.cluster.broker.operatorSettings, { operation, acls: [acl] });
  }
});
