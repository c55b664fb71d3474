import { KAFKA_CLIENT_CONFIGS } from '../flink/kafka-client-configs';

/**
 * The names of the settings of Kafka's clients that are newer than those Flink's connector knows.
 *
 * @see Apache Kafka 4.3.1, configNames() of ConsumerConfig, ProducerConfig and AdminClientConfig
 */
const NEWER_CLIENT_CONFIGS = `
  config.providers metadata.recovery.rebootstrap.trigger.ms sasl.oauthbearer.assertion.algorithm
  sasl.oauthbearer.assertion.claim.aud sasl.oauthbearer.assertion.claim.exp.seconds
  sasl.oauthbearer.assertion.claim.iss sasl.oauthbearer.assertion.claim.jti.include
  sasl.oauthbearer.assertion.claim.nbf.seconds sasl.oauthbearer.assertion.claim.sub
  sasl.oauthbearer.assertion.file sasl.oauthbearer.assertion.private.key.file
  sasl.oauthbearer.assertion.private.key.passphrase sasl.oauthbearer.assertion.template.file
  sasl.oauthbearer.client.credentials.client.id sasl.oauthbearer.client.credentials.client.secret
  sasl.oauthbearer.jwt.retriever.class sasl.oauthbearer.jwt.validator.class sasl.oauthbearer.scope
  share.acknowledgement.mode share.acquire.mode transaction.two.phase.commit.enable
`;

/**
 * The names of the settings of a worker beside those of its clients.
 *
 * @see Apache Kafka 4.3.1, connect/.../distributed/DistributedConfig.java
 */
const WORKER_CONFIGS = `
  access.control.allow.methods access.control.allow.origin admin.listeners bootstrap.servers client.dns.lookup client.id
  config.providers config.storage.replication.factor config.storage.topic connect.protocol connections.max.idle.ms
  connector.client.config.override.policy exactly.once.source.support group.id header.converter
  header.converter.plugin.version heartbeat.interval.ms inter.worker.key.generation.algorithm inter.worker.key.size
  inter.worker.key.ttl.ms inter.worker.signature.algorithm inter.worker.verification.algorithms key.converter
  key.converter.plugin.version listeners metadata.max.age.ms metadata.recovery.rebootstrap.trigger.ms
  metadata.recovery.strategy metric.reporters metrics.num.samples metrics.recording.level metrics.sample.window.ms
  offset.flush.interval.ms offset.flush.timeout.ms offset.storage.partitions offset.storage.replication.factor
  offset.storage.topic plugin.discovery plugin.path rebalance.timeout.ms receive.buffer.bytes
  reconnect.backoff.max.ms reconnect.backoff.ms request.timeout.ms response.http.headers.config
  rest.advertised.host.name rest.advertised.listener rest.advertised.port rest.extension.classes
  retry.backoff.max.ms retry.backoff.ms scheduled.rebalance.max.delay.ms security.protocol send.buffer.bytes
  session.timeout.ms socket.connection.setup.timeout.max.ms socket.connection.setup.timeout.ms
  status.storage.partitions status.storage.replication.factor status.storage.topic
  task.shutdown.graceful.timeout.ms topic.creation.enable topic.tracking.allow.reset topic.tracking.enable
  value.converter value.converter.plugin.version worker.sync.timeout.ms worker.unsync.backoff.ms
`;

/**
 * The names of the settings that every connector has, source or sink.
 *
 * @see Apache Kafka 4.3.1, connect/.../runtime/SourceConnectorConfig.java and SinkConnectorConfig.java
 */
export const CONNECTOR_CONFIGS = names(`
  config.action.reload connector.class connector.plugin.version errors.deadletterqueue.context.headers.enable
  errors.deadletterqueue.topic.name errors.deadletterqueue.topic.replication.factor errors.log.enable
  errors.log.include.messages errors.retry.delay.max.ms errors.retry.timeout errors.tolerance exactly.once.support
  header.converter header.converter.plugin.version key.converter key.converter.plugin.version name
  offsets.storage.topic predicates tasks.max tasks.max.enforce topic.creation.groups topics topics.regex
  transaction.boundary transaction.boundary.interval.ms transforms value.converter value.converter.plugin.version
`);

const CLIENTS = new Set([...KAFKA_CLIENT_CONFIGS, ...names(NEWER_CLIENT_CONFIGS)]);
const WORKERS = names(WORKER_CONFIGS);

/** Whether a client of a connector or worker knows the setting. */
export function isClientConfig(setting: string): boolean {
  return CLIENTS.has(setting) || setting.startsWith('config.providers.');
}

/** Whether a worker knows the setting, itself or for one of its clients. */
export function isWorkerConfig(setting: string): boolean {
  if (WORKERS.has(setting)) return true;
  if (/^(sasl|ssl)\./.test(setting)) return CLIENTS.has(setting) || setting === 'ssl.client.auth';
  const ofClient = /^(?:producer|consumer|admin)\.(.+)$/.exec(setting);
  if (ofClient) return isClientConfig(ofClient[1]);
  const ofListener = /^(?:admin\.)?listeners\.https?\.(.+)$/.exec(setting);
  if (ofListener) return CLIENTS.has(ofListener[1]) || ofListener[1] === 'ssl.client.auth';
  return /^((key|value|header)\.converter|config\.providers)\../.test(setting);
}

function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
