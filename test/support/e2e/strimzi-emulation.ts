import { Manifest } from '../synth';
import { PodSpec } from './pod';

/** Where a broker of the suite finds what differs from a pod. */
export interface BrokerPlace {
  /** The pod's name, such as `my-cluster-dual-role-0`. */
  readonly node: string;
  /** The folder that holds the Secrets which the broker may read, one folder each. */
  readonly secrets: string;
  readonly data: string;
  /** The address to listen on. */
  readonly address: string;
}

/**
 * The configuration of a broker, after the documentation of Strimzi 1.2.0 for a Kafka resource.
 *
 * Different from a pod are the bind address, the data folder and what stands behind the config provider
 * `strimzisecrets`: the same files in folders instead of the Kubernetes API. What Strimzi writes is written: values of
 * `listenerConfig` without any escaping, those of `spec.kafka.config` as a properties file wants them.
 */
export function serverProperties(kafka: Manifest, place: BrokerPlace): string {
  const { name: cluster, namespace } = kafka.metadata;
  const { node } = place;
  const host = `${node}.${cluster}-kafka-brokers.${namespace}.svc`;
  const secret = (name: string, key: string) => `\${strimzisecrets:${place.secrets}/${name}:${key}}`;
  const own = { certificate: `${node}.crt`, key: `${node}.key` };
  const internal = ['CONTROLPLANE-9090', 'REPLICATION-9091'].map((id) => ({
    id,
    protocol: 'SSL',
    settings: {
      ...keyStoreSettings(secret, node, own),
      'ssl.client.auth': 'required',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': secret(`${cluster}-trustbundle`, 'cluster-ca.crt'),
    },
  }));
  const listeners = [
    ...internal,
    ...(kafka.spec.kafka.listeners as Manifest['spec'][]).map((listener) =>
      configured(listener, cluster, node, secret),
    ),
  ];
  const port = (id: string) => id.slice(id.lastIndexOf('-') + 1);
  const lines: Record<string, string> = {
    'node.id': node.slice(node.lastIndexOf('-') + 1),
    'process.roles': 'broker,controller',
    'controller.listener.names': 'CONTROLPLANE-9090',
    'controller.quorum.voters': `${node.slice(node.lastIndexOf('-') + 1)}@${host}:9090`,
    'inter.broker.listener.name': 'REPLICATION-9091',
    listeners: listeners.map(({ id }) => `${id}://${place.address}:${port(id)}`).join(','),
    'advertised.listeners': listeners.map(({ id }) => `${id}://${host}:${port(id)}`).join(','),
    'listener.security.protocol.map': listeners.map(({ id, protocol }) => `${id}:${protocol}`).join(','),
    'sasl.enabled.mechanisms': '',
    'ssl.endpoint.identification.algorithm': 'HTTPS',
    'config.providers': 'strimzienv,strimzisecrets',
    'config.providers.strimzienv.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
    'config.providers.strimzisecrets.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
    'log.dirs': place.data,
    ...authorizerSettings(kafka),
  };
  for (const { id, settings } of listeners) {
    for (const [key, value] of Object.entries(settings))
      lines[`listener.name.${id.toLowerCase()}.${key}`] = String(value);
  }
  const config = Object.entries((kafka.spec.kafka.config ?? {}) as Record<string, unknown>).filter(
    ([key]) => !isForbidden(key),
  );
  return [
    ...Object.entries(lines).map(([key, value]) => `${key}=${value}`),
    ...config.map(([key, value]) => `${key}=${escaped(String(value))}`),
    ...SMALL,
    '',
  ].join('\n');
}

/** One node of few partitions on a busy machine: what would only cost time. */
const SMALL = [
  'offsets.topic.num.partitions=1',
  'transaction.state.log.num.partitions=1',
  'group.initial.rebalance.delay.ms=0',
];

/** The Secrets that the Role which Strimzi 1.2.0 makes lets a broker read. */
export function readableSecrets(kafka: Manifest, node: string): string[] {
  const cluster = kafka.metadata.name;
  return [`${cluster}-cluster-ca-cert`, `${cluster}-clients-ca-cert`, `${cluster}-trustbundle`, node];
}

/** What `spec.kafka.template` adds to the pod of a broker. */
export function brokerPod(kafka: Manifest): PodSpec {
  const { pod, kafkaContainer } = kafka.spec.kafka.template ?? {};
  for (const { mountPath } of kafkaContainer?.volumeMounts ?? []) {
    if (!mountPath.startsWith('/mnt')) throw new Error(`Strimzi takes mounts under /mnt only, not ${mountPath}`);
  }
  return {
    volumes: pod?.volumes,
    containers: [{ name: 'kafka', env: kafkaContainer?.env, volumeMounts: kafkaContainer?.volumeMounts }],
  };
}

/** The system properties of the broker's JVM. */
export function systemProperties(kafka: Manifest): string[] {
  const properties: { name: string; value: string }[] = kafka.spec.kafka.jvmOptions?.javaSystemProperties ?? [];
  return properties.map(({ name, value }) => `-D${name}=${value}`);
}

/** The principal that the User Operator of Strimzi 1.2.0 writes rights for. */
export function principalOf(user: Manifest): string {
  const type: string | undefined = user.spec.authentication?.type;
  return `User:${type === 'tls' || type === 'tls-external' ? 'CN=' : ''}${user.metadata.name}`;
}

/** One right of a user, as Kafka knows it. */
export interface Acl {
  readonly principal: string;
  readonly type: string;
  readonly name: string;
  readonly pattern: string;
  readonly operation: string;
  readonly permission: string;
  readonly host: string;
}

/** The rights that the User Operator of Strimzi 1.2.0 writes for a user: one for each operation. */
export function aclsOf(user: Manifest): Acl[] {
  const rules: Manifest['spec'][] = user.spec.authorization?.acls ?? [];
  return rules.flatMap(({ resource, operations, type = 'allow', host = '*' }) =>
    (operations as string[]).map((operation) => ({
      principal: principalOf(user),
      type:
        { topic: 'TOPIC', group: 'GROUP', cluster: 'CLUSTER', transactionalId: 'TRANSACTIONAL_ID' }[
          resource.type as string
        ] ?? '',
      name: resource.type === 'cluster' ? 'kafka-cluster' : resource.name,
      pattern: resource.patternType === 'prefix' ? 'PREFIXED' : 'LITERAL',
      // `DescribeConfigs` is `DESCRIBE_CONFIGS`.
      operation: operation.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase(),
      permission: type.toUpperCase(),
      host,
    })),
  );
}

type Secrets = (name: string, key: string) => string;

interface ConfiguredListener {
  readonly id: string;
  readonly protocol: string;
  readonly settings: Record<string, unknown>;
}

function configured(listener: Manifest['spec'], cluster: string, node: string, secret: Secrets): ConfiguredListener {
  const { name, port, tls, authentication, type } = listener;
  if (type !== 'internal') throw new Error(`listener ${name}: only internal listeners are emulated`);
  if (authentication?.type === 'tls' && !tls) throw new Error(`listener ${name}: Strimzi refuses type tls without TLS`);
  const own = listener.configuration?.brokerCertChainAndKey
    ? { certificate: `${name}-${port}.crt`, key: `${name}-${port}.key` }
    : { certificate: `${node}.crt`, key: `${node}.key` };
  const sasl =
    authentication?.type === 'scram-sha-512' || (authentication?.type === 'custom' && authentication.sasl === true);
  return {
    id: `${name.toUpperCase()}-${port}`,
    protocol: (sasl ? 'SASL_' : '') + (tls ? 'SSL' : 'PLAINTEXT'),
    settings: {
      ...(tls ? keyStoreSettings(secret, node, own) : {}),
      ...authenticationSettings(authentication, cluster, secret),
    },
  };
}

function authenticationSettings(
  authentication: Manifest['spec'],
  cluster: string,
  secret: Secrets,
): Record<string, unknown> {
  switch (authentication?.type) {
    case undefined:
      return {};
    case 'tls':
      return {
        'ssl.client.auth': 'required',
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.certificates': secret(`${cluster}-trustbundle`, 'clients-ca.crt'),
      };
    case 'scram-sha-512':
      return {
        'scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required ;',
        'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      };
    case 'custom': {
      const entries = Object.entries((authentication.listenerConfig ?? {}) as Record<string, unknown>);
      const wrong = entries.find(([, value]) => !['string', 'number', 'boolean'].includes(typeof value));
      if (wrong) throw new Error(`Strimzi takes no ${typeof wrong[1]} for ${wrong[0]} in listenerConfig`);
      return Object.fromEntries(entries.filter(([key]) => !key.startsWith('ssl.keystore.')));
    }
    default:
      throw new Error(`Strimzi 1.2.0 knows no listener authentication ${authentication.type}`);
  }
}

function keyStoreSettings(
  secret: Secrets,
  node: string,
  { certificate, key }: { certificate: string; key: string },
): Record<string, string> {
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': secret(node, certificate),
    'ssl.keystore.key': secret(node, key),
  };
}

function authorizerSettings(kafka: Manifest): Record<string, string> {
  const { authorization } = kafka.spec.kafka;
  if (!authorization) return {};
  const cluster = kafka.metadata.name;
  const roles = ['kafka', 'entity-topic-operator', 'entity-user-operator', 'kafka-exporter', 'cruise-control'];
  const superUsers = [
    ...roles.map((role) => `CN=${cluster}-${role},O=io.strimzi`),
    'CN=cluster-operator,O=io.strimzi',
    ...((authorization.superUsers ?? []) as string[]),
  ];
  return {
    'authorizer.class.name':
      authorization.type === 'simple'
        ? 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'
        : String(authorization.authorizerClass),
    'super.users': superUsers.map((user) => `User:${user}`).join(';'),
  };
}

/** Strimzi 1.2.0: settings of `spec.kafka.config` that the operator leaves out, and exceptions from them. */
const FORBIDDEN =
  /^(listeners|advertised\.|broker\.|listener\.|host\.name|port$|inter\.broker\.listener\.name|sasl\.|ssl\.|security\.|password\.|log\.dir|zookeeper\.|authorizer\.|super\.user|node\.id|process\.roles|controller\.|metadata\.log\.dir)/;
const ALLOWED =
  /^(ssl\.(cipher\.suites|protocol|enabled\.protocols|secure\.random\.implementation)|sasl\.server\.max\.receive\.size|broker\.(session\.timeout|heartbeat\.interval)\.ms|listener\.name\.[^.]+\.(connections\.max\.reauth\.ms|max\.connections|max\.connection\.creation\.rate))$/;

function isForbidden(key: string): boolean {
  return FORBIDDEN.test(key) && !ALLOWED.test(key);
}

/** A value as `java.util.Properties` reads it. */
function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/\r?\n/g, '\\n').replace(/^ /, '\\ ');
}
