import { FlinkSqlJobRun } from '../../support/e2e/flink-sql-job-run';
import { DataGenerator } from '../../support/e2e/data-generator';
import { ask } from '../../support/e2e/http';
import { ScenarioRun } from '../../support/e2e/scenario-run';

/** As many source records as are looked at. */
const COUNT = 5;

/** Everything is applied at once, and what a server needs comes later than the server. */
export function oneApply(run: ScenarioRun): void {
  let flink: FlinkSqlJobRun | undefined;

  afterAll(() => flink?.stop());

  test('ten records arrive, though Flink and the data generator come before Kafka, and Kafka before Keycloak', async () => {
    const { cluster, manifests } = run;
    const kafka = `${manifests.one('Kafka').metadata.name}-kafka-bootstrap`;
    const identityProviders = manifests.all('Keycloak').map(({ metadata }) => `${metadata.name}-service`);

    // Before an operator has made the Service of Kafka, its name leads nowhere.
    cluster.network.write([kafka, ...identityProviders]);
    flink = await startBeforeSecrets(run);
    await Promise.all([
      flink.failing(1),
      cluster.until('the data generator fails once', () => run.generator.restarts > 0, 60),
    ]);
    expect(flink.log).toContain('No resolvable bootstrap urls given in bootstrap.servers');

    cluster.network.write(identityProviders);
    await run.startKafka();
    cluster.network.write();
    await Promise.all([run.startKeycloak(), run.startRegistry()]);
    await run.registry.ready();
    cluster.progress('Apicurio Registry is ready');
    await run.copies.expectTen(flink);
  }, 300_000);

  test('the data generator wrote records in order, whose schema the Flink job finds in the registry', async () => {
    const { cluster, source } = run;
    const consumed = await run.probe.must(cluster.broker.operatorSettings, {
      operation: 'consume',
      topic: source.topic,
      count: COUNT,
    });
    const records = consumed.slice(0, COUNT);
    expect(records.map((record) => record.codePointAt(0))).toEqual(Array(COUNT).fill(0));
    expect(records.map((record, i) => record.includes(`user-${i + 1}`))).toEqual(Array(COUNT).fill(true));
    const ids = new Set(
      records.map((record) => Buffer.from(record).subarray(0, 5)).map((head) => head.readUInt32BE(1)),
    );
    expect(ids.size).toBe(1);

    const authority = cluster.pod('FlinkDeployment').read('flink-main-container', source.registryAuthority);
    const { status, body } = await ask(`${source.registry}/schemas/ids/${[...ids][0]}`, authority);
    expect({ status, name: JSON.parse(JSON.parse(body).schema).name }).toEqual({ status: 200, name: 'Sales' });
  });
}

/** Starts the Flink job and the data generator, whose pods have to wait until the operators have made their Secrets. */
async function startBeforeSecrets(run: ScenarioRun): Promise<FlinkSqlJobRun> {
  const { cluster, manifests } = run;
  const given = manifests.all('Secret').map(({ metadata }) => metadata.name);
  cluster.secrets.withhold(cluster.secrets.names.filter((name) => !given.includes(name)));
  const early = [manifests.one('FlinkDeployment'), manifests.deploymentWith(DataGenerator.CONTAINER)];
  const waiting = early.filter((manifest) => cluster.missingSecrets(manifest).length > 0);
  // Without TLS, nobody needs a Secret.
  expect(waiting).toEqual(run.model.listeners.some(({ tls }) => tls) ? early : []);
  const started = jest.fn();
  const starts = [run.startFlink(), run.startGenerator()] as const;
  for (const start of starts) start.then(started, () => undefined);
  if (waiting.length > 0) {
    const refusals = () => waiting.map(({ metadata }) => cluster.refusedStarts.get(metadata.name) ?? 0);
    await cluster.until('no pod starts before its Secrets are there', () => refusals().every((count) => count > 2), 10);
    expect(started).not.toHaveBeenCalled();
  }
  cluster.secrets.release();
  const [flink] = await Promise.all(starts);
  return flink;
}
