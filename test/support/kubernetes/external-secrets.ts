import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../synth';
import { cacheFolder } from '../servers/cache';
import { Place, copiedBy } from './secret-names';

/** External Secrets, which is a Go module, with its checksum. */
const MODULE = join(__dirname, 'external-secrets');
const NAME = 'github.com/external-secrets/external-secrets';
const DEFINITIONS = ['external-secrets.io_externalsecrets.yaml', 'external-secrets.io_secretstores.yaml'];

/** The folder with the CustomResourceDefinitions of External Secrets 1.3.2; from the cache, or from Go's module proxy. */
export function externalSecretDefinitions(): string {
  const folder = join(cacheFolder('definitions'), 'external-secrets-1.3.2');
  if (existsSync(folder)) return folder;
  const answer = execFileSync('go', ['mod', 'download', '-json', NAME], { cwd: MODULE, encoding: 'utf8' });
  const { Dir } = JSON.parse(answer) as { readonly Dir: string };
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const file of DEFINITIONS) copyFileSync(join(Dir, 'config', 'crds', 'bases', file), join(unfinished, file));
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** The Secrets that External Secrets reads as a service account, which are all that the account is there for. */
export function secretsCopiedBy(account: Place, objects: readonly Manifest[]): Place[] {
  const stores = objects.filter(({ kind, metadata, spec }) => {
    const name: unknown = spec?.provider?.kubernetes?.auth?.serviceAccount?.name;
    return kind === 'SecretStore' && metadata.namespace === account.namespace && name === account.name;
  });
  const copied = stores.flatMap((store) =>
    objects
      .filter(({ kind, spec }) => kind === 'ExternalSecret' && spec.secretStoreRef.name === store.metadata.name)
      .flatMap(copiedBy)
      .map((name) => ({ namespace: store.spec.provider.kubernetes.remoteNamespace as string, name })),
  );
  return [...new Map(copied.map((secret) => [`${secret.namespace}/${secret.name}`, secret])).values()];
}
