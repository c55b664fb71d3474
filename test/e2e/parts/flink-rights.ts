import { FlinkRelease } from '../../support/e2e/flink-release';
import { FlinkSqlJobRun } from '../../support/e2e/flink-sql-job-run';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { Acl, aclsOf } from '../../support/e2e/strimzi-emulation';
import { Role, workloadOf } from '../../support/e2e/workloads';

/** The jobs themselves, and not clients in their place, need each right that their users have. */
export function flinkRights(run: ScenarioRun): void {
  if (run.model.cluster.authorization.enabled) {
    neededRights(run);
  } else {
    test('where nobody checks rights, there are none to take away', () => {
      expect(run.manifests.all('KafkaUser').flatMap(aclsOf)).toEqual([]);
    });
  }
}

function neededRights(run: ScenarioRun): void {
  let flink: FlinkSqlJobRun | undefined;

  beforeAll(() => run.withSales());
  afterAll(() => flink?.stop());

  test('Flink fails, and says why, without any right of its user, and copies ten records when it is back', async () => {
    // A job that has its ten records writes no more: its first start has to be the one that may not write.
    const acls = aclsFor('flink job').sort(
      (a, b) => Number(b.name === run.target.topic) - Number(a.name === run.target.topic),
    );
    expect(acls.length).toBeGreaterThan(0);
    for (const acl of acls) {
      await change('deleteAcls', acl);
      const [failed, printed] = [flink?.restarts ?? 0, flink?.log.length ?? 0];
      flink ??= await run.startFlink({ release: FlinkRelease.NEWEST_SUPPORTED });
      await flink.failing(failed + 2, 120);
      expect(flink.log.slice(printed)).toMatch(refusalOf(acl));
      await change('createAcls', acl);
      run.cluster.progress(`Flink failed without ${acl.operation} on ${acl.name}`);
      await run.copies.expectTen(flink);
    }
  });

  test('the data generator fails, and says why, without any right of its user, and sends again when it is back', async () => {
    const { cluster, generator } = run;
    const acls = aclsFor('data generator');
    expect(acls.length).toBeGreaterThan(0);
    for (const acl of acls) {
      const [restarts, printed] = [generator.restarts, generator.log.length];
      await change('deleteAcls', acl);
      await cluster.until(
        `the data generator failed without ${acl.operation} on ${acl.name}`,
        () => generator.restarts > restarts + 1,
        60,
      );
      expect(generator.log.slice(printed)).toMatch(refusalOf(acl));
      await change('createAcls', acl);
      const back = generator.log.length;
      await cluster.until('the data generator sends again', () => /^sent \d+$/m.test(generator.log.slice(back)), 60);
    }
  });

  function aclsFor(role: Role): Acl[] {
    return run.manifests
      .all('KafkaUser')
      .filter((user) => workloadOf(user, run.cluster).role === role)
      .flatMap(aclsOf);
  }

  async function change(operation: 'createAcls' | 'deleteAcls', acl: Acl): Promise<void> {
    await run.probe.must(run.cluster.broker.operatorSettings, { operation, acls: [acl] });
  }
}

/** What Kafka's clients say of a right that is missing. */
function refusalOf({ type, name, pattern }: Acl): RegExp {
  const named = name.replaceAll('.', '\\.') + (pattern === 'PREFIXED' ? '\\S*' : '');
  switch (type) {
    case 'TOPIC':
      return new RegExp(`TopicAuthorizationException: Not authorized to access topics: \\[${named}\\]`);
    case 'GROUP':
      return new RegExp(`GroupAuthorizationException: Not authorized to access group: ${named}`);
    case 'TRANSACTIONAL_ID':
      return /TransactionalIdAuthorizationException/;
    default:
      return /ClusterAuthorizationException/;
  }
}
