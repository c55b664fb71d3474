import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../servers/until';
import { ApiClient } from './api-client';

interface Definition {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/**
 * Creates the CustomResourceDefinitions in folders, and waits until their kinds are served.
 *
 * @returns how many there are
 */
export async function installDefinitions(client: ApiClient, folders: readonly string[]): Promise<number> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file))
      .map((file) => join(folder, file)),
  );
  const definitions = await Promise.all(files.map((file) => create(client, file)));
  await Promise.all(definitions.map((definition) => established(client, definition)));
  return definitions.length;
}

async function create(client: ApiClient, file: string): Promise<Definition> {
  const { status, body } = await client.request('POST', DEFINITIONS, readFileSync(file, 'utf8'), 'application/yaml');
  if (status !== 201) throw new Error(`${file} was refused: ${body.message}`);
  return body;
}

async function established(client: ApiClient, { metadata, spec }: Definition): Promise<void> {
  await until(`${metadata.name} is to be established`, async () => {
    const { status }: Definition = (await client.request('GET', `${DEFINITIONS}/${metadata.name}`)).body;
    return (
      status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True') ?? false
    );
  });
  for (const { name } of spec.versions.filter(({ served }) => served)) {
    const version = `${spec.group}/${name}`;
    await until(`${spec.names.kind} of ${version} is to be served`, () => client.serves(version, spec.names.kind));
  }
}
