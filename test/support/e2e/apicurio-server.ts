import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../synth';
import { KubeletProbes } from './kubelet-probes';
import { Pod } from './pod';
import { ClassArchive, JavaProcess, SMALL_JVM } from './jvm';
import { apicurioHome } from './releases';
import { ServiceNetwork } from './service-network';

/** The real Apicurio Registry of a Deployment, with its environment and mounts; only the bind address is the suite's. */
export class ApicurioServer {
  public static readonly CONTAINER = 'registry';
  private process?: JavaProcess;
  private probes?: KubeletProbes;

  public constructor(
    private readonly deployment: Manifest,
    private readonly pod: Pod,
    private readonly network: ServiceNetwork,
    private readonly folder: string,
  ) {}

  public async start(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    const java = join(newestJava(), 'bin', 'java');
    const jar = join(await apicurioHome(), 'quarkus-run.jar');
    const archive = new ClassArchive('apicurio', jar, java);
    const run = [java, ...SMALL_JVM, ...archive.usingOrMaking, '-Xmx512m', '-jar', jar];
    const server = {
      name: 'Apicurio Registry',
      command: this.pod.command(ApicurioServer.CONTAINER, run),
      env: {
        ...this.pod.env(ApicurioServer.CONTAINER),
        QUARKUS_HTTP_HOST: this.address,
        QUARKUS_MANAGEMENT_HOST: this.address,
      },
      cwd: this.folder,
      restarts: true,
      log: join(this.folder, 'apicurio.log'),
    };
    this.process = new JavaProcess(server, archive);
    const container = this.deployment.spec.template.spec.containers.find(
      ({ name }: { name: string }) => name === ApicurioServer.CONTAINER,
    );
    this.probes = new KubeletProbes(container, this.address, this.process);
  }

  /** Waits until the readiness probe of the Deployment is content. */
  public async ready(seconds = 120): Promise<void> {
    if (!this.process) throw new Error('Apicurio Registry was not started');
    await this.process.ready(() => this.isReady(), seconds);
  }

  /** Whether the readiness probe of the Deployment is content now. */
  public isReady(): Promise<boolean> {
    if (!this.probes) throw new Error('Apicurio Registry was not started');
    return this.probes.isReady();
  }

  /** What Apicurio Registry printed. */
  public get log(): string {
    return this.process?.log ?? '';
  }

  /** How often it was started again. */
  public get restarts(): number {
    return this.process?.restarts ?? 0;
  }

  /** What Apicurio Registry complained about. */
  public complaints(count?: number): string {
    return this.process?.complaints(count) ?? '';
  }

  public async stop(): Promise<void> {
    await this.probes?.stop();
    await this.process?.stop();
  }

  private get address(): string {
    return this.network.address(this.deployment.metadata.name);
  }
}

/** The home of the newest Java on the machine: Apicurio Registry 3 needs 21 at least, the others take 17. */
export function newestJava(): string {
  const versions = (existsSync(JVMS) ? readdirSync(JVMS) : []).map((name) => ({
    name,
    version: Number(/(?:^|-)(\d+)/.exec(name)?.[1]),
  }));
  const [newest] = versions
    .filter(({ name, version }) => version >= 21 && existsSync(join(JVMS, name, 'bin', 'java')))
    .sort((a, b) => b.version - a.version);
  if (!newest) throw new Error(`Apicurio Registry needs Java 21 or newer below ${JVMS}`);
  return join(JVMS, newest.name);
}

const JVMS = '/usr/lib/jvm';
