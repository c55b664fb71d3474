import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../support/kubernetes/api-client';
import { externalSecretDefinitions } from '../support/kubernetes/external-secrets';
import { installDefinitions } from '../support/kubernetes/definitions';
import { removeWithThis } from '../support/servers/child-processes';
import { Etcd } from '../support/servers/etcd';
import { KubeApiServer } from '../support/servers/kube-apiserver';
import { builtKubeApiServer } from '../support/servers/kube-apiserver-build';
import { progress, timed } from '../support/servers/progress';
import { missingOf } from '../support/servers/requirements';
import { REQUIREMENTS, definitionFolders } from './requirements';
import { SERVERS } from './running';
import { FOLDER_VARIABLE, shareAccess, writeSubjects } from './subjects';

/** Starts an API server that knows the operators' resources, and writes the manifests that the tests send to it. */
export default async function setUp(): Promise<void> {
  const missing = missingOf(REQUIREMENTS);
  missing.forEach(progress);
  if (missing.length > 0 && process.env.CI === 'true') throw new Error('nothing may be skipped under CI=true');

  const program = missing.length > 0 ? undefined : await builtKubeApiServer();
  SERVERS.began = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'secure-kafka-api-'));
  removeWithThis(folder);
  process.env[FOLDER_VARIABLE] = folder;
  try {
    await Promise.all([
      timed('synthesizing scenarios and samples', () => writeSubjects(folder)),
      program ? start(folder, program) : undefined,
    ]);
  } catch (error) {
    await SERVERS.stop();
    throw error;
  }
}

async function start(folder: string, program: string): Promise<void> {
  const etcd = SERVERS.add(await Etcd.in(folder));
  etcd.start();
  await etcd.ready();
  const server = SERVERS.add(await KubeApiServer.in(folder, program, etcd.url));
  server.start();
  await server.ready();
  const client = new ApiClient(server.access());
  try {
    await timed('installing definitions', () =>
      installDefinitions(client, [...definitionFolders(), externalSecretDefinitions()]),
    );
  } finally {
    client.close();
  }
  shareAccess(folder, server.access());
}
