import { ScenarioRun } from '../../support/e2e/scenario-run';
import { UsersAtWork } from '../../support/e2e/users-at-work';
import { consume, consumeAs, create, describeConfigs, produce, remove, transact } from '../../support/e2e/work';

/** Each user does its job and nothing else. */
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
  const atWork = new UsersAtWork(run);

  beforeAll(() => atWork.prepare());

  test.each(atWork.users)('%s may do its job, and nothing else', async (user) => {
    const elsewhere = atWork.topics.flatMap((topic) => [
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
    const job = atWork.jobOf(user);
    const works = [...job, ...elsewhere];
    const answered = await Promise.all(works.map((work) => atWork.attempt(user, work)));
    const table = (outcomes: readonly string[]) => works.map(({ name }, i) => `${name}: ${outcomes[i]}`);
    run.cluster.progress(
      `${user}: ${works.length} attempts, ${answered.filter((outcome) => outcome === 'allowed').length} allowed`,
    );
    expect(table(answered)).toEqual(table(works.map((work) => atWork.predicted(user, work))));
    expect(answered.slice(0, job.length)).toEqual(job.map(() => 'allowed'));
  });
}
