import { APICURIO_REGISTRY_RESOURCE_RULES, APICURIO_REGISTRY_RULES } from '../clients/apicurio-registry-rules';
import { DATA_GENERATOR_RULES } from '../clients/data-generator-rules';
import { FLINK_DEPLOYMENT_RULES } from '../clients/flink/flink-deployment-rules';
import { FLINK_JAR_JOB_RULES } from '../clients/flink/flink-jar-job-rules';
import { FLINK_SQL_JOB_RULES } from '../clients/flink/flink-sql-job-rules';
import { KAFKA_TABLE_RULES } from '../clients/flink/kafka-table-rules';
import { MILVUS_HELM_RULES } from '../clients/milvus/milvus-helm-rules';
import { MILVUS_KAFKA_RULES } from '../clients/milvus/milvus-kafka-rules';
import { MILVUS_STANDALONE_RULES } from '../clients/milvus/milvus-standalone-rules';
import { SINGLESTORE_CLUSTER_RULES } from '../clients/singlestore/singlestore-cluster-rules';
import { SINGLESTORE_ENGINE_RULES } from '../clients/singlestore/singlestore-engine-rules';
import { SINGLESTORE_EXPORT_RULES } from '../clients/singlestore/singlestore-export-rules';
import { SINGLESTORE_PIPELINE_RULES } from '../clients/singlestore/singlestore-pipeline-rules';
import { STATEMENT_RULES } from '../clients/singlestore/statement-rules';
import { CONTROL_CENTER_RULES } from '../clients/control-center/control-center-rules';
import { CONFLUENT_SERVER_RULES } from '../clients/confluent/confluent-server-rules';
import { CONFLUENT_REST_PROXY_RULES } from '../clients/confluent/rest-proxy-rules';
import { CONFLUENT_SCHEMA_REGISTRY_RULES } from '../clients/confluent/schema-registry-rules';
import { KSQLDB_RULES } from '../clients/ksqldb/ksqldb-rules';
import { KAFKA_BRIDGE_RULES } from '../clients/bridge/kafka-bridge-rules';
import { CONFLUENT_KAFKA_CONNECT_RULES } from '../clients/connect/confluent-kafka-connect-rules';
import { KAFKA_CONNECT_RULES } from '../clients/connect/kafka-connect-rules';
import { KAFKA_CONNECTOR_RULES } from '../clients/connect/kafka-connector-rules';
import { STRIMZI_KAFKA_CONNECT_RULES } from '../clients/connect/strimzi-kafka-connect-rules';
import { STRIMZI_CLIENT_RULES } from '../clients/strimzi/strimzi-client-rules';
import { CLIENT_CONFIG_MAP_RULES } from '../clients/plain/client-config-map-rules';
import { KAFKA_ACCESS_RULES } from '../clients/plain/kafka-access-rules';
import { REGISTRY_CLIENT_RULES } from '../connection/registry-client-rules';
import { CLIENT_FILES_RULES } from '../connection/client-files-rules';
import { CONNECTION_RULES } from '../connection/connection-rules';
import { KAFKAJS_RULES } from '../connection/kafkajs-rules';
import { LIBRDKAFKA_RULES } from '../connection/librdkafka-rules';
import { EXTERNAL_KAFKA_RULES } from '../external/external-kafka-rules';
import { KRAFT_QUORUM_RULES } from '../external/kraft-quorum-rules';
import { KEYCLOAK_REALM_RULES } from '../identity/keycloak-realm-rules';
import { KEYCLOAK_RULES } from '../identity/keycloak-rules';
import { POSTGRES_DATABASE_RULES } from '../identity/postgres-database-rules';
import { PLACE_RULES } from '../kubernetes/place';
import { WORKLOAD_RULES } from '../kubernetes/workload-rules';
import {
  CERT_MANAGER_CERTIFICATE_RULES,
  CERT_MANAGER_ISSUER_RULES,
  CERT_MANAGER_RENEWAL_RULES,
} from '../pki/cert-manager-rules';
import { LEAF_CERTIFICATE_RULES } from '../pki/certificate-rules';
import { DEVELOPMENT_CERTIFICATE_RULES } from '../pki/development-certificate';
import { DEVELOPMENT_SECRET_RULES } from '../secrets/development-secret';
import { DEVELOPMENT_SECRETS_RULES } from '../secrets/development-secrets';
import { EXTERNAL_SECRET_RULES } from '../secrets/external-secret-rules';
import { SECRET_STATE_RULES } from '../secrets/secret-state-rules';
import { KAFKA_CLUSTER_RULES } from '../strimzi/kafka-cluster-rules';
import { KAFKA_NODE_POOL_RULES } from '../strimzi/kafka-node-pool-rules';
import { KAFKA_TOPIC_RULES } from '../strimzi/kafka-topic-rules';
import { KAFKA_USER_RULES } from '../strimzi/kafka-user-rules';
import { CUSTOM_LISTENER_RULES } from '../strimzi/custom-listener-rules';
import { LISTENER_ADDRESS_RULES } from '../strimzi/listener-address-rules';
import { LISTENER_CONFIGURATION_RULES } from '../strimzi/listener-configuration-rules';
import { LISTENER_RULES } from '../strimzi/listener-rules';
import { OAUTH_LISTENER_RULES } from '../strimzi/oauth-listener-rules';
import { ENVIRONMENT_RULES } from '../synthesis/environment-rules';
import { RuleText } from '../validation/rule';
import { TREE_RULES } from './tree-rules';

/** Rules about one kind of thing. */
export interface RuleGroup {
  /** What the rules are about, as a heading. */
  readonly title: string;
  readonly rules: readonly RuleText[];
}

/** Every rule of the library, for the documentation. */
export const RULE_CATALOGUE: readonly RuleGroup[] = [
  { title: 'Kafka clusters', rules: [...KAFKA_CLUSTER_RULES, ...KAFKA_NODE_POOL_RULES] },
  {
    title: 'Listeners',
    rules: [
      ...LISTENER_RULES,
      ...LISTENER_ADDRESS_RULES,
      ...LISTENER_CONFIGURATION_RULES,
      ...OAUTH_LISTENER_RULES,
      ...CUSTOM_LISTENER_RULES,
    ],
  },
  { title: 'Users and their rights', rules: KAFKA_USER_RULES },
  { title: 'Topics', rules: KAFKA_TOPIC_RULES },
  { title: 'Kafka that is not ours', rules: [...EXTERNAL_KAFKA_RULES, ...KRAFT_QUORUM_RULES] },
  { title: 'Connections', rules: [...CONNECTION_RULES, ...CLIENT_FILES_RULES, ...LIBRDKAFKA_RULES, ...KAFKAJS_RULES] },
  {
    title: 'Certificates',
    rules: [
      ...LEAF_CERTIFICATE_RULES,
      ...CERT_MANAGER_ISSUER_RULES,
      ...CERT_MANAGER_CERTIFICATE_RULES,
      ...CERT_MANAGER_RENEWAL_RULES,
      ...DEVELOPMENT_CERTIFICATE_RULES,
    ],
  },
  {
    title: 'Secrets',
    rules: [...DEVELOPMENT_SECRETS_RULES, ...DEVELOPMENT_SECRET_RULES, ...SECRET_STATE_RULES, ...EXTERNAL_SECRET_RULES],
  },
  { title: 'Keycloak', rules: [...KEYCLOAK_RULES, ...KEYCLOAK_REALM_RULES, ...POSTGRES_DATABASE_RULES] },
  {
    title: 'Flink',
    rules: [...FLINK_DEPLOYMENT_RULES, ...FLINK_SQL_JOB_RULES, ...KAFKA_TABLE_RULES, ...FLINK_JAR_JOB_RULES],
  },
  { title: 'Milvus', rules: [...MILVUS_KAFKA_RULES, ...MILVUS_STANDALONE_RULES, ...MILVUS_HELM_RULES] },
  {
    title: 'SingleStore',
    rules: [
      ...SINGLESTORE_ENGINE_RULES,
      ...SINGLESTORE_CLUSTER_RULES,
      ...STATEMENT_RULES,
      ...SINGLESTORE_PIPELINE_RULES,
      ...SINGLESTORE_EXPORT_RULES,
    ],
  },
  {
    title: 'Confluent Schema Registry and REST Proxy',
    rules: [...CONFLUENT_SERVER_RULES, ...CONFLUENT_SCHEMA_REGISTRY_RULES, ...CONFLUENT_REST_PROXY_RULES],
  },
  { title: 'Clients of schema registries', rules: REGISTRY_CLIENT_RULES },
  { title: 'ksqlDB and Control Center', rules: [...KSQLDB_RULES, ...CONTROL_CENTER_RULES] },
  {
    title: 'Kafka Connect',
    rules: [
      ...KAFKA_CONNECT_RULES,
      ...KAFKA_CONNECTOR_RULES,
      ...STRIMZI_KAFKA_CONNECT_RULES,
      ...CONFLUENT_KAFKA_CONNECT_RULES,
    ],
  },
  { title: 'Kafka over HTTP', rules: KAFKA_BRIDGE_RULES },
  { title: 'Programs of your own', rules: [...CLIENT_CONFIG_MAP_RULES, ...KAFKA_ACCESS_RULES] },
  { title: 'Clients that Strimzi runs', rules: STRIMZI_CLIENT_RULES },
  {
    title: 'Other clients',
    rules: [
      ...APICURIO_REGISTRY_RULES,
      ...APICURIO_REGISTRY_RESOURCE_RULES,
      ...DATA_GENERATOR_RULES,
      ...WORKLOAD_RULES,
    ],
  },
  { title: 'Any construct', rules: PLACE_RULES },
  { title: 'The whole app', rules: TREE_RULES },
  { title: 'Environments', rules: ENVIRONMENT_RULES },
];
