import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../synth';
import { cached, command, namedAfter } from './cache';
import { ClusterSecrets } from './cluster-secrets';
import { Mount, Pod, PodSpec, inMounts, podSpecOf } from './pod';

const SOURCES = join(__dirname, 'go', 'milvus');
const FILES = ['main.go', 'go.mod', 'go.sum'].map((file) => join(SOURCES, file));

/** What Milvus made of its settings, and how far it came. */
export interface MilvusAnswer {
  readonly queue: string;
  readonly channel: string;
  readonly channels: number;
  /** The place of the record that was written; none if that failed. */
  readonly appended?: string;
  /** The place of the record that was read; none if that failed. */
  readonly read?: string;
  readonly error?: string;
  /** What librdkafka and Milvus wrote to their logs. */
  readonly log: string;
}

/** A program of Milvus's own parameter table and write-ahead log: built once, which takes some minutes. */
export async function milvusProgram(): Promise<string> {
  const home = await cached(namedAfter('milvus-client', ...FILES), async (folder) => {
    const sources = join(folder, 'sources');
    cpSync(SOURCES, sources, { recursive: true });
    await command('go', ['build', '-C', sources, '-buildvcs=false', '-o', join(folder, 'milvus'), '.']);
    rmSync(sources, { recursive: true });
  });
  return join(home, 'milvus');
}

/** The pod of a Milvus, with the settings of its ConfigMap as its files, and the program in place of the server. */
export class MilvusPod {
  private readonly pod: Pod;
  private readonly container: string;
  private readonly settings: string;
  private readonly data: string;

  /**
   * @param folder a folder of this pod alone
   */
  public constructor(deployment: Manifest, configMap: Manifest, secrets: ClusterSecrets, folder: string) {
    const spec = withSecretsAlone(podSpecOf(deployment));
    this.container = spec.containers[0].name;
    this.pod = new Pod(spec, secrets, join(folder, 'volumes'));
    this.settings = join(folder, 'configs');
    this.data = join(folder, 'data');
    mkdirSync(this.settings, { recursive: true });
    writeFileSync(join(this.settings, 'user.yaml'), configMap.data['milvus.yaml'] as string);
    this.pod.prepare();
  }

  /** What the container sees of its volumes. */
  public get mounts(): Mount[] {
    return this.pod.mounts(this.container);
  }

  /**
   * Writes a record to the first channel and reads it back, as Milvus does.
   *
   * @param changes variables that the container has besides, or otherwise
   */
  public async roundTrip(changes: Record<string, string> = {}): Promise<MilvusAnswer> {
    const [program, ...args] = inMounts(this.mounts, [await milvusProgram()]);
    const env = {
      PATH: process.env.PATH,
      ...this.pod.env(this.container),
      MILVUSCONF: this.settings,
      LOCALSTORAGE_PATH: this.data,
      ...changes,
    };
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, log] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => (log += part));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        // Milvus's log is on the standard output as well; the answer is its last line.
        const lines = output.trim().split('\n');
        const answer = lines.pop() ?? '';
        if (!answer.startsWith('{'))
          reject(new Error(`the program gave no answer (exit ${code})\n${log.slice(-4000)}`));
        else resolve({ ...(JSON.parse(answer) as Omit<MilvusAnswer, 'log'>), log: [...lines, log].join('\n') });
      });
    });
  }
}

/** The pod without the volumes that the program does not look at: settings, which it finds elsewhere, and data. */
function withSecretsAlone({ volumes = [], initContainers, containers }: PodSpec): PodSpec {
  const kept = volumes.filter(({ secret, emptyDir }) => secret !== undefined || emptyDir !== undefined);
  const names = kept.map(({ name }) => name);
  const onKept = ({ volumeMounts = [], ...container }: PodSpec['containers'][number]) => ({
    ...container,
    volumeMounts: volumeMounts.filter(({ name }) => names.includes(name) && name !== 'tmp'),
  });
  return { volumes: kept, initContainers, containers: containers.map(onKept) };
}
