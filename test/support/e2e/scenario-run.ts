import { join } from 'node:path';
import { Manifest } from '../synth';
import { ApicurioServer } from './apicurio-server';
import { FlinkTable, flinkTables } from './client-settings';
import { CopiedSales } from './copied-sales';
import { OTHER_REALM } from './credentials';
import { DataGenerator } from './data-generator';
import { EmulatedCluster } from './emulated-cluster';
import { FlinkRelease } from './flink-release';
import { FlinkSqlJobRun } from './flink-sql-job-run';
import { JavaProbe } from './java-probe';
import { KeycloakServer } from './keycloak-server';
import { ManifestSet } from './manifest-set';
import { ScenarioModel } from './scenario-model';

/**
 * What all parts of a scenario's tests share: one cluster, in which each server is started once.
 *
 * A part asks for what it needs with {@link withKafka} or {@link withSales}, which start what does not run yet; so each
 * part can be run alone. What has failed to start once is not tried again: all later parts fail with the same words.
 */
export class ScenarioRun {
  public readonly model: ScenarioModel;
  public readonly manifests: ManifestSet;
  /** The table that the Flink job reads. */
  public readonly source: FlinkTable;
  /** The table that the Flink job writes. */
  public readonly target: FlinkTable;
  /** What Flink jobs have copied from one to the other. */
  public readonly copies = new CopiedSales(this);

  private openCluster?: EmulatedCluster;
  private startedProbe?: JavaProbe;
  private startedKeycloak?: KeycloakServer;
  private startedRegistry?: ApicurioServer;
  private startedGenerator?: DataGenerator;
  private flinkJobs = 0;
  private readonly steps = new Map<string, Promise<void>>();

  public constructor(public readonly scenario: string) {
    this.model = new ScenarioModel(scenario);
    this.manifests = ManifestSet.read(scenario);
    [this.source, this.target] = flinkTables(this.manifests.one('FlinkDeployment'));
  }

  /** The cluster, whose operators have made the Secrets. */
  public get cluster(): EmulatedCluster {
    return present(this.openCluster, 'the cluster');
  }

  /** Kafka's Java clients. */
  public get probe(): JavaProbe {
    return present(this.startedProbe, 'the probe');
  }

  /** The identity provider; nothing where the scenario has none. */
  public get keycloak(): KeycloakServer | undefined {
    return this.hasKeycloak ? present(this.startedKeycloak, 'Keycloak') : undefined;
  }

  public get registry(): ApicurioServer {
    return present(this.startedRegistry, 'Apicurio Registry');
  }

  public get generator(): DataGenerator {
    return present(this.startedGenerator, 'the data generator');
  }

  /** Whether the scenario has an identity provider. */
  public get hasKeycloak(): boolean {
    return this.manifests.all('Keycloak').length > 0;
  }

  /** Makes the cluster, in which nothing runs. */
  public async open(): Promise<void> {
    this.openCluster = await EmulatedCluster.of(this.scenario);
  }

  /** Sees to it that Kafka runs, and Keycloak where the scenario has one. */
  public async withKafka(): Promise<void> {
    // Brokers that find no identity provider take some time until they ask again.
    await this.startKeycloak();
    await this.startKafka();
  }

  /** Sees to it that all that the Flink job talks to runs: Kafka, the registry and the data generator. */
  public async withSales(): Promise<void> {
    await this.withKafka();
    await this.startRegistry();
    await this.startGenerator();
    await this.registry.ready();
  }

  /** Sees to it that Kafka and Keycloak run, and that nobody but the tests talks to them. */
  public async withKafkaAlone(): Promise<void> {
    await this.withKafka();
    await this.endSales();
  }

  /** Starts Kafka and its clients, once. */
  public startKafka(): Promise<void> {
    return this.once('Kafka', async () => {
      this.startedProbe = await this.cluster.startProbe();
      await this.cluster.startKafka(this.probe);
    });
  }

  /** Starts Keycloak once, where the scenario has one, with a realm of the suite's own beside the scenario's. */
  public startKeycloak(): Promise<void> {
    return this.once('Keycloak', async () => {
      if (this.hasKeycloak) this.startedKeycloak = await this.cluster.startKeycloak(OTHER_REALM);
    });
  }

  /** Starts the registry once, and does not wait for it. */
  public startRegistry(): Promise<void> {
    return this.once('registry', async () => {
      this.startedRegistry = await this.cluster.startRegistry();
    });
  }

  /** Starts the data generator once, which then sends without end. */
  public startGenerator(): Promise<void> {
    return this.once('generator', async () => {
      this.startedGenerator = await this.cluster.startDataGenerator();
    });
  }

  /**
   * Starts a Flink job, which the caller has to stop.
   *
   * @param manifest the deployment; that of the scenario if it is left out
   * @param release the version of Flink; the one that the deployment names if it is left out
   */
  public async startFlink({
    manifest,
    release,
  }: { manifest?: Manifest; release?: FlinkRelease } = {}): Promise<FlinkSqlJobRun> {
    const deployment = manifest ?? this.manifests.one('FlinkDeployment');
    await this.cluster.startable(deployment);
    const version = release ?? FlinkRelease.of(deployment.spec.flinkVersion);
    const folder = join(this.cluster.folder, `flink-${this.flinkJobs++}`);
    this.cluster.progress(`starting Flink ${version.version}`);
    return FlinkSqlJobRun.start({ manifest: deployment, secrets: this.cluster.secrets, folder, release: version });
  }

  /** Ends the registry and the data generator: what comes now asks the brokers alone. */
  private async endSales(): Promise<void> {
    await Promise.all([this.startedGenerator?.stop(), this.startedRegistry?.stop()]);
    this.startedGenerator = undefined;
    this.startedRegistry = undefined;
    this.steps.delete('generator');
    this.steps.delete('registry');
  }

  /** Ends everything. */
  public async close(): Promise<void> {
    await this.openCluster?.stop();
  }

  private once(step: string, work: () => Promise<void>): Promise<void> {
    const done = this.steps.get(step) ?? work();
    this.steps.set(step, done);
    return done;
  }
}

function present<T>(thing: T | undefined, name: string): T {
  if (thing === undefined)
    throw new Error(`${name} does not run: an earlier part of the scenario has failed to start it`);
  return thing;
}
