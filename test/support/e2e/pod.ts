import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { Manifest } from '../synth';
import { ClusterSecrets } from './cluster-secrets';

/** What is read of a pod's specification. */
export interface PodSpec {
  readonly volumes?: readonly Volume[];
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
}

interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Volume {
  readonly name: string;
  readonly emptyDir?: object;
  readonly secret?: {
    readonly secretName: string;
    readonly optional?: boolean;
    readonly items?: readonly { readonly key: string; readonly path: string }[];
    readonly defaultMode?: number;
  };
}

interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: SecretKeyReference };
}

interface SecretKeyReference {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

const MOUNT = join(__dirname, 'mount.sh');

/**
 * What the kubelet does for a pod: its volumes, its init containers, and the environment and mounts of its containers.
 *
 * A process that is started with {@link command} has a mount namespace of its own, so it sees the volumes of its
 * container and no others, at the paths that the manifest says.
 */
export class Pod {
  /**
   * @param folder where the volumes are laid out; a folder of this pod alone
   */
  public constructor(
    private readonly spec: PodSpec,
    private readonly secrets: ClusterSecrets,
    private readonly folder: string,
  ) {}

  /**
   * The Secrets that the pod cannot start without and that are not there.
   *
   * Kubernetes 1.35: while a volume's Secret is missing, the pod stays in `ContainerCreating`; while a variable's is, its
   * container stays in `CreateContainerConfigError`. The kubelet tries again in both cases, and nobody has to do anything.
   */
  public missing(): string[] {
    const volumes = (this.spec.volumes ?? []).flatMap(({ secret }) =>
      secret && !secret.optional ? [secret.secretName] : [],
    );
    const variables = this.containers
      .flatMap(({ env = [] }) => env)
      .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])
      .filter(({ optional }) => !optional);
    const needed = new Set([...volumes, ...variables.map(({ name }) => name)]);
    return [...needed].filter((name) => !this.secrets.has(name)).sort();
  }

  /** Fills the volumes and runs the init containers, one after another. */
  public prepare(): void {
    const missing = this.missing();
    if (missing.length > 0) throw new Error(`the pod waits for the Secrets ${missing.join(', ')}`);
    for (const volume of this.spec.volumes ?? []) this.fill(volume);
    for (const { name, command } of this.spec.initContainers ?? []) {
      const [program, ...args] = this.command(
        name,
        (command ?? []).map((part) => expand(part, this.env(name))),
      );
      execFileSync(program, args, { env: { PATH: process.env.PATH, ...this.env(name) }, stdio: 'pipe' });
    }
  }

  /** Makes the pod, or a new one that takes the place of this one: nothing is left in its `emptyDir` volumes. */
  public recreate(): void {
    for (const { name, emptyDir } of this.spec.volumes ?? []) {
      const folder = this.volumeFolder(name);
      // The folders stay, so that processes which have mounted them see the new pod's files.
      const files = emptyDir && existsSync(folder) ? readdirSync(folder) : [];
      for (const file of files) rmSync(join(folder, file), { recursive: true });
    }
    this.prepare();
  }

  /** Writes the present values of a Secret into the volumes that show it, as the kubelet does after a change. */
  public refresh(secretName: string): void {
    for (const volume of this.spec.volumes ?? []) if (volume.secret?.secretName === secretName) this.fill(volume);
  }

  /** The environment of a container. */
  public env(container: string): Record<string, string> {
    const env: Record<string, string> = {};
    for (const { name, value, valueFrom } of this.container(container).env ?? []) {
      if (valueFrom && !valueFrom.secretKeyRef) throw new Error(`${name}: only secretKeyRef is emulated`);
      const reference = valueFrom?.secretKeyRef;
      if (reference?.optional && !this.secrets.has(reference.name)) continue;
      env[name] = reference ? this.secrets.text(reference.name, reference.key) : expand(value ?? '', env);
    }
    return env;
  }

  /** The command that runs `argv` with the mounts of a container. */
  public command(container: string, argv: readonly string[]): string[] {
    return inMounts(this.mounts(container), argv);
  }

  /** Where the volumes of a container are, for a process that has the mounts of several pods. */
  public mounts(container: string): Mount[] {
    return (this.container(container).volumeMounts ?? []).map(({ name, mountPath, readOnly = false }) => ({
      source: this.volumeFolder(name),
      target: mountPath,
      readOnly,
    }));
  }

  /** What a container finds in a file of its volumes; nothing if it names no file. */
  public read(container: string, file: string | undefined): string | undefined {
    if (file === undefined) return undefined;
    const mount = this.mounts(container).find(({ target }) => file.startsWith(`${target}/`));
    if (!mount) throw new Error(`${file} is in no volume of ${container}`);
    return readFileSync(join(mount.source, file.slice(mount.target.length)), 'utf8');
  }

  private get containers(): Container[] {
    return [...(this.spec.initContainers ?? []), ...this.spec.containers];
  }

  private container(name: string): Container {
    const all = this.containers;
    const found = all.find((container) => container.name === name);
    if (!found) throw new Error(`no container ${name}; there are ${all.map((container) => container.name).join(', ')}`);
    return found;
  }

  private volumeFolder(name: string): string {
    if (!this.spec.volumes?.some((volume) => volume.name === name)) throw new Error(`no volume ${name}`);
    return join(this.folder, name);
  }

  /**
   * Kubernetes 1.35, pkg/volume/util/atomic_writer.go: the files are in a folder of their own, `..data` points to it, and
   * each name of the volume to a file behind `..data`. A change is one rename; names that are gone are removed after it.
   */
  private fill({ name, secret, emptyDir }: Volume): void {
    const folder = this.volumeFolder(name);
    mkdirSync(folder, { recursive: true });
    if (!secret) {
      if (!emptyDir) throw new Error(`volume ${name}: only Secrets and emptyDir are emulated`);
      return;
    }
    if (secret.optional && !this.secrets.has(secret.secretName)) return;
    const data = this.secrets.secret(secret.secretName);
    const items = secret.items ?? [...data.keys()].map((key) => ({ key, path: key }));
    const version = basename(mkdtempSync(join(folder, '..version-')));
    // Containers run as other users than the kubelet.
    chmodSync(join(folder, version), 0o755);
    for (const { key, path } of items) {
      const mode = secret.defaultMode ?? 0o644;
      writeFileSync(join(folder, version, path), this.secrets.value(secret.secretName, key), { mode });
      const link = join(folder, path);
      if (!existsSync(link)) {
        rmSync(link, { force: true });
        symlinkSync(join('..data', path), link);
      }
    }
    symlinkSync(version, join(folder, '..data_new'));
    renameSync(join(folder, '..data_new'), join(folder, '..data'));
    const paths = items.map(({ path }) => path);
    for (const name of readdirSync(folder)) {
      if (!name.startsWith('..') && !paths.includes(name)) rmSync(join(folder, name));
    }
  }
}

/** The specification of the pods of a Deployment, or of a FlinkDeployment. */
export function podSpecOf({ kind, spec }: Manifest): PodSpec {
  return kind === 'FlinkDeployment' ? spec.podTemplate.spec : spec.template.spec;
}

/** A folder that a process sees at another place. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** The command that runs `argv` with `mounts`. */
export function inMounts(mounts: readonly Mount[], argv: readonly string[]): string[] {
  const places = mounts.flatMap(({ source, target, readOnly }) => [source, target, readOnly ? 'ro' : 'rw']);
  return ['unshare', '--mount', 'sh', MOUNT, ...places, '--', ...argv];
}

/** Kubernetes: `$(NAME)` is a variable that is defined before, `$$` a dollar sign; everything else stays. */
export function expand(text: string, env: Record<string, string>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (all, name: string | undefined) => {
    if (name === undefined) return '$';
    return env[name] ?? all;
  });
}
