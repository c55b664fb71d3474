import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { progress } from '../servers/progress';
import { Manifest } from '../synth';
import { ApicurioServer } from './apicurio-server';
import { CACHE } from './cache';
import { ClusterSecrets } from './cluster-secrets';
import { DataGenerator } from './data-generator';
import { JavaProbe } from './java-probe';
import { KafkaBroker } from './kafka-broker';
import { KeycloakServer } from './keycloak-server';
import { ManifestSet } from './manifest-set';
import { hasFailed } from './failure';
import { Mount, Pod, podSpecOf } from './pod';
import { ServiceNetwork } from './service-network';

/** Where the folders of running clusters are: nothing that a pod mounts hides them. */
const RUNS = process.env.E2E_RUN ?? join(CACHE, 'runs');

interface Server {
  complaints(): string;
  stop(): Promise<void>;
}

/** A scenario as a cluster runs it: its manifests, the Secrets and names that follow, and the servers, which start on demand. */
export class EmulatedCluster {
  /** A cluster in which the operators have made the Secrets, and nothing runs. */
  public static async of(scenario: string): Promise<EmulatedCluster> {
    const manifests = ManifestSet.read(scenario);
    return new EmulatedCluster(scenario, manifests, await ClusterSecrets.of(manifests));
  }

  public readonly folder: string;
  public readonly network: ServiceNetwork;
  public readonly broker: KafkaBroker;
  /** How often each pod could not be started, by its name. */
  public readonly refusedStarts = new Map<string, number>();
  private readonly pods = new Map<string, Pod>();
  private readonly running: { readonly name: string; readonly server: Server }[] = [];

  private constructor(
    public readonly scenario: string,
    public readonly manifests: ManifestSet,
    public readonly secrets: ClusterSecrets,
  ) {
    mkdirSync(RUNS, { recursive: true });
    this.folder = mkdtempSync(join(RUNS, `${scenario}-`));
    this.network = new ServiceNetwork(manifests);
    this.network.write();
    this.broker = new KafkaBroker(manifests, secrets, this.network, join(this.folder, 'kafka'));
  }

  /** The pod of a Deployment or FlinkDeployment, with its volumes. */
  public pod(kind: 'Deployment' | 'FlinkDeployment', name?: string): Pod {
    const manifest = this.manifests.one(kind, name);
    const key = `${kind}-${manifest.metadata.name}`;
    const made = this.pods.get(key) ?? new Pod(podSpecOf(manifest), this.secrets, join(this.folder, 'pods', key));
    if (!this.pods.has(key)) made.prepare();
    this.pods.set(key, made);
    return made;
  }

  /** The Secrets that the pod of a Deployment or FlinkDeployment cannot start without and that are not there. */
  public missingSecrets(manifest: Manifest): string[] {
    return new Pod(podSpecOf(manifest), this.secrets, this.folder).missing();
  }

  /** Tries to start a pod until all its Secrets are there, as the kubelet does. */
  public async startable(manifest: Manifest): Promise<void> {
    const { name } = manifest.metadata;
    while (this.missingSecrets(manifest).length > 0) {
      this.refusedStarts.set(name, (this.refusedStarts.get(name) ?? 0) + 1);
      await pause(200);
    }
  }

  /** Where clients of a listener connect first. */
  public bootstrap(port: number): string {
    const { name, namespace } = this.manifests.one('Kafka').metadata;
    return `${name}-kafka-bootstrap.${namespace}.svc:${port}`;
  }

  /** What the main containers of all pods see of their volumes, together. */
  public mounts(): Mount[] {
    const of = (kind: 'Deployment' | 'FlinkDeployment') =>
      this.manifests.all(kind).flatMap((manifest) => {
        const pod = this.pod(kind, manifest.metadata.name);
        return podSpecOf(manifest).containers.flatMap(({ name }) => pod.mounts(name));
      });
    return [...of('Deployment'), ...of('FlinkDeployment')];
  }

  /** Starts real Kafka clients that see what the pods see. */
  public async startProbe(): Promise<JavaProbe> {
    return this.keep('probe', await JavaProbe.start(this.folder, this.mounts()));
  }

  /** Starts Kafka, and does what the operators do with it. */
  public async startKafka(probe: JavaProbe): Promise<KafkaBroker> {
    this.keep('Kafka', this.broker);
    await this.broker.start();
    await this.broker.ready(probe);
    await this.broker.reconcile(probe);
    this.progress('Kafka is ready');
    return this.broker;
  }

  /** Starts Keycloak, with the realms of the scenario and `realms` of the suite's own. */
  public async startKeycloak(...realms: object[]): Promise<KeycloakServer> {
    mkdirSync(join(this.folder, 'keycloak'));
    const server = new KeycloakServer(this.manifests, this.secrets, this.network, join(this.folder, 'keycloak'));
    this.keep('Keycloak', server);
    await server.start(realms);
    await server.ready();
    this.progress('Keycloak is ready');
    return server;
  }

  /** Starts Apicurio Registry, and does not wait for it. */
  public async startRegistry(): Promise<ApicurioServer> {
    const deployment = this.manifests.deploymentWith(ApicurioServer.CONTAINER);
    await this.startable(deployment);
    const pod = this.pod('Deployment', deployment.metadata.name);
    const server = new ApicurioServer(deployment, pod, this.network, join(this.folder, 'apicurio'));
    this.keep('Apicurio Registry', server);
    await server.start();
    return server;
  }

  /** Starts the stand-in for the data generator; `count` records, or as many as it can. */
  public async startDataGenerator(count?: number): Promise<DataGenerator> {
    const deployment = this.manifests.deploymentWith(DataGenerator.CONTAINER);
    await this.startable(deployment);
    const server = new DataGenerator(
      this.pod('Deployment', deployment.metadata.name),
      join(this.folder, 'data-generator'),
    );
    await server.start(count);
    return this.keep('data generator', server);
  }

  /** Ends everything, the last first; after a failure, what the servers complained about is printed before. */
  public async stop(): Promise<void> {
    if (hasFailed()) {
      for (const { name, server } of this.running) this.progress(`${name} said\n${server.complaints()}`);
    }
    for (const { server } of this.running.splice(0).reverse()) await server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Waits until something is so. */
  public async until(what: string, holds: () => boolean, seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`after ${seconds} s it is not so that ${what}`);
      await pause(200);
    }
    this.progress(what);
  }

  /** Says how far the run is. */
  public progress(what: string): void {
    what.split('\n').forEach(progress);
  }

  private keep<T extends Server>(name: string, server: T): T {
    this.progress(`starting ${name}`);
    this.running.push({ name, server });
    return server;
  }
}
