import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../../support/e2e/cache';
import { ClusterSecrets } from '../../support/e2e/cluster-secrets';
import { JavaProbe } from '../../support/e2e/java-probe';
import { KafkaBroker } from '../../support/e2e/kafka-broker';
import { ManifestSet } from '../../support/e2e/manifest-set';
import { MilvusPod } from '../../support/e2e/milvus-client';
import { scenario } from '../../support/e2e/scenarios';
import { ServiceNetwork } from '../../support/e2e/service-network';
import { aclsOf } from '../../support/e2e/strimzi-emulation';

/** Where the folders of running clusters are: nothing that a pod mounts hides them. */
const RUNS = process.env.E2E_RUN ?? join(CACHE, 'runs');

/** For each scenario: what is wrong with what Milvus shows, and how librdkafka or Milvus says that it was refused. */
const WRONG: Record<string, Record<string, [Record<string, string>, RegExp]>> = {
  'milvus-none': {
    'TLS where there is none': [{ KAFKA_SECURITYPROTOCOL: 'SSL' }, /SSL handshake failed|Disconnected/],
  },
  'milvus-sasl': {
    'another password': [{ KAFKA_SASLPASSWORD: 'another' }, /Authentication failed/],
    'no login': [{ KAFKA_SECURITYPROTOCOL: 'PLAINTEXT' }, /Disconnected|ApiVersion/],
  },
  'milvus-tls': {
    'no certificate': [{ KAFKA_SSL_TLSCERT: '', KAFKA_SSL_TLSKEY: '' }, /SSL|Disconnected/],
    'trust in another authority': [{ KAFKA_SSL_TLSCACERT: '/opt/milvus-tls/tls.crt' }, /certificate verify failed/],
  },
  'milvus-sasl-tls': {
    'another password': [{ KAFKA_SASLPASSWORD: 'another' }, /Authentication failed/],
    'trust in another authority': [{ KAFKA_SSL_TLSCACERT: '/opt/milvus-tls/tls.crt' }, /certificate verify failed/],
  },
};

/** Milvus's own code reads the settings, and writes and reads through Kafka by them: `npm run test:e2e:slow`. */
describe(scenario(), () => {
  const manifests = ManifestSet.read(scenario());
  let folder: string;
  let broker: KafkaBroker;
  let probe: JavaProbe;
  let milvus: MilvusPod;

  beforeAll(async () => {
    mkdirSync(RUNS, { recursive: true });
    folder = mkdtempSync(join(RUNS, `${scenario()}-`));
    const secrets = await ClusterSecrets.of(manifests);
    const network = new ServiceNetwork(manifests);
    network.write();
    milvus = new MilvusPod(manifests.one('Deployment'), manifests.one('ConfigMap'), secrets, join(folder, 'milvus'));
    broker = new KafkaBroker(manifests, secrets, network, join(folder, 'kafka'));
    probe = await JavaProbe.start(folder, []);
    await broker.start();
    await broker.ready(probe);
    await broker.reconcile(probe);
  });

  afterAll(async () => {
    await probe?.stop();
    await broker?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('Milvus reads its settings, and writes to and reads from a channel', async () => {
    const { log, ...answer } = await milvus.roundTrip();
    expect({ ...answer, log: answer.error === undefined ? '' : log.slice(-4000) }).toEqual({
      queue: 'kafka',
      channel: 'milvus-rootcoord-dml_0',
      channels: 16,
      appended: expect.any(String) as string,
      read: answer.appended,
      log: '',
    });
  });

  test.each(Object.entries(WRONG[scenario()]))('fails with %s', async (_, [changes, refusal]) => {
    const { appended, error, log } = await milvus.roundTrip(changes);
    expect({ appended, error }).toEqual({ appended: undefined, error: expect.any(String) as string });
    expect(log).toMatch(refusal);
  });

  // Where nobody checks rights, there are none.
  for (const acl of manifests.all('KafkaUser').flatMap(aclsOf)) {
    test(`fails without the right to ${acl.operation} ${acl.type} ${acl.name}`, async () => {
      await probe.must(broker.operatorSettings, { operation: 'deleteAcls', acls: [acl] });
      try {
        const { read, error } = await milvus.roundTrip();
        expect(read).toBeUndefined();
        expect(error).toMatch(acl.operation === 'WRITE' ? /^append: / : /^read: /);
      } finally {
        await probe.must(broker.operatorSettings, { operation: 'createAcls', acls: [acl] });
      }
    });
  }
});
