import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../synth';
import { ClusterSecrets } from './cluster-secrets';
import { Mount, Pod, PodSpec, podSpecOf } from './pod';

/** What a worker is started with. */
export interface WorkerFiles {
  /** The properties file, as whoever runs the worker writes it. */
  readonly properties: string;
  readonly mounts: readonly Mount[];
  readonly env: Record<string, string>;
}

/** A connector as it is posted. */
export interface PostedConnector {
  readonly name: string;
  readonly config: Record<string, string>;
}

/** Folders that the images themselves write to: the machine's own must not be covered. */
const OF_IMAGE = /^\/(etc|tmp)\b/;

/**
 * What Confluent's image makes of the variables of its container.
 *
 * @see confluentinc/kafka-images 8.3, kafka-connect-base/include/etc/confluent/docker/kafka-connect.properties.template
 */
export function confluentWorker(deployment: Manifest, secrets: ClusterSecrets, folder: string): WorkerFiles {
  const spec = podSpecOf(deployment);
  const [container] = spec.containers;
  const pod = new Pod(
    {
      ...spec,
      containers: [
        {
          ...container,
          env: container.env?.map((variable) =>
            variable.name === 'CONNECT_REST_ADVERTISED_HOST_NAME'
              ? { name: variable.name, value: '127.0.0.1' }
              : variable,
          ),
          volumeMounts: container.volumeMounts?.filter(({ mountPath }) => !OF_IMAGE.test(mountPath)),
        },
      ],
    },
    secrets,
    folder,
  );
  pod.prepare();
  const env = pod.env(container.name);
  const lines = Object.entries(env)
    .filter(([name]) => name.startsWith('CONNECT_') && name !== 'CONNECT_METRIC_REPORTERS')
    .map(([name, value]) => `${propertyOf(name.slice('CONNECT_'.length))}=${value}`);
  return { properties: lines.join('\n'), mounts: pod.mounts(container.name), env };
}

/** confluentinc/cp-docker-utils 1.0.9, cmd/ub: three underscores are a dash, two an underscore, one a dot. */
function propertyOf(variable: string): string {
  return variable.toLowerCase().replace(/_+/g, (run) => ({ _: '.', __: '_', ___: '-' })[run] ?? run);
}

/** What Strimzi 1.2.0 makes of a KafkaConnect resource, after KafkaConnectConfigurationBuilder.java. */
export function strimziWorker(connect: Manifest, secrets: ClusterSecrets, folder: string): WorkerFiles {
  const { spec } = connect;
  const { mounts, env, shared, providers } = strimziClient(connect, 'connectContainer', secrets, folder);
  const config = Object.entries(spec.config as Record<string, unknown>).map(([name, value]) => [name, String(value)]);
  const { 'config.providers': own, ...given } = Object.fromEntries(config) as Record<string, string>;
  const settings: Record<string, string> = {
    'bootstrap.servers': spec.bootstrapServers,
    ...Object.fromEntries(
      ['', 'producer.', 'consumer.', 'admin.'].flatMap((client) =>
        Object.entries(shared).map(([name, value]) => [`${client}${name}`, value]),
      ),
    ),
    ...providers,
    'config.providers': [...(own === undefined ? [] : [own]), providers['config.providers']].join(','),
    'group.id': spec.groupId,
    'config.storage.topic': spec.configStorageTopic,
    'offset.storage.topic': spec.offsetStorageTopic,
    'status.storage.topic': spec.statusStorageTopic,
    'rest.advertised.host.name': '127.0.0.1',
    'rest.advertised.port': '8083',
    listeners: 'http://127.0.0.1:8083',
    ...given,
  };
  const properties = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return { properties: properties.join('\n'), mounts, env };
}

/** What Strimzi 1.2.0 makes of a KafkaBridge resource for its clients, after KafkaBridgeConfigurationBuilder.java. */
export function strimziBridge(bridge: Manifest, secrets: ClusterSecrets, folder: string): WorkerFiles {
  const { mounts, env, shared, providers } = strimziClient(bridge, 'bridgeContainer', secrets, folder);
  const settings = { 'bootstrap.servers': bridge.spec.bootstrapServers as string, ...shared };
  const properties = [
    ...Object.entries(providers).map(([name, value]) => `${name}=${value}`),
    ...Object.entries(settings).map(([name, value]) => `kafka.${name}=${value}`),
  ];
  return { properties: properties.join('\n'), mounts, env };
}

/** What Strimzi makes of the parts that its clients of Kafka have in common. */
interface StrimziClient extends Omit<WorkerFiles, 'properties'> {
  /** The settings of a client's security, as they are written to a file of properties. */
  readonly shared: Record<string, string>;
  readonly providers: Record<string, string>;
}

/** Behind the config provider `strimzisecrets` are files instead of the Kubernetes API. */
function strimziClient(
  { spec }: Manifest,
  container: 'connectContainer' | 'bridgeContainer',
  secrets: ClusterSecrets,
  folder: string,
): StrimziClient {
  const { pod: podTemplate = {}, [container]: template = {} } = spec.template;
  const podSpec: PodSpec = {
    volumes: podTemplate.volumes ?? [],
    containers: [{ name: container, env: template.env ?? [], volumeMounts: template.volumeMounts ?? [] }],
  };
  const pod = new Pod(podSpec, secrets, join(folder, 'volumes'));
  pod.prepare();
  // A folder of Strimzi's image, in the root that the run has for itself: one of its config providers asks for it.
  mkdirSync('/opt/kafka', { recursive: true });
  const secretsFolder = join(folder, 'secrets');
  const secret = (name: string, key: string, value: string) => {
    mkdirSync(join(secretsFolder, name), { recursive: true });
    writeFileSync(join(secretsFolder, name, key), value, { mode: 0o600 });
    return `\${strimzisecrets:${join(secretsFolder, name)}:${key}}`;
  };
  return {
    mounts: pod.mounts(container),
    env: pod.env(container),
    shared: { ...trustOf(spec, secret, secrets), ...loginOf(spec, secret, secrets) },
    providers: {
      'config.providers': 'strimzienv,strimzifile,strimzidir,strimzisecrets',
      'config.providers.strimzienv.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
      'config.providers.strimzifile.class': 'org.apache.kafka.common.config.provider.FileConfigProvider',
      'config.providers.strimzidir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'config.providers.strimzidir.param.allowed.paths': '/opt/kafka',
      'config.providers.strimzisecrets.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
    },
  };
}

type Reference = (name: string, key: string, value: string) => string;

/** The certificates that Strimzi collects in a Secret of its own. */
function trustOf(spec: Manifest['spec'], secret: Reference, secrets: ClusterSecrets): Record<string, string> {
  const trusted = (spec.tls?.trustedCertificates ?? []) as { secretName: string; certificate?: string }[];
  if (trusted.length === 0) return {};
  const texts = trusted.map(({ secretName, certificate }) =>
    certificate === undefined ? secrets.certificatesIn(secretName) : secrets.text(secretName, certificate),
  );
  return {
    'ssl.truststore.certificates': secret('connect-tls-trusted-certs', 'ca.crt', texts.join('\n')),
    'ssl.truststore.type': 'PEM',
  };
}

function loginOf(spec: Manifest['spec'], secret: Reference, secrets: ClusterSecrets): Record<string, string> {
  const { authentication, tls } = spec;
  const protocol = (sasl: boolean) => `${sasl ? 'SASL_' : ''}${tls ? 'SSL' : 'PLAINTEXT'}`;
  const valueOf = (name: string, key: string) => secret(name, key, secrets.text(name, key));
  switch (authentication?.type) {
    case undefined:
      return { 'security.protocol': protocol(false) };
    case 'tls': {
      const { secretName, certificate, key } = authentication.certificateAndKey;
      return {
        'security.protocol': protocol(false),
        'ssl.keystore.certificate.chain': valueOf(secretName, certificate),
        'ssl.keystore.key': valueOf(secretName, key),
        'ssl.keystore.type': 'PEM',
      };
    }
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512': {
      const { type, username, passwordSecret } = authentication;
      const password = valueOf(passwordSecret.secretName, passwordSecret.password);
      const module = type === 'plain' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
      return {
        'security.protocol': protocol(true),
        'sasl.mechanism': type.toUpperCase(),
        'sasl.jaas.config': `org.apache.kafka.common.security.${module} required username="${username}" password="${password}";`,
      };
    }
    case 'custom':
      return { 'security.protocol': protocol(authentication.sasl), ...authentication.config };
    default:
      throw new Error(`authentication ${authentication.type} is not emulated`);
  }
}

/** The connectors that the operator posts, or a person does from the ConfigMaps. */
export function connectorsOf(manifests: readonly Manifest[]): PostedConnector[] {
  const resources = manifests
    .filter(({ kind }) => kind === 'KafkaConnector')
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      config: {
        'connector.class': spec.class as string,
        'tasks.max': String(spec.tasksMax),
        ...texts(spec.config as Record<string, unknown>),
      },
    }));
  const posted = manifests
    .filter(({ kind, data }) => kind === 'ConfigMap' && data['connector.json'] !== undefined)
    .map(({ data }) => JSON.parse(data['connector.json'] as string) as PostedConnector);
  return [...resources, ...posted];
}

function texts(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));
}
