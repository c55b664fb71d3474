import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  ApicurioRegistry,
  ClientConfigMap,
  ClientDialect,
  ConfluentKafkaConnect,
  ConfluentRestProxy,
  ConfluentSchemaRegistry,
  ControlCenter,
  ControlCenterLicense,
  JavaClientClasses,
  KafkaBridge,
  KafkaConnect,
  KafkaConnection,
  KsqlDbServer,
  RegistryStorage,
  SinkConnector,
  SourceConnector,
  StrimziKafkaConnect,
} from '../../../lib';
import { APICURIO_REGISTRY_SUPPORT } from '../../../lib/clients/apicurio-registry-support';
import { KAFKA_BRIDGE_SUPPORT } from '../../../lib/clients/bridge/kafka-bridge-support';
import {
  CONFLUENT_REST_PROXY_SUPPORT,
  CONFLUENT_SCHEMA_REGISTRY_SUPPORT,
} from '../../../lib/clients/confluent/confluent-support';
import {
  CONFLUENT_KAFKA_CONNECT_SUPPORT,
  STRIMZI_KAFKA_CONNECT_SUPPORT,
} from '../../../lib/clients/connect/kafka-connect-support';
import { CONTROL_CENTER_SUPPORT } from '../../../lib/clients/control-center/control-center-support';
import { KSQLDB_SUPPORT } from '../../../lib/clients/ksqldb/ksqldb-support';
import {
  JAVA_CLIENT_SUPPORT,
  KAFKA_UI_SUPPORT,
  KCAT_SUPPORT,
  LIBRDKAFKA_SUPPORT,
  QUARKUS_SUPPORT,
  SPRING_BOOT_SUPPORT,
} from '../../../lib/clients/plain/client-support';
import { KAFKAJS_SUPPORT } from '../../../lib/connection/kafkajs-rules';
import { LoginSupport } from '../../../lib/connection/login-mode';
import { ExternalKafkaTopic } from '../../../lib/external/external-kafka-topic';
import { properties, variables } from '../../clients/confluent/image';
import { parseProperties } from '../../clients/confluent/parse-properties';
import { certificate } from '../../clients/world';
import { Manifest, faultsOf, testChart } from '../synth';
import { apicurioSettings } from './client-settings';
import { ClusterSecrets } from './cluster-secrets';
import { WorkerFiles, connectorsOf, strimziBridge, strimziWorker } from './connect-settings';
import { Settings } from './java-probe';
import { LibrdkafkaClientSettings } from './librdkafka-client';
import { ManifestSet } from './manifest-set';
import { Mount, Pod } from './pod';

/** A client of Kafka that is in a system, with its settings as the program hands them to it. */
export type SystemClient =
  | { readonly kind: 'Java'; readonly settings: Settings; readonly writes: boolean }
  | { readonly kind: 'librdkafka'; readonly settings: LibrdkafkaClientSettings; readonly env: Record<string, string> }
  | { readonly kind: 'KafkaJS'; readonly settings: string };

/** What the pod of a system holds. */
export interface SystemPod {
  readonly mounts: readonly Mount[];
  /** The system properties of its Java virtual machine, as options. */
  readonly jvmOptions: readonly string[];
  readonly clients: Readonly<Record<string, SystemClient>>;
}

/** A program that logs in to Kafka, and how it reads what the library writes for it. */
export interface ClientSystem {
  readonly name: string;
  readonly support: LoginSupport;
  /** Whether it can log in only with what needs no quoting. */
  readonly plainSecrets?: boolean;
  readonly add: (chart: Chart, connection: KafkaConnection) => void;
  /** Makes the pod, or a new one in its place. */
  readonly pod: (manifests: ManifestSet, secrets: ClusterSecrets, folder: string) => SystemPod;
}

/** Folders that images write to themselves: the machine's own must not be covered. */
const OF_IMAGE = /^\/(etc|tmp|usr|var)\b/;
const SETTINGS_FOLDER = '/opt/settings';

/** The manifests of a system that makes a connection. */
export function manifestsOf(
  { name, add }: ClientSystem,
  connect: (chart: Chart) => KafkaConnection,
  namespace: string,
): ManifestSet {
  const chart = testChart(namespace);
  add(chart, connect(chart));
  const faults = faultsOf(chart.node.root as never);
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('\n')}`);
  return new ManifestSet(Testing.synth(chart) as Manifest[]);
}

/** The programs whose images make their properties from variables, and those that read files. */
export const CLIENT_SYSTEMS: readonly ClientSystem[] = [
  {
    name: 'Confluent Schema Registry',
    support: CONFLUENT_SCHEMA_REGISTRY_SUPPORT,
    add: (chart, connection) => new ConfluentSchemaRegistry(chart, 'registry', { connection, unencrypted: true }),
    pod: (manifests, secrets, folder) => {
      const workload = manifests.one('StatefulSet');
      // KafkaStoreConfig: what begins so is handed to the clients of the store.
      const client = below('kafkastore.', properties(workload, 'SCHEMA_REGISTRY_'));
      const { topic: _, ...settings } = client;
      return made(workload, { manifests, secrets, folder }, 'SCHEMA_REGISTRY_OPTS', { store: writer(settings) });
    },
  },
  {
    name: 'Confluent REST Proxy',
    support: CONFLUENT_REST_PROXY_SUPPORT,
    add: (chart, connection) => new ConfluentRestProxy(chart, 'proxy', { connection, unencrypted: true }),
    pod: (manifests, secrets, folder) => {
      const workload = manifests.one('StatefulSet');
      const all = properties(workload, 'KAFKA_REST_');
      const settings = { 'bootstrap.servers': all['bootstrap.servers'], ...below('client.', all) };
      return made(workload, { manifests, secrets, folder }, 'KAFKAREST_OPTS', { client: writer(settings) });
    },
  },
  ksqlDb('ksqlDB', false),
  ksqlDb('ksqlDB with HTTPS', true),
  {
    name: 'Control Center',
    support: CONTROL_CENTER_SUPPORT,
    add: (chart, connection) => {
      const license = ControlCenterLicense.trial();
      new ControlCenter(chart, 'center', { connection, license, unencrypted: true });
    },
    pod: (manifests, secrets, folder) => {
      const workload = manifests.one('Deployment');
      const pod = podOf(workload, { manifests, secrets, folder });
      const file = pod.read('control-center', '/opt/control-center-config/control-center.properties') ?? '';
      const all = parseProperties(file);
      const streams = below('confluent.controlcenter.streams.', all);
      const settings = { 'bootstrap.servers': all['bootstrap.servers'], ...streams };
      const clients = { streams: writer(settings) };
      return { ...shell(pod, workload, 'CONTROL_CENTER_OPTS'), clients };
    },
  },
  {
    name: "Kafka Connect (Confluent's image)",
    support: CONFLUENT_KAFKA_CONNECT_SUPPORT,
    add: (chart, connection) => {
      withConnectors(new ConfluentKafkaConnect(chart, 'etl', { connection, unencrypted: true }));
    },
    pod: (manifests, secrets, folder) => {
      const workload = manifests.one('Deployment');
      const clients = connectClients(properties(workload, 'CONNECT_'), manifests);
      return made(workload, { manifests, secrets, folder }, 'KAFKA_OPTS', clients);
    },
  },
  {
    name: 'Kafka Connect (Strimzi)',
    support: STRIMZI_KAFKA_CONNECT_SUPPORT,
    plainSecrets: true,
    add: (chart, connection) => withConnectors(new StrimziKafkaConnect(chart, 'etl', { connection })),
    pod: (manifests, secrets, folder) => {
      const resource = manifests.one('KafkaConnect');
      const files = strimziWorker(resource, secrets, folder);
      return { ...ofStrimzi(resource, files), clients: connectClients(strimziSettings(files), manifests) };
    },
  },
  {
    name: 'Strimzi Kafka Bridge',
    support: KAFKA_BRIDGE_SUPPORT,
    plainSecrets: true,
    add: (chart, connection) => new KafkaBridge(chart, 'bridge', { connection, unencrypted: true }),
    pod: (manifests, secrets, folder) => {
      const resource = manifests.one('KafkaBridge');
      const files = strimziBridge(resource, secrets, folder);
      const all = strimziSettings(files);
      return { ...ofStrimzi(resource, files), clients: { client: writer(withProviders(below('kafka.', all), all)) } };
    },
  },
  {
    name: 'Apicurio Registry',
    support: APICURIO_REGISTRY_SUPPORT,
    add: (chart, connection) => {
      const storage = RegistryStorage.kafka(connection);
      new ApicurioRegistry(chart, 'registry', { storage, unencrypted: true });
    },
    pod: (manifests, secrets, folder) => {
      const workload = manifests.one('Deployment');
      const clients = { storage: writer(apicurioSettings(variables(workload))) };
      return made(workload, { manifests, secrets, folder }, 'JAVA_OPTS_APPEND', clients);
    },
  },
  javaDialect('Java', JAVA_CLIENT_SUPPORT, ClientDialect.javaProperties(), parseProperties),
  javaDialect(
    'Java without strimzi-kafka-oauth',
    JAVA_CLIENT_SUPPORT,
    ClientDialect.javaProperties(JavaClientClasses.KAFKA_ALONE),
    parseProperties,
  ),
  javaDialect('Spring Boot', SPRING_BOOT_SUPPORT, ClientDialect.springBoot(), (text) => {
    const { 'bootstrap-servers': servers, security, properties: others } = parse(text).spring.kafka as SpringSettings;
    const settings = { '[bootstrap.servers]': servers, '[security.protocol]': security.protocol, ...others };
    return unbracketed(settings);
  }),
  javaDialect('Quarkus', QUARKUS_SUPPORT, ClientDialect.quarkus(), (text) => {
    const settings = Object.entries(below('kafka.', parseProperties(text)));
    // SmallRye Config: a dollar sign that begins no expression has a backslash before it.
    return Object.fromEntries(settings.map(([name, value]) => [name, value.replaceAll('\\$', '$')]));
  }),
  javaDialect('Kafka UI', KAFKA_UI_SUPPORT, ClientDialect.kafkaUi(), (text) => {
    const [cluster] = parse(text).kafka.clusters as { bootstrapServers: string; properties: Settings }[];
    return unbracketed({ '[bootstrap.servers]': cluster.bootstrapServers, ...cluster.properties });
  }),
  dialect('librdkafka', LIBRDKAFKA_SUPPORT, ClientDialect.librdkafka(), (text, env) => ({
    kind: 'librdkafka',
    settings: JSON.parse(text) as LibrdkafkaClientSettings,
    env,
  })),
  dialect('kcat', KCAT_SUPPORT, ClientDialect.kcat(), (text, env) => {
    const lines = text.split('\n').filter((line) => line !== '');
    const settings = Object.fromEntries(
      lines.map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]),
    );
    return { kind: 'librdkafka', settings: { settings, secretFiles: {}, formEncoded: [] }, env };
  }),
  dialect('KafkaJS', KAFKAJS_SUPPORT, ClientDialect.kafkaJs(), (settings) => ({ kind: 'KafkaJS', settings })),
];

/** Where the manifests, the values of the Secrets and the volumes of a system are. */
interface Place {
  readonly manifests: ManifestSet;
  readonly secrets: ClusterSecrets;
  readonly folder: string;
}

interface SpringSettings {
  readonly 'bootstrap-servers': string;
  readonly security: { readonly protocol: string };
  readonly properties?: Settings;
}

/** ksqlDB 8.3, KsqlConfig: the streams, and the clients of the command topic, whose references the server replaces. */
function ksqlDb(name: string, https: boolean): ClientSystem {
  return {
    name,
    support: KSQLDB_SUPPORT,
    add: (chart, connection) => {
      const { namespace = '' } = chart;
      const listener = https
        ? { certificate: certificate(KsqlDbServer.dnsNames('ksqldb', namespace)) }
        : { unencrypted: true };
      new KsqlDbServer(chart, 'ksqldb', { connection, ...listener });
    },
    pod: (manifests, secrets, folder) => {
      const workload = manifests.one('Deployment');
      const pod = podOf(workload, { manifests, secrets, folder });
      const file = pod.read('ksqldb-server', '/opt/ksqldb-config/ksql-server.properties') ?? '';
      const all = parseProperties(file);
      const client = (prefix: string) =>
        withProviders({ 'bootstrap.servers': all['bootstrap.servers'], ...below(prefix, all) }, all);
      const clients = {
        streams: writer(withoutOwn(client('ksql.streams.'))),
        'command producer': writer(client('ksql.server.command.producer.')),
        'command consumer': reader(client('ksql.server.command.consumer.')),
      };
      return { ...shell(pod, workload, 'KSQL_OPTS'), clients };
    },
  };
}

/** Those settings of Kafka Streams that are not for the clients in it. */
function withoutOwn(settings: Settings): Settings {
  const own = ['replication.factor', 'state.dir'];
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !own.includes(name)));
}

/** A source and a sink that log in by themselves. */
function withConnectors(connect: KafkaConnect): void {
  const { connection } = connect;
  const topics = [new ExternalKafkaTopic(connection.listener, 'copied')];
  new SourceConnector(connect, 'reader', { connect, connection, connectorClass: 'org.example.Source', topics });
  new SinkConnector(connect, 'writer', { connect, connection, connectorClass: 'org.example.Sink', topics });
}

/** The clients of a worker and of its connectors; the worker replaces the references before it makes them. */
function connectClients(all: Settings, manifests: ManifestSet): Record<string, SystemClient> {
  const { 'bootstrap.servers': servers } = all;
  const client = (prefix: string) => withProviders({ 'bootstrap.servers': servers, ...below(prefix, all) }, all);
  const own = Object.entries(all).filter(([name]) => /^(security|ssl|sasl)\./.test(name));
  return {
    worker: reader(withProviders({ 'bootstrap.servers': servers, ...Object.fromEntries(own) }, all)),
    producer: writer(client('producer.')),
    consumer: reader(client('consumer.')),
    admin: reader(client('admin.')),
    'producer of the source': writer({ ...client('producer.'), ...overridden('reader', 'producer', manifests) }),
    'consumer of the sink': reader({ ...client('consumer.'), ...overridden('writer', 'consumer', manifests) }),
  };
}

/** Kafka Connect 4.3, ConnectorClientConfigRequest: what a connector has of its own for a client. */
function overridden(connector: string, client: string, manifests: ManifestSet): Settings {
  const found = connectorsOf(manifests.manifests).find(({ name }) => name === connector);
  const own = below(`${client}.override.`, found?.config ?? {});
  if (own['security.protocol'] === undefined) throw new Error(`the ${client} of ${connector} has nothing of its own`);
  return own;
}

function javaDialect(
  name: string,
  support: LoginSupport,
  given: ClientDialect,
  read: (text: string) => Settings,
): ClientSystem {
  return dialect(name, support, given, (text) => writer(read(text)));
}

/** A program with the ConfigMap of a dialect. */
function dialect(
  name: string,
  support: LoginSupport,
  given: ClientDialect,
  read: (text: string, env: Record<string, string>) => SystemClient,
): ClientSystem {
  const folder = join(SETTINGS_FOLDER, name.toLowerCase().replaceAll(' ', '-'));
  return {
    name,
    support,
    add: (chart, connection) => {
      const deployment = new Deployment(chart, 'program', {
        containers: [{ image: 'registry.example.com/program:1' }],
      });
      new ClientConfigMap(chart, 'settings', { connection, dialect: given, folder }).attachTo(deployment);
    },
    pod: (manifests, secrets, volumes) => {
      const workload = manifests.one('Deployment');
      const pod = podOf(workload, { manifests, secrets, folder: volumes });
      const text = pod.read('main', join(folder, given.fileName)) ?? '';
      const clients = { client: read(text, variables(workload)) };
      return { ...shell(pod, workload, 'JAVA_TOOL_OPTIONS'), clients };
    },
  };
}

function writer(settings: Settings): SystemClient {
  return { kind: 'Java', settings, writes: true };
}

function reader(settings: Settings): SystemClient {
  return { kind: 'Java', settings, writes: false };
}

function made(workload: Manifest, place: Place, options: string, clients: Record<string, SystemClient>): SystemPod {
  return { ...shell(podOf(workload, place), workload, options), clients };
}

/** What a pod has beside its clients; `options` is the variable that its start script puts before the class. */
function shell(pod: Pod, workload: Manifest, options: string): Omit<SystemPod, 'clients'> {
  const [{ name }] = workload.spec.template.spec.containers as { name: string }[];
  const words = (variables(workload)[options] ?? '').split(' ');
  return { mounts: pod.mounts(name), jvmOptions: words.filter((word) => word.startsWith('-D')) };
}

function podOf(workload: Manifest, { manifests, secrets, folder }: Place): Pod {
  const spec = workload.spec.template.spec as {
    volumes?: { name: string; configMap?: { name: string } }[];
    containers: { name: string; volumeMounts?: { name: string; mountPath: string }[] }[];
  };
  // Files of a ConfigMap come into a pod as those of a Secret do.
  const volumes = (spec.volumes ?? []).map(({ name, configMap, ...others }) => {
    if (!configMap) return { name, ...others };
    const secretName = `config-map.${configMap.name}`;
    secrets.put(secretName, manifests.one('ConfigMap', configMap.name).data as Record<string, string>);
    return { name, secret: { secretName } };
  });
  const containers = spec.containers.map(({ volumeMounts = [], ...container }) => ({
    ...container,
    volumeMounts: volumeMounts.filter(({ mountPath }) => !OF_IMAGE.test(mountPath)),
  }));
  const pod = new Pod({ ...spec, volumes, containers }, secrets, folder);
  pod.recreate();
  return pod;
}

function ofStrimzi({ spec }: Manifest, { mounts }: WorkerFiles): Omit<SystemPod, 'clients'> {
  const given = (spec.jvmOptions?.javaSystemProperties ?? []) as { name: string; value: string }[];
  return { mounts, jvmOptions: given.map(({ name, value }) => `-D${name}=${value}`) };
}

/** The properties, where variables of the container are already put in, as `strimzienv` does. */
function strimziSettings({ properties: text, env }: WorkerFiles): Settings {
  const settings = Object.entries(parseProperties(text));
  return Object.fromEntries(
    settings.map(([name, value]) => [
      name,
      value.replace(/\$\{strimzienv:(\w+)\}/g, (_, variable: string) => env[variable]),
    ]),
  );
}

/** What begins with a prefix, without it. */
function below(prefix: string, all: Settings): Settings {
  const found = Object.entries(all).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** A client reads itself what its program reads for it: with the config providers of the program. */
function withProviders(client: Settings, program: Settings): Settings {
  const providers = Object.entries(program).filter(([name]) => name.startsWith('config.providers'));
  return { ...client, ...Object.fromEntries(providers) };
}

/** Spring: names in brackets are taken as they are, and `\${` is no placeholder. */
function unbracketed(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name.slice(1, -1), value.replaceAll('\\${', '${')]),
  );
}
