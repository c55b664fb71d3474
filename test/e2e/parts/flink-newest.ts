import { FlinkRelease } from '../../support/e2e/flink-release';
import { FlinkSqlJobRun } from '../../support/e2e/flink-sql-job-run';
import { ScenarioRun } from '../../support/e2e/scenario-run';
import { Manifest } from '../../support/synth';

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

/** The same deployment with the newest Flink that the operator supports, with and without its credentials. */
export function flinkNewest(run: ScenarioRun): void {
  const release = FlinkRelease.NEWEST_SUPPORTED;

  let flink: FlinkSqlJobRun | undefined;

  beforeAll(() => run.withSales());
  afterEach(() => flink?.stop());

  // Where rights are checked, it copies them when it has been without each of its rights.
  if (!run.model.cluster.authorization.enabled) {
    test(`Flink ${release.version} copies ten records`, async () => {
      flink = await run.startFlink({ release });
      await run.copies.expectTen(flink);
    });
  }

  const without = WITHOUT_CREDENTIAL[run.scenario];
  if (without) {
    test('keeps failing, and copies nothing, without what it proves itself with or knows Kafka by', async () => {
      const manifest = withoutMount(run.manifests.one('FlinkDeployment'), without.mount);
      flink = await run.startFlink({ release, manifest });
      await flink.failing(2, 120);
      expect(flink.log).toMatch(without.error);
      await run.copies.expectNoMore();
    });
  }
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
