import { LoginSupport } from '../connection/login-mode';

/** The registry hands everything below `apicurio.kafka.common.` to Kafka's own clients, which know every way. */
export const APICURIO_REGISTRY_SUPPORT: LoginSupport = {
  system: 'Apicurio Registry',
  refused: {},
  source: 'Apicurio Registry 3.3.3, app/.../storage/impl/kafkasql/KafkaSqlConfiguration.java',
};
