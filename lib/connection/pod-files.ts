import { RESTRICTED_CONTAINER } from '../kubernetes/hardening';
import { BUNDLE_FILE, ClientFiles } from './client-files';

/** Parts of a pod's specification, as Kubernetes writes them. */
export interface PodFiles {
  readonly volumes: object[];
  readonly volumeMounts: object[];
  readonly initContainers: object[];
}

/** Where the init container sees the certificates that it puts together. */
export const BUNDLE_SOURCE = '/certificates';

/** The shell command that puts all certificates of a Secret into one file. */
export function bundleCommand(path: string): string[] {
  // A certificate need not end with a line break, so one is put after each.
  const certificates = `for crt in ${BUNDLE_SOURCE}/*.crt; do cat "$crt"; echo; done`;
  return ['/bin/sh', '-ec', `${certificates} > ${path}/${BUNDLE_FILE}`];
}

/** What a pod needs so that its main container has `files`. The image only has to have `sh` and `cat`. */
export function renderPodFiles(files: ClientFiles, image: string, user?: number): PodFiles {
  const secrets = files.secrets.map(({ secretName, keys, path }) => {
    const name = volumeName(secretName);
    return {
      volume: { name, secret: { secretName, items: keys.map((key) => ({ key, path: key })) } },
      mount: { name, mountPath: path, readOnly: true },
    };
  });
  const bundles = files.bundles.map(({ secretName, path }) => {
    const source = volumeName(secretName);
    const name = `${source}-bundle`;
    return {
      volumes: [
        { name: source, secret: { secretName } },
        { name, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
      ],
      mount: { name, mountPath: path, readOnly: true },
      initContainer: {
        name: `trust-${source}`.slice(0, 63),
        image,
        command: bundleCommand(path),
        securityContext: {
          ...RESTRICTED_CONTAINER,
          readOnlyRootFilesystem: true,
          ...(user === undefined ? {} : { runAsUser: user }),
        },
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
        volumeMounts: [
          { name: source, mountPath: BUNDLE_SOURCE, readOnly: true },
          { name, mountPath: path },
        ],
      },
    };
  });
  return {
    volumes: [...secrets.map(({ volume }) => volume), ...bundles.flatMap(({ volumes }) => volumes)],
    volumeMounts: [...secrets, ...bundles].map(({ mount }) => mount),
    initContainers: bundles.map(({ initContainer }) => initContainer),
  };
}

/** The name of the volume with a Secret's files: volumes are DNS labels, Secrets may have dots. */
export function volumeName(secretName: string): string {
  return secretName.replace(/\./g, '-');
}
