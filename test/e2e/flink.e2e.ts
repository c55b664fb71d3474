import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { flinkTables } from '../support/e2e/client-settings';
import { EmulatedCluster } from '../support/e2e/emulated-cluster';
import { FlinkRelease } from '../support/e2e/flink-release';
import { FlinkSqlJobRun } from '../support/e2e/flink-sql-job-run';
import { JavaProbe } from '../support/e2e/java-probe';
import { scenarios } from '../support/e2e/scenarios';
import { Manifest } from '../support/synth';

/** As many as the statement of each scenario takes. */
const LIMIT = 10;

/** What each job is left without, and what its Kafka client says then. */
const WITHOUT_CREDENTIAL: Record<string, { mount: string; error: RegExp }> = {
  tls: {
    mount: '/opt/my-cluster-cluster-ca-cert',
    error: /NoSuchFileException: \/opt\/my-cluster-cluster-ca-cert\/ca.crt/,
  },
  mtls: { mount: '/opt/my-user', error: /No matching PRIVATE KEY entries in PEM file/ },
  scram: { mount: '/opt/my-user', error: /invalid credentials with SASL mechanism SCRAM-SHA-512/ },
  oauth: { mount: '/opt/standalone-etl-client', error: /unauthorized_client/ },
  custom: { mount: '/opt/my-user-custom-cert', error: /No matching PRIVATE KEY entries in PEM file/ },
};

describe.each(scenarios())('%s', (scenario) => {
  let cluster: EmulatedCluster;
  let probe: JavaProbe;
  let manifest: Manifest;
  let source: string;
  let target: string;
  let flink: FlinkSqlJobRun | undefined;
  let copied = 0;

  beforeAll(async () => {
    cluster = await EmulatedCluster.of(scenario);
    manifest = cluster.manifests.one('FlinkDeployment');
    [source, target] = flinkTables(manifest).map(({ topic }) => topic);
  });

  afterEach(() => flink?.stop());
  afterAll(() => cluster?.stop());

  test('Flink 2.1 copies ten records, though it and the data generator were started before Kafka', async () => {
    withoutServices();
    flink = await start(manifest, FlinkRelease.of(manifest.spec.flinkVersion));
    await cluster.startDataGenerator();
    await flink.failing(2);
    expect(flink.log).toContain('No resolvable bootstrap urls given in bootstrap.servers');

    cluster.network.write();
    probe = await cluster.startProbe();
    await cluster.startKafka(probe);
    const hasKeycloak = cluster.manifests.all('Keycloak').length > 0;
    const [registry] = await Promise.all([cluster.startRegistry(), ...(hasKeycloak ? [cluster.startKeycloak()] : [])]);
    await registry.ready();
    cluster.progress('Apicurio Registry is ready');
    await expectCopies(flink);
  });

  test('Flink 2.2 copies ten records', async () => {
    flink = await start(manifest, FlinkRelease.NEWEST_SUPPORTED);
    await expectCopies(flink);
  });

  if (WITHOUT_CREDENTIAL[scenario]) {
    test('without what it proves itself with, or knows Kafka by, Flink keeps failing and copies nothing', async () => {
      const { mount, error } = WITHOUT_CREDENTIAL[scenario];
      flink = await start(withoutMount(manifest, mount), FlinkRelease.RUNNER_IMAGE, 'without-credential');
      await flink.failing(2, 120);
      expect(flink.log).toMatch(error);
      await expectNoMore();
    });
  }

  function start(deployment: Manifest, release: FlinkRelease, name = release.version): Promise<FlinkSqlJobRun> {
    const folder = join(cluster.folder, `flink-${name}`);
    cluster.progress(`starting Flink ${release.version}`);
    return FlinkSqlJobRun.start({ manifest: deployment, secrets: cluster.secrets, folder, release });
  }

  async function expectCopies(run: FlinkSqlJobRun): Promise<void> {
    await run.reading(source, 90);
    cluster.progress('Flink is reading');
    const all = await consume(copied + LIMIT, 60_000).catch((error: unknown) => {
      throw new Error(`${String(error)}\nFlink says\n${run.complaints()}`);
    });
    const records = all.slice(copied);
    // The data generator counts, and it counts while Flink starts.
    const first = Number(/^invoice-(\d+),/.exec(records[0])?.[1]);
    const numbers = Array.from({ length: LIMIT }, (_, i) => first + i);
    expect(records).toEqual(numbers.map((i) => `invoice-${i},user-${i},product-${i},${i}`));
    copied += LIMIT;
    await expectNoMore();
    cluster.progress('the records have arrived');
  }

  /** The data generator goes on sending; what Flink does not copy in two seconds, it does not copy. */
  async function expectNoMore(): Promise<void> {
    await expect(consume(copied + 1, 2000)).rejects.toThrow(`consumed ${copied} of ${copied + 1}`);
  }

  function consume(count: number, limit?: number): Promise<string[]> {
    return probe.must(cluster.broker.operatorSettings, { operation: 'consume', topic: target, count }, limit);
  }
});

/** Before an operator has made the Service of Kafka, its name leads nowhere. */
function withoutServices(): void {
  writeFileSync('/etc/hosts', `127.0.0.1 localhost\n127.0.0.1 ${hostname()}\n`);
}

/** The deployment, whose container does not see the Secret that is mounted at `path`. */
function withoutMount(deployment: Manifest, path: string): Manifest {
  const changed = structuredClone(deployment);
  const [container] = changed.spec.podTemplate.spec.containers;
  const left = container.volumeMounts.filter(({ mountPath }: { mountPath: string }) => mountPath !== path);
  if (left.length !== container.volumeMounts.length - 1) throw new Error(`nothing is mounted at ${path}`);
  container.volumeMounts = left;
  return changed;
}
