/**
 * Settings of `spec.kafka.config` that Strimzi manages itself: it ignores them with no more than a line in its log.
 *
 * @see Strimzi 1.2.0, api/.../kafka/KafkaClusterSpec.java (FORBIDDEN_PREFIXES, FORBIDDEN_PREFIX_EXCEPTIONS)
 */
const FORBIDDEN_PREFIXES = [
  'listeners',
  'advertised.',
  'broker.',
  'listener.',
  'host.name',
  'port',
  'inter.broker.listener.name',
  'sasl.',
  'ssl.',
  'security.',
  'password.',
  'log.dir',
  'zookeeper.',
  'authorizer.',
  'super.user',
  'cruise.control.metrics.topic',
  'cruise.control.metrics.reporter.bootstrap.servers',
  'node.id',
  'process.roles',
  'controller.',
  'metadata.log.dir',
  'client.quota.callback.static.kafka.admin.',
  'client.quota.callback.static.produce',
  'client.quota.callback.static.fetch',
  'client.quota.callback.static.storage.per.volume.limit.min.available.',
  'client.quota.callback.static.excluded.principal.name.list',
  'prometheus.metrics.reporter.',
  'cordoned.log.dirs',
];

const EXCEPTIONS = new Set([
  'ssl.cipher.suites',
  'ssl.protocol',
  'ssl.enabled.protocols',
  'ssl.secure.random.implementation',
  'sasl.server.max.receive.size',
  'broker.session.timeout.ms',
  'broker.heartbeat.interval.ms',
  'controller.socket.timeout.ms',
  'controller.quorum.election.backoff.max.ms',
  'controller.quorum.election.timeout.ms',
  'controller.quorum.fetch.timeout.ms',
  'cruise.control.metrics.topic.num.partitions',
  'cruise.control.metrics.topic.replication.factor',
  'cruise.control.metrics.topic.retention.ms',
  'cruise.control.metrics.topic.auto.create.retries',
  'cruise.control.metrics.topic.auto.create.timeout.ms',
  'cruise.control.metrics.topic.min.insync.replicas',
]);

const LISTENER_EXCEPTION =
  /^listener\.name\.[a-z0-9]+-[0-9]+\.(connections\.max\.reauth\.ms|max\.connections|max\.connection\.creation\.rate)$/;

/** Whether Strimzi ignores the setting, because it manages it itself. */
export function isForbiddenSetting(setting: string): boolean {
  if (EXCEPTIONS.has(setting) || LISTENER_EXCEPTION.test(setting)) return false;
  return FORBIDDEN_PREFIXES.some((prefix) => setting.toLowerCase().startsWith(prefix));
}

/**
 * Names of config providers that Strimzi declares itself.
 *
 * @see Strimzi 1.2.0, cluster-operator/.../model/KafkaBrokerConfigurationBuilder.java
 */
export const RESERVED_CONFIG_PROVIDERS = ['strimzienv', 'strimzisecrets', 'strimzifile', 'strimzidir'];

/** Settings whose value may not be greater than the number of brokers; Strimzi refuses the cluster otherwise. */
export const REPLICATION_SETTINGS = [
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'transaction.state.log.min.isr',
];

/**
 * The replication that suits a number of brokers: three copies, of which two must be in step, as far as there are
 * brokers. Where `config` asks for another number of copies, one fewer must be in step.
 */
export function replicationDefaults(brokers: number, config: Record<string, unknown> = {}): Record<string, number> {
  const copies = Math.min(3, Math.max(1, brokers));
  const inStep = (setting: string) => Math.min(2, Math.max(1, Number(config[setting] ?? copies) - 1 || 1));
  return {
    'default.replication.factor': copies,
    'min.insync.replicas': inStep('default.replication.factor'),
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.min.isr': inStep('transaction.state.log.replication.factor'),
    'transaction.state.log.replication.factor': copies,
  };
}
