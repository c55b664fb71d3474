import { Size } from 'cdk8s';
import { Cpu, EmptyDirMedium, Secret, Volume, VolumeMount, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PlainContainer, containerResources, hardened } from '../kubernetes/workload';
import { ClientFiles } from './client-files';
import { BUNDLE_SOURCE, bundleCommand, volumeName } from './pod-files';

/** What a workload of cdk8s-plus needs so that its container has certain files. */
export interface WorkloadFiles {
  readonly volumeMounts: VolumeMount[];
  readonly initContainers: PlainContainer[];
}

/** What a container needs to have `files`. The image only has to have `sh` and `cat`. */
export function workloadFiles(scope: Construct, files: ClientFiles, image: string): WorkloadFiles {
  const secrets = files.secrets.map(({ secretName, keys, path }) => {
    const items = Object.fromEntries(keys.map((key) => [key, { path: key }]));
    const secret = Secret.fromSecretName(scope, `secret-${secretName}`, secretName);
    const volume = Volume.fromSecret(scope, `files-${secretName}`, secret, { name: volumeName(secretName), items });
    return { path, volume, readOnly: true };
  });
  const bundles = files.bundles.map(({ secretName, path }) => {
    const name = volumeName(secretName);
    const secret = Secret.fromSecretName(scope, `certificates-${secretName}`, secretName);
    const source = Volume.fromSecret(scope, `source-${secretName}`, secret, { name });
    const bundle = Volume.fromEmptyDir(scope, `bundle-${secretName}`, `${name}-bundle`, {
      medium: EmptyDirMedium.MEMORY,
      sizeLimit: Size.mebibytes(1),
    });
    return {
      mount: { path, volume: bundle, readOnly: true },
      initContainer: {
        name: `trust-${name}`.slice(0, 63),
        image,
        command: bundleCommand(path),
        volumeMounts: [
          { path: BUNDLE_SOURCE, volume: source, readOnly: true },
          { path, volume: bundle },
        ],
        resources: containerResources({
          cpuRequest: Cpu.millis(10),
          cpuLimit: Cpu.millis(100),
          memory: Size.mebibytes(32),
        }),
      },
    };
  });
  return {
    volumeMounts: [...secrets, ...bundles.map(({ mount }) => mount)],
    initContainers: bundles.map(({ initContainer }) => initContainer),
  };
}

/** Mounts `files` into every container of a workload that somebody else made. */
export function attachFiles(scope: Construct, workload: Workload, files: ClientFiles): void {
  const [first] = workload.containers;
  if (!first) return;
  const { volumeMounts, initContainers } = workloadFiles(scope, files, first.image);
  for (const { path, volume, ...options } of volumeMounts) {
    for (const container of workload.containers) container.mount(path, volume, options);
  }
  for (const initContainer of initContainers) workload.addInitContainer(hardened(initContainer));
}
