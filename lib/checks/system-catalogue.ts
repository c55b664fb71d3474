import { APICURIO_REGISTRY_SUPPORT } from '../clients/apicurio-registry-support';
import {
  CONFLUENT_REST_PROXY_SUPPORT,
  CONFLUENT_SCHEMA_REGISTRY_SUPPORT,
} from '../clients/confluent/confluent-support';
import { CONTROL_CENTER_SUPPORT } from '../clients/control-center/control-center-support';
import { KSQLDB_SUPPORT } from '../clients/ksqldb/ksqldb-support';
import { KAFKA_BRIDGE_SUPPORT } from '../clients/bridge/kafka-bridge-support';
import {
  CONFLUENT_KAFKA_CONNECT_SUPPORT,
  STRIMZI_KAFKA_CONNECT_SUPPORT,
} from '../clients/connect/kafka-connect-support';
import { MILVUS_SUPPORT } from '../clients/milvus/milvus-support';
import { EXPORT_SUPPORT, PIPELINE_SUPPORT } from '../clients/singlestore/engine-support';
import {
  JAVA_CLIENT_SUPPORT,
  KAFKA_ACCESS_SUPPORT,
  KAFKA_UI_SUPPORT,
  KCAT_SUPPORT,
  LIBRDKAFKA_SUPPORT,
  QUARKUS_SUPPORT,
  SPRING_BOOT_SUPPORT,
} from '../clients/plain/client-support';
import { KAFKAJS_SUPPORT } from '../connection/kafkajs-rules';
import { LoginSupport } from '../connection/login-mode';

/** Which ways to log in each client system knows, for the documentation. */
export const SYSTEM_CATALOGUE: readonly LoginSupport[] = [
  APICURIO_REGISTRY_SUPPORT,
  CONFLUENT_SCHEMA_REGISTRY_SUPPORT,
  CONFLUENT_REST_PROXY_SUPPORT,
  STRIMZI_KAFKA_CONNECT_SUPPORT,
  CONFLUENT_KAFKA_CONNECT_SUPPORT,
  KAFKA_BRIDGE_SUPPORT,
  JAVA_CLIENT_SUPPORT,
  SPRING_BOOT_SUPPORT,
  QUARKUS_SUPPORT,
  LIBRDKAFKA_SUPPORT,
  KAFKAJS_SUPPORT,
  KCAT_SUPPORT,
  KAFKA_UI_SUPPORT,
  KAFKA_ACCESS_SUPPORT,
  MILVUS_SUPPORT,
  PIPELINE_SUPPORT,
  EXPORT_SUPPORT,
  KSQLDB_SUPPORT,
  CONTROL_CENTER_SUPPORT,
];
