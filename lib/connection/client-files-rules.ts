import { DNS_LABEL_LENGTH } from '../kubernetes/names';
import { Rule } from '../validation/rule';
import { ClientFiles } from './client-files';
import { preparedFolders, sourceVolumes, volumeName } from './prepared-files';

/** The longest name that the volumes and init containers of a Secret can be derived from. */
const LONGEST = DNS_LABEL_LENGTH - '-bundle'.length;

/** Volumes of pods that hold no Secret. */
const OTHER_VOLUMES = ['tmp', 'java-truststore'];

export const CLIENT_FILES_RULES: readonly Rule<ClientFiles>[] = [
  {
    id: 'secret-volume',
    holds: 'Each Secret of a client has a volume of its own, named after it.',
    remedy: `use names of Secrets of at most ${LONGEST} characters that differ in more than dots and dashes, none of them ${OTHER_VOLUMES.join(' or ')}, and each Secret either by keys or as a whole`,
    source: 'Kubernetes 1.35: a volume has a DNS label for a name, and no two of a pod the same',
    faults: (files) => {
      const folders = preparedFolders(files);
      const volumes = [
        ...OTHER_VOLUMES,
        ...files.secrets.map(({ secretName }) => volumeName(secretName)),
        ...sourceVolumes(folders).map(({ name }) => name),
        ...folders.map(({ volume }) => volume),
      ];
      return [
        ...files.secretNames
          .filter((name) => volumeName(name).length > LONGEST)
          .map((name) => `the name of Secret '${name}' is too long for a volume`),
        ...volumes
          .filter((volume, index) => volumes.indexOf(volume) !== index)
          .map((volume) => `two volumes would be named '${volume}'`),
      ];
    },
  },
];
