import { SecretKey } from '../secrets/secret-key';
import { quotedFolder, secretFolder } from './client-files';
import { Quoting } from './quoting';

/** The name of the config provider in rendered settings. */
const PROVIDER = 'dir';

/** The config provider that reads files. */
export const CONFIG_PROVIDER = 'org.apache.kafka.common.config.provider.DirectoryConfigProvider';

const REFERENCE = new RegExp(`\\$\\{${PROVIDER}:([^:}]+):`, 'g');

/** A reference to a file whose content is a value. It may stand inside a larger value. */
export function fileReference(folder: string, file: string): string {
  return `\${${PROVIDER}:${folder}:${file}}`;
}

/** A reference to a secret value as it is. */
export function secretReference(key: SecretKey): string {
  return fileReference(secretFolder(key.secretName), key.key);
}

/** A reference to a secret value for a place where it has to be quoted. */
export function quotedReference(key: SecretKey, quoting: Quoting): string {
  return fileReference(quotedFolder(key, quoting), key.key);
}

/**
 * The settings that let a program read the values that `settings` refer to, and no other file.
 *
 * @see Apache Kafka 4.3.1, clients/.../config/AbstractConfig.java: every configuration resolves its references itself
 */
export function providerSettings(
  settings: { readonly [setting: string]: string },
  providerClass: string = CONFIG_PROVIDER,
): { [setting: string]: string } {
  const folders = new Set(
    Object.values(settings).flatMap((value) => [...value.matchAll(REFERENCE)].map(([, folder]) => folder)),
  );
  if (folders.size === 0) return {};
  return {
    'config.providers': PROVIDER,
    [`config.providers.${PROVIDER}.class`]: providerClass,
    // Without this the provider reads any folder of the container.
    [`config.providers.${PROVIDER}.param.allowed.paths`]: [...folders].join(','),
  };
}
