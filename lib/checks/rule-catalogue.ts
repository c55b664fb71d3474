import { APICURIO_REGISTRY_RULES } from '../clients/apicurio-registry-rules';
import { DATA_GENERATOR_RULES } from '../clients/data-generator-rules';
import { FLINK_DEPLOYMENT_RULES } from '../clients/flink/flink-deployment-rules';
import { FLINK_JAR_JOB_RULES } from '../clients/flink/flink-jar-job-rules';
import { FLINK_SQL_JOB_RULES } from '../clients/flink/flink-sql-job-rules';
import { KAFKA_TABLE_RULES } from '../clients/flink/kafka-table-rules';
import { CLIENT_FILES_RULES } from '../connection/client-files-rules';
import { CONNECTION_RULES } from '../connection/connection-rules';
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
  { title: 'Connections', rules: [...CONNECTION_RULES, ...CLIENT_FILES_RULES] },
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
  { title: 'Other clients', rules: [...APICURIO_REGISTRY_RULES, ...DATA_GENERATOR_RULES, ...WORKLOAD_RULES] },
  { title: 'Any construct', rules: PLACE_RULES },
  { title: 'The whole app', rules: TREE_RULES },
  { title: 'Environments', rules: ENVIRONMENT_RULES },
];
