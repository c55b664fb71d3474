import { Credential } from './credential';
import { Credentials } from './credentials';
import { outcomeOf } from './outcome';
import { mayDo } from './prediction';
import { ScenarioRun } from './scenario-run';
import { Work, consume, consumeAs, create, describeConfigs, produce } from './work';
import { Role, Workload, workloadOf } from './workloads';

const REGISTRY_TOPICS = ['kafkasql-journal', 'kafkasql-snapshots', 'registry-events'];
const [JOURNAL, SNAPSHOTS, EVENTS] = REGISTRY_TOPICS;
/** A topic that is none of anybody's business. */
const OTHER = 'payroll';

/** What each workload does; the registry's job was observed of Apicurio Registry 3.3.3. */
const JOBS: Record<Role, (source: string, target: string) => Work[]> = {
  'data generator': (source) => [produce(source)],
  'flink job': (source, target) => [consume(source), produce(target)],
  registry: () => [
    ...REGISTRY_TOPICS.flatMap((topic) => [create(topic), describeConfigs(topic), produce(topic)]),
    ...[JOURNAL, SNAPSHOTS].map((topic) => consumeAs(`apicurio-${topic}`, topic)),
    produce(EVENTS),
  ],
};

/** The users of a scenario, who do what their workloads do, and other things. */
export class UsersAtWork {
  /** The names of the users. */
  public readonly users: readonly string[];
  /** All topics that there are. */
  public readonly topics: readonly string[];
  private readonly credentials = new Map<string, Credential>();

  public constructor(private readonly run: ScenarioRun) {
    this.users = run.model.users.map(({ userName }) => userName);
    this.topics = [run.source.topic, run.target.topic, ...REGISTRY_TOPICS, OTHER];
  }

  /** Starts Kafka alone, and puts a record into each topic. */
  public async prepare(): Promise<void> {
    await this.run.withKafkaAlone();
    const { probe, cluster, keycloak } = this.run;
    for (const credential of new Credentials(cluster, keycloak).ofUsers()) {
      this.credentials.set(credential.name, credential);
    }
    const operator = cluster.broker.operatorSettings;
    for (const topic of this.topics) {
      await probe.ask(operator, { operation: 'createTopics', topics: [{ name: topic }] });
      await probe.must(operator, { operation: 'produce', topic, values: ['first'] });
    }
  }

  /** What a user is there for. */
  public jobOf(user: string): Work[] {
    return JOBS[this.workload(user).role](this.run.source.topic, this.run.target.topic);
  }

  /** Does something as a user, through the listener that is for it. */
  public async attempt(user: string, { operation, settings }: Work): Promise<string> {
    const credential = this.credentials.get(user);
    if (!credential) throw new Error(`no credentials of ${user}`);
    const address = { 'bootstrap.servers': this.workload(user).settings['bootstrap.servers'] };
    const client = { ...credential.settings, ...address, ...settings };
    const outcome = outcomeOf((await this.run.probe.ask(client, operation)).errors);
    // To be told that it is there one must have the right to make it.
    return outcome.includes('TopicExistsException') ? 'allowed' : outcome;
  }

  /** What the library's model says of it. */
  public predicted(user: string, { needs }: Work): string {
    const { model } = this.run;
    const principal = model.users.find(({ userName }) => userName === user)?.principal.name ?? '';
    return needs.every(({ operation, resource }) => mayDo(model, principal, operation, resource))
      ? 'allowed'
      : 'not authorized';
  }

  private workload(user: string): Workload {
    return workloadOf(this.run.manifests.one('KafkaUser', user), this.run.cluster);
  }
}
