import { Manifest } from '../synth';
import { apicurioSettings, dataGeneratorSettings, flinkTables } from './client-settings';
import { DataGenerator } from './data-generator';
import { ApicurioServer } from './apicurio-server';
import { EmulatedCluster } from './emulated-cluster';
import { Settings } from './java-probe';
import { ManifestSet } from './manifest-set';

/** What a workload of a scenario does with Kafka. */
export type Role = 'flink job' | 'data generator' | 'registry';

/** A workload that connects to Kafka, as its manifest says. */
export interface Workload {
  readonly role: Role;
  readonly manifest: Manifest;
  /** The settings of its Kafka client; the Flink job has those of its first table. */
  readonly settings: Settings;
}

/** The workloads of a scenario that connect to Kafka. */
export function workloads(cluster: EmulatedCluster): Workload[] {
  const { manifests } = cluster;
  const env = (deployment: Manifest, container: string) =>
    cluster.pod('Deployment', deployment.metadata.name).env(container);
  const flink = manifests.one('FlinkDeployment');
  const generator = manifests.deploymentWith(DataGenerator.CONTAINER);
  const registry = manifests.deploymentWith(ApicurioServer.CONTAINER);
  return [
    { role: 'flink job', manifest: flink, settings: flinkTables(flink)[0].settings },
    {
      role: 'data generator',
      manifest: generator,
      settings: dataGeneratorSettings(env(generator, DataGenerator.CONTAINER)),
    },
    { role: 'registry', manifest: registry, settings: apicurioSettings(env(registry, ApicurioServer.CONTAINER)) },
  ];
}

/** The workload that has the credentials of a KafkaUser. */
export function workloadOf(user: Manifest, cluster: EmulatedCluster): Workload {
  const secret = JSON.stringify(credentialsOf(user, cluster.manifests));
  const found = workloads(cluster).filter(({ manifest }) => JSON.stringify(manifest.spec).includes(secret));
  if (found.length !== 1) throw new Error(`${found.length} workloads have Secret ${secret}, and not one`);
  return found[0];
}

/** The Secret with which a KafkaUser proves who it is. */
function credentialsOf({ metadata: { name }, spec }: Manifest, manifests: ManifestSet): string {
  switch (spec.authentication?.type) {
    case 'tls-external':
      return manifests.all('Certificate').find((made) => made.spec.commonName === name)?.spec.secretName;
    case undefined: {
      const imports = manifests.all('KeycloakRealmImport').map(({ spec: { realm, placeholders } }) => {
        const clients: Manifest['spec'][] = realm.clients;
        const client = clients.find(({ clientId }) => name === `service-account-${clientId}`);
        return client && placeholders[client.secret.slice(2, -1)].secret.name;
      });
      return imports.find((secret) => secret !== undefined);
    }
    default:
      return `${manifests.one('Kafka').spec.entityOperator?.userOperator?.secretPrefix ?? ''}${name}`;
  }
}
