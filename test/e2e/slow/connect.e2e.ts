import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Chart, Size, Testing } from 'cdk8s';
import {
  ConfluentKafkaConnect,
  ConnectConverter,
  KafkaCluster,
  KafkaConnect,
  KafkaConnection,
  KafkaListener,
  KafkaNodeRole,
  KafkaStorage,
  KafkaTopics,
  KafkaUser,
  ListenerAuthentication,
  SinkConnector,
  SourceConnector,
  StrimziKafkaConnect,
  UserAuthentication,
} from '../../../lib';
import { CACHE } from '../../support/e2e/cache';
import { ClusterSecrets } from '../../support/e2e/cluster-secrets';
import {
  PostedConnector,
  WorkerFiles,
  confluentWorker,
  connectorsOf,
  strimziWorker,
} from '../../support/e2e/connect-settings';
import { ConnectWorker } from '../../support/e2e/connect-worker';
import { JavaProbe } from '../../support/e2e/java-probe';
import { KafkaBroker } from '../../support/e2e/kafka-broker';
import { ManifestSet } from '../../support/e2e/manifest-set';
import { ServiceNetwork } from '../../support/e2e/service-network';
import { Acl, aclsOf } from '../../support/e2e/strimzi-emulation';
import { progress } from '../../support/servers/progress';
import { Manifest } from '../../support/synth';

/** Where the folders of running clusters are: nothing that a pod mounts hides them. */
const RUNS = process.env.E2E_RUN ?? join(CACHE, 'runs');
/** How long a worker may take to do its work; one without a right is given up then, at the latest. */
const SECONDS = 25;

const LINES = ['{"id":1}', 'no JSON', '{"id":2}'];
const TOPIC = 'lines';
const DEAD = 'lines-rejected';

/** How the workers are run, and how they and their connectors log in. */
interface Mode {
  readonly authentication: ListenerAuthentication;
  readonly user: UserAuthentication;
  readonly ownUsers: boolean;
  readonly workers: (chart: Chart, connection: KafkaConnection) => KafkaConnect;
  readonly files: (manifests: ManifestSet, secrets: ClusterSecrets, folder: string) => WorkerFiles;
}

const MODES: Record<string, Mode> = {
  "Confluent's image by mutual TLS": {
    authentication: ListenerAuthentication.tls(),
    user: UserAuthentication.tls(),
    ownUsers: false,
    workers: (chart, connection) =>
      new ConfluentKafkaConnect(chart, 'etl', { connection, unencrypted: true, exactlyOnceSource: true }),
    files: (manifests, secrets, folder) => confluentWorker(manifests.one('Deployment'), secrets, folder),
  },
  "Strimzi's workers by SCRAM, their connectors as users of their own": {
    authentication: ListenerAuthentication.scramSha512(),
    user: UserAuthentication.scramSha512(),
    ownUsers: true,
    workers: (chart, connection) => new StrimziKafkaConnect(chart, 'etl', { connection, exactlyOnceSource: true }),
    files: (manifests, secrets, folder) => strimziWorker(manifests.one('KafkaConnect'), secrets, folder),
  },
};

/** A source that reads lines from a file, and a sink that writes those that are JSON to another one. */
function worldOf(mode: Mode, folder: string): Manifest[] {
  const chart = new Chart(Testing.app(), 'connect', { namespace: 'connect' });
  const cluster = new KafkaCluster(chart, 'my-cluster', {
    config: {
      'offsets.topic.num.partitions': 1,
      'offsets.topic.replication.factor': 1,
      'transaction.state.log.num.partitions': 1,
      'transaction.state.log.replication.factor': 1,
      'transaction.state.log.min.isr': 1,
      'group.initial.rebalance.delay.ms': 0,
      // Whoever asks for a topic would make it otherwise, with rights of its own.
      'auto.create.topics.enable': false,
    },
  });
  cluster.addNodePool('dual-role', {
    roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
    replicas: 1,
    storage: KafkaStorage.persistent({ size: Size.gibibytes(1) }),
  });
  const listener: KafkaListener = cluster.addListener('clients', { port: 9094, authentication: mode.authentication });
  const login = (name: string) => {
    const user = new KafkaUser(chart, name, { cluster, authentication: mode.user });
    return new KafkaConnection(chart, `${name}-connection`, { listener, user });
  };
  const connect = mode.workers(chart, login('worker'));
  new SourceConnector(chart, 'reader', {
    connect,
    connection: mode.ownUsers ? login('reader-user') : undefined,
    connectorClass: 'org.apache.kafka.connect.file.FileStreamSourceConnector',
    topics: [KafkaTopics.named(TOPIC)],
    createTopics: { partitions: 1, replicas: 1 },
    exactlyOnce: true,
    keyConverter: ConnectConverter.string(),
    valueConverter: ConnectConverter.string(),
    config: { file: join(folder, 'in'), topic: TOPIC },
  });
  const topic = (name: string) => Object.assign(KafkaTopics.named(name), { topicName: name, ...placeOf(listener) });
  new SinkConnector(chart, 'writer', {
    connect,
    connection: mode.ownUsers ? login('writer-user') : undefined,
    connectorClass: 'org.apache.kafka.connect.file.FileStreamSinkConnector',
    topics: [topic(TOPIC)],
    deadLetterQueue: { topic: topic(DEAD), createTopic: true, replicas: 1 },
    keyConverter: ConnectConverter.string(),
    valueConverter: ConnectConverter.json(),
    config: {
      file: join(folder, 'out'),
      'consumer.override.metadata.max.age.ms': 1000,
      // What a source has not committed does not count.
      'consumer.override.isolation.level': 'read_committed',
    },
  });
  return Testing.synth(chart) as Manifest[];
}

function placeOf({ clusterId, clusterName }: KafkaListener) {
  return { clusterId, clusterName };
}

/** Real Connect workers run with the settings of the manifests, and need each of their rights: `npm run test:e2e:slow`. */
describe.each(Object.entries(MODES))('%s', (_, mode) => {
  mkdirSync(RUNS, { recursive: true });
  const folder = mkdtempSync(join(RUNS, 'connect-'));
  const manifests = new ManifestSet(worldOf(mode, folder));
  const acls = manifests.all('KafkaUser').flatMap(aclsOf);
  let secrets: ClusterSecrets;
  let broker: KafkaBroker;
  let probe: JavaProbe;
  let attempts = 0;
  let works = false;

  beforeAll(async () => {
    secrets = await ClusterSecrets.of(manifests);
    const network = new ServiceNetwork(manifests);
    network.write();
    broker = new KafkaBroker(manifests, secrets, network, join(folder, 'kafka'));
    probe = await JavaProbe.start(folder, []);
    await broker.start();
    await broker.ready(probe);
    await broker.reconcile(probe);
  }, 120_000);

  afterAll(async () => {
    await probe?.stop();
    await broker?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Whether lines come through an empty cluster, and after a restart one more, each of them once. */
  async function copy(missing?: Acl): Promise<{ readonly arrived: boolean; readonly log: string }> {
    await emptyTopics();
    if (missing) await probe.must(broker.operatorSettings, { operation: 'deleteAcls', acls: [missing] });
    rmSync(join(folder, 'out'), { force: true });
    writeFileSync(join(folder, 'in'), LINES.map((line) => `${line}\n`).join(''));
    const began = Date.now();
    const first = await work(connectorsOf(manifests.manifests), '{id=1}\n{id=2}\n');
    if (!first.arrived) return told(first, began);
    appendFileSync(join(folder, 'in'), '{"id":3}\n');
    return told(await work([], '{id=1}\n{id=2}\n{id=3}\n'), began);
  }

  function told<T extends { readonly arrived: boolean }>(result: T, began: number): T {
    progress(`${result.arrived ? 'arrived' : 'did not arrive'} after ${Math.round((Date.now() - began) / 1000)} s`);
    return result;
  }

  /** Whether a worker comes to have written `output`, with the connectors at work and the one line rejected. */
  async function work(open: PostedConnector[], output: string) {
    const own = join(folder, `worker-${++attempts}`);
    const worker = await ConnectWorker.start(mode.files(manifests, secrets, join(own, 'pod')), own);
    let arrived = false;
    let failures = '';
    try {
      const end = Date.now() + SECONDS * 1000;
      while (!arrived && failures === '' && worker.ending === undefined && Date.now() < end) {
        await pause(300);
        if (open.length > 0) {
          if ((await worker.isHealthy()) && (await worker.post(open[0]))) open.shift();
          continue;
        }
        failures = (await worker.failures('reader')) + (await worker.failures('writer'));
        arrived =
          written() === output &&
          (await worker.isRunning('reader')) &&
          (await worker.isRunning('writer')) &&
          (await rejected()) === 1;
      }
      return { arrived, log: `${failures}\n${worker.log}` };
    } finally {
      await worker.stop();
    }
  }

  function written(): string {
    const file = join(folder, 'out');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  async function rejected(): Promise<number> {
    const { records = [] } = await probe.ask(
      broker.operatorSettings,
      { operation: 'consume', topic: DEAD, count: 1 },
      3000,
    );
    return records.filter((record) => record === LINES[1]).length;
  }

  /** As the operator does, which keeps the topics of the workers, and nobody the others. */
  async function emptyTopics(): Promise<void> {
    const kept = manifests.all('KafkaTopic').map(({ metadata }) => metadata.name);
    for (const topic of [...kept, TOPIC, DEAD]) {
      await probe.ask(broker.operatorSettings, { operation: 'deleteTopic', topic });
    }
    await broker.reconcile(probe);
  }

  test('lines come from file to file, and what is no JSON goes to the dead letter queue', async () => {
    const { arrived, log } = await copy();
    works = arrived;
    expect({ arrived, log: arrived ? '' : log.slice(-6000) }).toEqual({ arrived: true, log: '' });
  }, 120_000);

  test.each(acls.map((acl): [string, Acl] => [`${acl.principal}: ${acl.operation} ${acl.type} ${acl.name}`, acl]))(
    'fails without %s',
    async (_name, acl) => {
      // What does not work at all shows nothing by not working.
      expect(works).toBe(true);
      try {
        expect((await copy(acl)).arrived).toBe(false);
      } finally {
        await probe.must(broker.operatorSettings, { operation: 'createAcls', acls: [acl] });
      }
    },
    180_000,
  );
});
