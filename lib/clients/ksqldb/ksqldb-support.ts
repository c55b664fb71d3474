import { LoginSupport } from '../../connection/login-mode';

/** ksqlDB hands the settings to Kafka's own clients and to Kafka Streams, which know every way. */
export const KSQLDB_SUPPORT: LoginSupport = {
  system: 'ksqlDB',
  refused: {},
  source: 'ksqlDB 8.3, ksqldb-common/.../config/KsqlConfigResolver.java (ksql.streams.*)',
};
