import { Size } from 'cdk8s';
import { Cpu, EmptyDirMedium, Secret, Volume, VolumeMount, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PlainContainer, containerResources, hardened } from '../kubernetes/workload';
import { ClientFiles } from './client-files';
import { SOURCE, SourceVolume, preparedFolders, sourceVolumes, volumeName } from './prepared-files';

/** What a workload of cdk8s-plus needs so that its container has certain files. */
export interface WorkloadFiles {
  readonly volumeMounts: VolumeMount[];
  readonly initContainers: PlainContainer[];
}

/** What a container needs to have `files`. The image only has to have `sh`, `cat`, `sed`, `od` and `tr`. */
export function workloadFiles(scope: Construct, files: ClientFiles, image: string): WorkloadFiles {
  const secrets = files.secrets.map(({ secretName, keys, path }) => {
    const volume = secretVolume(scope, { name: volumeName(secretName), secretName, keys });
    return { path, volume, readOnly: true };
  });
  const folders = preparedFolders(files);
  const sources = new Map(sourceVolumes(folders).map((source) => [source.name, secretVolume(scope, source)]));
  const prepared = folders.map(({ container, volume: name, path, source, command }) => {
    const volume = Volume.fromEmptyDir(scope, `prepared-${name}`, name, {
      medium: EmptyDirMedium.MEMORY,
      sizeLimit: Size.mebibytes(1),
    });
    return {
      mount: { path, volume, readOnly: true },
      initContainer: {
        name: container,
        image,
        command,
        volumeMounts: [
          { path: SOURCE, volume: sources.get(source.name) as Volume, readOnly: true },
          { path, volume },
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
    volumeMounts: [...secrets, ...prepared.map(({ mount }) => mount)],
    initContainers: prepared.map(({ initContainer }) => initContainer),
  };
}

/** Mounts `files` into every container of a workload that somebody else made. Gives the mounts. */
export function attachFiles(scope: Construct, workload: Workload, files: ClientFiles): VolumeMount[] {
  const [first] = workload.containers;
  if (!first) return [];
  const { volumeMounts, initContainers } = workloadFiles(scope, files, first.image);
  for (const { path, volume, ...options } of volumeMounts) {
    for (const container of workload.containers) container.mount(path, volume, options);
  }
  for (const initContainer of initContainers) workload.addInitContainer(hardened(initContainer));
  return volumeMounts;
}

function secretVolume(scope: Construct, { name, secretName, keys }: SourceVolume): Volume {
  const secret = Secret.fromSecretName(scope, `secret-${name}`, secretName);
  const items = keys && Object.fromEntries(keys.map((key) => [key, { path: key }]));
  return Volume.fromSecret(scope, `files-${name}`, secret, { name, items });
}
