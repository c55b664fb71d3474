/** Who has a setting: whoever reads, whoever writes, or both. */
type Side = 'both' | 'reader' | 'writer';

/**
 * The settings of librdkafka that tune a client. Not among them are those that make the connection, which are derived,
 * those for which a program is called back, and those that load code.
 *
 * @see librdkafka 2.16.0, CONFIGURATION.md
 */
const TUNING: Readonly<Record<Side, string>> = {
  both: `
    allow.auto.create.topics api.version.request api.version.request.timeout.ms broker.address.family broker.address.ttl
    client.dns.lookup client.id client.rack connections.max.idle.ms debug log.connection.close log_level
    max.in.flight max.in.flight.requests.per.connection message.copy.max.bytes message.max.bytes metadata.max.age.ms
    metadata.recovery.rebootstrap.trigger.ms metadata.recovery.strategy receive.message.max.bytes
    reconnect.backoff.max.ms reconnect.backoff.ms retry.backoff.max.ms retry.backoff.ms
    socket.connection.setup.timeout.ms socket.keepalive.enable socket.max.fails socket.nagle.disable
    socket.receive.buffer.bytes socket.send.buffer.bytes socket.timeout.ms statistics.interval.ms
    topic.metadata.propagation.max.ms topic.metadata.refresh.fast.interval.ms topic.metadata.refresh.interval.ms
    topic.metadata.refresh.sparse
    ssl.cipher.suites ssl.crl.location ssl.curves.list ssl.sigalgs.list
    sasl.kerberos.kinit.cmd sasl.kerberos.min.time.before.relogin
  `,
  reader: `
    auto.offset.reset check.crcs fetch.error.backoff.ms fetch.max.bytes fetch.message.max.bytes fetch.min.bytes
    fetch.queue.backoff.ms fetch.wait.max.ms isolation.level max.partition.fetch.bytes queued.max.messages.kbytes
    queued.min.messages
  `,
  writer: `
    acks batch.num.messages batch.size compression.codec compression.level compression.type delivery.timeout.ms
    enable.idempotence linger.ms message.send.max.retries message.timeout.ms partitioner
    queue.buffering.max.kbytes queue.buffering.max.messages queue.buffering.max.ms request.required.acks
    request.timeout.ms retries sticky.partitioning.linger.ms
  `,
};

/**
 * The engine's own settings, which librdkafka does not know.
 *
 * @see SingleStore 9.0, "Load Data from Kafka" (Kafka version, OAUTHBEARER, Kerberos) and "CREATE PIPELINE"
 */
const OWN = `
  kafka_version operation.timeout.ms sasl.kerberos.ccache sasl.kerberos.disable.kinit sasl.oauthbearer.config
  sasl.oauthbearer.cookie.cache sasl.tmpdir spoof.dns
`;

/** The settings that a statement that reads from Kafka may add to those of the connection. */
export const READER_CONFIGS = names(TUNING.both, TUNING.reader, OWN);

/** The settings that a statement that writes to Kafka may add to those of the connection. */
export const WRITER_CONFIGS = names(TUNING.both, TUNING.writer, OWN);

function names(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.trim().split(/\s+/)));
}
