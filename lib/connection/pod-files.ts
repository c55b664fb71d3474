import { RESTRICTED_CONTAINER } from '../kubernetes/hardening';
import { ClientFiles } from './client-files';
import { SOURCE, preparedFolders, sourceVolumes, volumeName } from './prepared-files';

/** Parts of a pod's specification, as Kubernetes writes them. */
export interface PodFiles {
  readonly volumes: object[];
  readonly volumeMounts: object[];
  readonly initContainers: object[];
}

/** What a pod needs so that its main container has `files`. The image only has to have `sh`, `cat`, `sed`, `od` and `tr`. */
export function renderPodFiles(files: ClientFiles, image: string, user?: number): PodFiles {
  const secrets = files.secrets.map(({ secretName, keys, path }) => {
    const name = volumeName(secretName);
    return {
      volume: { name, secret: { secretName, items: keys.map((key) => ({ key, path: key })) } },
      mount: { name, mountPath: path, readOnly: true },
    };
  });
  const folders = preparedFolders(files);
  const sources = sourceVolumes(folders).map(({ name, secretName, keys }) => ({
    name,
    secret: { secretName, ...(keys ? { items: keys.map((key) => ({ key, path: key })) } : {}) },
  }));
  const prepared = folders.map(({ container, volume, path, source, command }) => ({
    volume: { name: volume, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    mount: { name: volume, mountPath: path, readOnly: true },
    initContainer: {
      name: container,
      image,
      command,
      securityContext: {
        ...RESTRICTED_CONTAINER,
        readOnlyRootFilesystem: true,
        ...(user === undefined ? {} : { runAsUser: user }),
      },
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
      volumeMounts: [
        { name: source.name, mountPath: SOURCE, readOnly: true },
        { name: volume, mountPath: path },
      ],
    },
  }));
  return {
    volumes: [...secrets.map(({ volume }) => volume), ...sources, ...prepared.map(({ volume }) => volume)],
    volumeMounts: [...secrets, ...prepared].map(({ mount }) => mount),
    initContainers: prepared.map(({ initContainer }) => initContainer),
  };
}
