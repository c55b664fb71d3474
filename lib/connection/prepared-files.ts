import { BUNDLE_FILE, ClientFiles, KEY_STORE_FILE } from './client-files';

/** A volume of a Secret that only init containers see. */
export interface SourceVolume {
  readonly name: string;
  readonly secretName: string;
  /** The keys; none for all of them. */
  readonly keys?: readonly string[];
}

/** A folder that an init container fills from a Secret before the client starts. */
export interface PreparedFolder {
  /** The name of the init container. */
  readonly container: string;
  /** The volume of the folder, in memory. */
  readonly volume: string;
  /** Where both containers see the folder. */
  readonly path: string;
  /** The volume of the Secret, for init containers alone. */
  readonly source: SourceVolume;
  /** What the init container does. It needs `sh`, `cat`, `sed`, `od` and `tr`. */
  readonly command: string[];
}

/** Where the init container sees the Secret. */
export const SOURCE = '/source';

/** The folders that init containers prepare. */
export function preparedFolders(files: ClientFiles): PreparedFolder[] {
  const bundles = files.bundles.map(({ secretName, path }) => {
    const source = volumeName(secretName);
    // A certificate need not end with a line break, so one is put after each.
    const certificates = `for crt in ${SOURCE}/*.crt; do cat "$crt"; echo; done`;
    return {
      container: containerName(`trust-${source}`),
      volume: `${source}-bundle`,
      path,
      source: { name: source, secretName },
      command: shell(`${certificates} > ${path}/${BUNDLE_FILE}`),
    };
  });
  const quoted = files.quoted.map(({ secretName, keys, quoting, path }) => {
    const source = volumeName(secretName);
    const lines = keys.map((key) => `cat ${SOURCE}/${key} | ${quoting.filter} > ${path}/${key}`);
    return {
      container: containerName(`${quoting.name}-${source}`),
      volume: `${source}-${quoting.name}`,
      path,
      source: {
        name: `${source}-raw`,
        secretName,
        keys: [
          ...new Set(files.quoted.filter((other) => other.secretName === secretName).flatMap((other) => other.keys)),
        ],
      },
      command: shell(lines.join('; ')),
    };
  });
  const keyStores = files.keyStores.map(({ secretName, keys, path }) => {
    const source = volumeName(secretName);
    const parts = keys.map((key) => `cat ${SOURCE}/${key}; echo`).join('; ');
    return {
      container: containerName(`keystore-${source}`),
      volume: `${source}-keys`,
      path,
      source: { name: `${source}-pem`, secretName, keys },
      command: shell(`(${parts}) > ${path}/${KEY_STORE_FILE}`),
    };
  });
  return [...bundles, ...quoted, ...keyStores];
}

/** The volumes that the init containers read, each once. */
export function sourceVolumes(folders: readonly PreparedFolder[]): SourceVolume[] {
  return [...new Map(folders.map(({ source }) => [source.name, source])).values()];
}

/** The name of the volume with a Secret's files: volumes are DNS labels, Secrets may have dots. */
export function volumeName(secretName: string): string {
  return secretName.replace(/\./g, '-');
}

function shell(script: string): string[] {
  return ['/bin/sh', '-ec', script];
}

function containerName(name: string): string {
  return name.slice(0, 63);
}
