import { connect } from 'node:tls';
import { join } from 'node:path';
import { KafkaJsSettings, LibrdkafkaSettings } from '../../../lib';
import { ClientPods } from '../../support/e2e/client-pods';
import { JavaProbe, Operation, Settings } from '../../support/e2e/java-probe';
import { askKafkaJs } from '../../support/e2e/kafkajs-client';
import { askLibrdkafka } from '../../support/e2e/librdkafka-client';
import { outcomeOf } from '../../support/e2e/outcome';
import { CLIENT_GROUP } from '../../support/e2e/plain-clients';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { Role, workloads } from '../../support/e2e/workloads';

/** Something that a workload does with its own settings. */
interface Attempt {
  readonly name: string;
  readonly settings: Settings;
  readonly operation: Operation;
}

/** How the clients that are not Kafka's own say that they do not trust the broker. */
const NOT_TRUSTED = {
  librdkafka: /certificate verify failed/,
  KafkaJS: /certificate in certificate chain|unable to (get|verify)/,
};

/** The authorities of brokers and users get other certificates and keys, while and before clients are started. */
export function rotation(run: ScenarioRun): void {
  const kafka = run.manifests.one('Kafka');
  const authority = `${kafka.metadata.name}-cluster-ca-cert`;
  if (kafka.spec.kafka.listeners.some(({ tls }: { tls: boolean }) => tls)) {
    rotated(run, authority);
  } else {
    test('there is nothing to rotate: no listener has a certificate, and no pod sees the authority', () => {
      const pods = run.manifests.manifests.filter(({ kind }) => ['Deployment', 'FlinkDeployment'].includes(kind));
      expect(pods.length).toBeGreaterThan(0);
      expect(JSON.stringify(pods)).not.toContain(authority);
    });
  }
}

function rotated(run: ScenarioRun, authority: string): void {
  /** The pods that were there before anything changed. */
  let before: ClientPods;
  /** Pods that are made after the last change. */
  let after: ClientPods;
  const probes = new Map<ClientPods, JavaProbe>();

  beforeAll(async () => {
    await run.withKafkaAlone();
    const { cluster, probe, source } = run;
    const { operatorSettings } = cluster.broker;
    await probe.must(operatorSettings, { operation: 'produce', topic: source.topic, values: ['first'] });
    [before, after] = ['before', 'after'].map(
      (name) => new ClientPods(run.manifests, cluster.secrets, join(cluster.folder, 'rotation', name)),
    );
    for (const pods of [before, after]) {
      pods.recreate();
      probes.set(pods, await pods.startProbe());
    }
  });

  afterAll(async () => {
    for (const probe of probes.values()) await probe.stop();
  });

  test('all clients connect while the authority of the brokers gets a new certificate for its key', async () => {
    const { cluster, probe } = run;
    const first = await brokerCertificate(run);
    await cluster.secrets.renewClusterCa();
    renewPods(authority);
    expect(await brokerCertificate(run)).toBe(first);
    await expectOutcome('allowed', before, after);

    await cluster.secrets.renewBrokers();
    await cluster.broker.restart(probe);
    cluster.progress('Kafka has certificates of the renewed authority');
    expect(await brokerCertificate(run)).not.toBe(first);
    await expectOutcome('allowed', before, after);
  });

  test('clients started while the authority has two keys connect to brokers of both; others to those they know', async () => {
    const { cluster, probe } = run;
    await cluster.secrets.replaceClusterCa();
    renewPods(authority);
    const certificates = [...cluster.secrets.secret(authority).keys()].filter((key) => key.endsWith('.crt'));
    expect(certificates).toEqual([expect.stringMatching(/^ca-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.crt$/), 'ca.crt']);
    // A client that is given ca.crt alone, and not what the manifests make of the Secret.
    const onlyNew = {
      'ssl.truststore.certificates': cluster.secrets.text(authority, 'ca.crt'),
      'ssl.truststore.location': undefined,
    };
    await expectOutcome('allowed', before, after);
    await expectOutcomeWith(onlyNew, 'broker not trusted');

    await cluster.secrets.renewBrokers();
    await cluster.broker.restart(probe);
    cluster.progress('Kafka has certificates of the new key');
    await expectOutcome('allowed', after);
    await expectOutcomeWith(onlyNew, 'allowed');
    await expectOutcome('broker not trusted', before);

    await cluster.secrets.forgetOldClusterCa();
    renewPods(authority);
    await expectOutcome('allowed', after);
  });

  const users = run.manifests.all('KafkaUser').filter(({ spec }) => spec.authentication?.type === 'tls');
  test('clients started before and after connect when the certificates of users are renewed', async () => {
    const { secrets } = run.cluster;
    expect(users.length).toBeGreaterThan(0);
    // The brokers that the first pods know may be gone by now.
    before.recreate();
    const shown = () => users.map(({ metadata }) => secrets.text(metadata.name, 'user.crt'));
    const old = shown();
    await secrets.renewUsers();
    expect(shown().filter((certificate) => old.includes(certificate))).toEqual([]);
    for (const { metadata } of users) before.refresh(metadata.name);
    after.recreate();
    await expectOutcome('allowed', before, after);
  });

  /** A Secret has changed: the kubelet shows it to pods that run, and some pods are made anew. */
  function renewPods(secret: string): void {
    before.refresh(secret);
    after.recreate();
  }

  async function expectOutcome(outcome: string, ...all: ClientPods[]): Promise<void> {
    for (const pods of all) {
      await Promise.all([expectOf(probeOf(pods), attempts(run), outcome), expectOfOthers(run, pods, outcome)]);
    }
  }

  async function expectOutcomeWith(settings: Record<string, string | undefined>, outcome: string): Promise<void> {
    const changed = attempts(run).map((attempt) => ({ ...attempt, settings: changedBy(settings, attempt.settings) }));
    await expectOf(probeOf(after), changed, outcome);
  }

  function probeOf(pods: ClientPods): JavaProbe {
    const probe = probes.get(pods);
    if (!probe) throw new Error('the pods have no probe');
    return probe;
  }
}

/** What each workload does, with the settings of its manifest. */
function attempts(run: ScenarioRun): Attempt[] {
  const { cluster, source, target } = run;
  const settings = Object.fromEntries(workloads(cluster).map(({ role, settings }) => [role, settings])) as Record<
    Role,
    Settings
  >;
  // Flink assigns partitions itself, so that the group is for its offsets alone.
  const { 'group.id': _, ...alone } = source.settings;
  return [
    {
      name: 'the Flink job reads',
      settings: alone,
      operation: { operation: 'consume', topic: source.topic, count: 1 },
    },
    {
      name: 'the Flink job writes',
      settings: target.settings,
      operation: { operation: 'produce', topic: target.topic, values: ['one'] },
    },
    {
      name: 'the data generator writes',
      settings: settings['data generator'],
      operation: { operation: 'produce', topic: source.topic, values: ['one'] },
    },
    {
      name: 'the registry makes a topic',
      settings: settings.registry,
      operation: { operation: 'createTopics', topics: [{ name: 'kafkasql-journal' }] },
    },
  ];
}

async function expectOf(probe: JavaProbe, all: readonly Attempt[], expected: string): Promise<void> {
  const answers = await Promise.all(all.map(({ settings, operation }) => probe.ask(settings, operation)));
  const outcomes = answers.map(({ errors }) => {
    const outcome = outcomeOf(errors);
    // To be told that it is there one must have got in.
    return outcome.includes('TopicExistsException') ? 'allowed' : outcome;
  });
  expect(all.map(({ name }, i) => `${name}: ${outcomes[i]}`)).toEqual(all.map(({ name }) => `${name}: ${expected}`));
}

/** The same of clients that are configured with the connection of the Flink job, and see what its pod sees. */
async function expectOfOthers({ model, target }: ScenarioRun, pods: ClientPods, expected: string): Promise<void> {
  const write = { operation: 'produce', topic: target.topic, values: ['one'] } as const;
  const [mounts, connection] = [pods.mounts('FlinkDeployment'), model.job];
  const answers = await Promise.all([
    askLibrdkafka(mounts, LibrdkafkaSettings.render(connection), write, CLIENT_GROUP),
    askKafkaJs(mounts, KafkaJsSettings.render(connection), write, CLIENT_GROUP),
  ]);
  const outcomes = Object.entries(NOT_TRUSTED).map(([kind, notTrusted], i) => {
    const text = answers[i].errors.join(' <- ').replaceAll('\n', ' ');
    return `${kind}: ${text === '' ? 'allowed' : notTrusted.test(text) ? 'broker not trusted' : text}`;
  });
  expect(outcomes).toEqual(Object.keys(NOT_TRUSTED).map((kind) => `${kind}: ${expected}`));
}

function changedBy(changes: Record<string, string | undefined>, settings: Settings): Settings {
  const entries = Object.entries({ ...settings, ...changes });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

/** The fingerprint of the certificate that the broker shows to Flink. */
function brokerCertificate({ source }: ScenarioRun): Promise<string> {
  const [host, port] = source.settings['bootstrap.servers'].split(':');
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), servername: host, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
