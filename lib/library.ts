// Has every app checked as a whole.
import './checks/tree-checks';

export * from './access/acl';
export { ClientCredentials, KerberosCredentialsProps, OAuthCredentialsProps } from './access/client-credentials';
export * from './access/named-resources';
export * from './access/principal';
export { SaslMechanism, SecurityProtocol } from './access/protocol';
export * from './identity/oauth';
export { ResourceProps } from './kubernetes/resources';
export * from './pki/certificate';
export * from './pki/trusted-certificates';
export * from './secrets/secret-key';
export {
  CustomAuthorizationProps,
  KafkaAuthorization,
  KeycloakAuthorizationProps,
  SimpleAuthorizationProps,
} from './strimzi/authorization';
export { BrokerMount, BrokerMountOptions } from './strimzi/broker-mount';
export { EntityOperatorProps } from './strimzi/entity-operator';
export * from './strimzi/kafka-cluster';
export * from './strimzi/kafka-listener';
export * from './strimzi/kafka-node-pool';
export * from './strimzi/kafka-topic';
export { KafkaEndpoint } from './access/kafka-endpoint';
export { IKafkaTopic, ITopicGrants, KafkaTopics } from './access/kafka-topic';
export * from './access/kafka-user';
export { KafkaUser, KafkaUserProps, KafkaUserQuotas } from './strimzi/kafka-user';
export * from './strimzi/kafka-version';
export { CustomListenerProps, ListenerAuthentication, OAuthListenerProps } from './strimzi/listener-authentication';
export {
  GatewayReference,
  IngressListenerProps,
  InternalListenerProps,
  ListenerType,
  LoadBalancerListenerProps,
  NodePortListenerProps,
  RouteListenerProps,
  TlsRouteListenerProps,
} from './strimzi/listener-type';
export { NetworkPeer, PodPeerProps } from './kubernetes/network-peer';
export * from './strimzi/storage';
export { ClientsCa, ClusterCa, StrimziCaProps } from './strimzi/strimzi-ca';
export { ScramUserProps, TlsUserProps, UserAuthentication } from './strimzi/user-authentication';
export * from './connection/java-settings';
export * from './connection/kafka-connection';
export * from './connection/schema-registry';
export * from './pki/cert-manager-certificate';
export {
  CertManagerCertificateAuthority,
  CertManagerCertificateAuthorityProps,
} from './pki/cert-manager-certificate-authority';
export * from './pki/cert-manager-issuer';
export * from './pki/certificate-key';
export { CertificateRequestProps, CertificateUsage } from './pki/certificate-request';
export { DevelopmentCertificate, DevelopmentCertificateProps } from './pki/development-certificate';
export * from './pki/development-certificate-authority';
export { DevelopmentPasswordOptions, DevelopmentSecrets, DevelopmentSecretsProps } from './secrets/development-secrets';
export * from './secrets/external-secret';
export { ApicurioRegistry, ApicurioRegistryProps } from './clients/apicurio-registry';
export { RegistryStorage } from './clients/apicurio-registry-storage';
export { DataGenerator, DataGeneratorProps } from './clients/data-generator';
export { DataSet } from './clients/data-generator-data-set';
export { DataGeneratorImage } from './clients/data-generator-image';
export { Keycloak, KeycloakProps } from './identity/keycloak';
export { KeycloakClient, KeycloakClientProps } from './identity/keycloak-client';
export * from './identity/keycloak-database';
export * from './identity/keycloak-realm';
export * from './identity/postgres-database';
export { Environments, EnvironmentsProps } from './synthesis/environments';
export { DeliveryGuarantee, ExactlyOnceProps } from './clients/flink/delivery-guarantee';
export { FlinkColumn, FlinkWatermark } from './clients/flink/flink-column';
export { FlinkJarJob, FlinkJarJobProps, FlinkSinkProps, FlinkSourceProps } from './clients/flink/flink-jar-job';
export {
  FlinkCheckpointing,
  FlinkJobProps,
  FlinkProcessResources,
  FlinkUpgrade,
} from './clients/flink/flink-job-settings';
export { FlinkInsertProps, FlinkSqlJob, FlinkSqlJobProps, FlinkTable } from './clients/flink/flink-sql-job';
export { FlinkSqlRunner, FlinkSqlRunnerProps } from './clients/flink/flink-sql-runner';
export { FlinkType } from './clients/flink/flink-type';
export { FlinkVersion } from './clients/flink/flink-version';
export { KafkaTable, KafkaTableCommonProps, KafkaTableProps, UpsertKafkaTableProps } from './clients/flink/kafka-table';
export { ScanStartup } from './clients/flink/scan-startup';
export { TableFormat } from './clients/flink/table-format';
export * from './connection/kafkajs-settings';
export * from './connection/librdkafka-settings';
export * from './external/external-kafka';
export { ExternalKafkaAuthentication } from './external/external-kafka-authentication';
export * from './external/external-kafka-user';
export { MilvusCluster, MilvusClusterProps } from './clients/milvus/milvus-cluster';
export { MilvusHelmValues, MilvusHelmValuesProps } from './clients/milvus/milvus-helm-values';
export { MilvusImage, MilvusImageOptions } from './clients/milvus/milvus-image';
export { MilvusKafkaProps } from './clients/milvus/milvus-kafka';
export { MilvusStandalone, MilvusStandaloneProps } from './clients/milvus/milvus-standalone';
export {
  MilvusEtcdProps,
  MilvusExternalStorageProps,
  MilvusObjectStoreProps,
  MilvusStorage,
  MilvusVolumeProps,
} from './clients/milvus/milvus-storage';
export { PipelineFormat } from './clients/singlestore/pipeline-format';
export { PipelineTarget } from './clients/singlestore/pipeline-target';
export { SingleStoreCloud, SingleStoreCloudProps } from './clients/singlestore/singlestore-cloud';
export { SingleStoreCluster, SingleStoreClusterProps } from './clients/singlestore/singlestore-cluster';
export { SingleStoreEngine, SingleStoreEngineProps } from './clients/singlestore/singlestore-engine';
export { SingleStoreExport, SingleStoreExportProps } from './clients/singlestore/singlestore-export';
export { SingleStorePipeline, SingleStorePipelineProps } from './clients/singlestore/singlestore-pipeline';
export * from './external/kraft-quorum';
export { KraftQuorumSecurity } from './external/kraft-quorum-security';
export { KsqlDbServer, KsqlDbServerProps } from './clients/ksqldb/ksqldb-server';
export { KafkaBridge, KafkaBridgeProps } from './clients/bridge/kafka-bridge';
export { ConfluentKafkaConnect, ConfluentKafkaConnectProps } from './clients/connect/confluent-kafka-connect';
export { ConnectBuild, ConnectPlugin, PluginArtifact } from './clients/connect/connect-build';
export * from './clients/connect/connect-converter';
export * from './clients/connect/kafka-connect';
export * from './clients/connect/kafka-connector';
export * from './clients/connect/rest-key-store';
export * from './clients/connect/sink-connector';
export { CreatedTopics, SourceConnector, SourceConnectorProps } from './clients/connect/source-connector';
export { StrimziKafkaConnect, StrimziKafkaConnectProps } from './clients/connect/strimzi-kafka-connect';
export { ControlCenter, ControlCenterProps } from './clients/control-center/control-center';
export { ControlCenterLicense } from './clients/control-center/control-center-license';
export * from './clients/control-center/control-center-options';
export { ConfluentRestProxy, ConfluentRestProxyProps } from './clients/confluent/confluent-rest-proxy';
export { ConfluentSchemaRegistry, ConfluentSchemaRegistryProps } from './clients/confluent/confluent-schema-registry';
export { ConfluentBasicAuthentication, ConfluentServerProps } from './clients/confluent/confluent-server-props';
export { LicensedPrincipalPropagation } from './clients/confluent/rest-proxy-settings';
export * from './connection/java-registry-settings';
export { SchemaRegistryCredentials } from './connection/schema-registry-credentials';
export { ClientConfigMap, ClientConfigMapProps } from './clients/plain/client-config-map';
export { ClientDialect } from './clients/plain/client-dialect';
export { KafkaAccess, KafkaAccessProps } from './clients/plain/kafka-access';
export {
  ApicurioRegistryResource,
  ApicurioRegistryResourceProps,
  RegistryIngressProps,
} from './clients/apicurio-registry-resource';
