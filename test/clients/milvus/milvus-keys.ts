/**
 * The settings of Milvus in the sections that this library writes to.
 *
 * @see Milvus 2.6.7, pkg/util/paramtable/service_param.go, component_param.go, grpc_param.go
 */
export const MILVUS_KEYS: ReadonlySet<string> = new Set(
  `
  common.security.authorizationEnabled common.security.defaultRootPassword common.security.tlsMode common.storageType
  etcd.auth.enabled etcd.auth.password etcd.auth.userName etcd.config.path etcd.data.dir etcd.endpoints etcd.rootPath
  etcd.ssl.enabled etcd.ssl.tlsCACert etcd.ssl.tlsCert etcd.ssl.tlsKey etcd.ssl.tlsMinVersion etcd.use.embed
  kafka.brokerList kafka.queuedmaxkbytes kafka.readTimeout kafka.saslMechanisms kafka.saslPassword kafka.saslUsername
  kafka.securityProtocol kafka.ssl.enabled kafka.ssl.tlsCaCert kafka.ssl.tlsCert kafka.ssl.tlsKey
  kafka.ssl.tlsKeyPassword localStorage.path minio.accessKeyID minio.address minio.bucketName minio.port
  minio.region minio.rootPath minio.secretAccessKey minio.ssl.tlsCACert minio.useSSL mq.type
  msgChannel.chanNamePrefix.cluster rootCoord.dmlChannelNum tls.caPemPath tls.serverKeyPath tls.serverPemPath
  `
    .trim()
    .split(/\s+/),
);

/**
 * What is passed through to librdkafka, as far as 1.9.1 knows it.
 *
 * @see librdkafka 1.9.1, CONFIGURATION.md
 */
export const PASSED_KEYS: ReadonlySet<string> = new Set([
  'sasl.mechanism',
  'sasl.oauthbearer.client.id',
  'sasl.oauthbearer.client.secret',
  'sasl.oauthbearer.extensions',
  'sasl.oauthbearer.method',
  'sasl.oauthbearer.scope',
  'sasl.oauthbearer.token.endpoint.url',
  'ssl.ca.location',
]);
