// Has every app checked as a whole.
import './checks/tree-checks';

export * from './access/acl';
export { ClientCredentials, OAuthCredentialsProps } from './access/client-credentials';
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
export { IKafkaUser, KafkaUser, KafkaUserProps, KafkaUserQuotas } from './strimzi/kafka-user';
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
