import { LoginSupport } from '../../connection/login-mode';

/** Every way to log in, OAuth and Kerberos by `custom` authentication. */
export const KAFKA_BRIDGE_SUPPORT: LoginSupport = {
  system: 'Strimzi Kafka Bridge',
  refused: {},
  source: 'Strimzi 1.2.0, 046-Crd-kafkabridge.yaml (authentication.type)',
};
