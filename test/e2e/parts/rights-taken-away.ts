import { setTimeout as pause } from 'node:timers/promises';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { Acl, aclsOf } from '../../support/e2e/strimzi-emulation';
import { UsersAtWork } from '../../support/e2e/users-at-work';

/** Each user needs each of its rights for its job. */
export function rightsTakenAway(run: ScenarioRun): void {
  if (run.model.cluster.authorization.enabled) {
    withoutAnyRight(run);
  } else {
    test('there is nothing to take away', () => {
      for (const user of run.manifests.all('KafkaUser')) expect(aclsOf(user)).toEqual([]);
    });
  }
}

function withoutAnyRight(run: ScenarioRun): void {
  const atWork = new UsersAtWork(run);

  beforeAll(() => atWork.prepare());

  async function change(operation: 'createAcls' | 'deleteAcls', acl: Acl): Promise<void> {
    await run.probe.must(run.cluster.broker.operatorSettings, { operation, acls: [acl] });
  }

  test.each(atWork.users)('%s fails at its job when any of its rights is taken away', async (user) => {
    const acls = aclsOf(run.manifests.one('KafkaUser', user));
    const harmless: Acl[] = [];
    for (const acl of acls) {
      const job = atWork.jobOf(user);
      const works = job.filter(({ needs }) => needs.some(({ resource }) => concerns(acl, resource.name)));
      const attempts = () => Promise.all(works.map((work) => atWork.attempt(user, work)));
      await change('deleteAcls', acl);
      if (!(await eventually(async () => (await attempts()).includes('not authorized')))) harmless.push(acl);
      await change('createAcls', acl);
      if (!(await eventually(async () => (await attempts()).every((outcome) => outcome === 'allowed')))) {
        throw new Error('the right is not back');
      }
    }
    run.cluster.progress(`${user}: ${acls.length} rights taken away`);
    expect(acls.length).toBeGreaterThan(0);
    expect(harmless).toEqual([]);
  });
}

function concerns({ name, pattern }: Acl, resource: string): boolean {
  return pattern === 'PREFIXED' ? resource.startsWith(name) : resource === name;
}

/** Whether something is so within some seconds: brokers learn of changed rights a moment later. */
async function eventually(holds: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + 5000;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await pause(50);
  }
  return true;
}
