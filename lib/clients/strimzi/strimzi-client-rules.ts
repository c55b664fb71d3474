import { ClientFiles } from '../../connection/client-files';
import { KafkaConnection } from '../../connection/kafka-connection';
import { SecretKey } from '../../secrets/secret-key';
import { Rule, faultIf } from '../../validation/rule';

/** A client that Strimzi runs. */
export interface StrimziClientSubject {
  /** What messages call it: `Kafka Connect 'etl'`. */
  readonly label: string;
  readonly connection: KafkaConnection;
  /** The files that Strimzi does not bring. */
  readonly files: readonly ClientFiles[];
}

export const STRIMZI_CLIENT_RULES: readonly Rule<StrimziClientSubject>[] = [
  {
    id: 'strimzi-client-certificate',
    holds: 'The certificate of a client that Strimzi runs and its key are in one Secret.',
    remedy: 'put both into one Secret',
    source: 'Strimzi 1.2.0, KafkaConnect and KafkaBridge CRDs: certificateAndKey has one secretName',
    faults: ({ label, connection: { credentials } }) => {
      const details = credentials._details;
      if (details.kind !== 'certificate') return [];
      const { certificate, privateKey } = details.certificate;
      return faultIf(
        certificate.secretName !== privateKey.secretName,
        `${label} cannot read its certificate from ${certificate.toString()} and its key from ${privateKey.toString()}`,
      );
    },
  },
  {
    id: 'strimzi-client-password',
    holds:
      'What a client that Strimzi runs logs in with needs no quoting, because Strimzi puts it between quotes as it is.',
    remedy:
      'let Strimzi make the password, or use one of letters, digits, dots, dashes and underscores and say so: SecretKey.existing(name, key, { alphanumeric: true })',
    source:
      'Strimzi 1.2.0, KafkaConnectConfigurationBuilder.java and KafkaBridgeConfigurationBuilder.java (sasl.jaas.config); its pods have no init containers of ours',
    faults: ({ label, connection: { credentials } }) => {
      const details = credentials._details;
      const unquoted = (key: SecretKey) =>
        faultIf(!key.alphanumeric, `${label} cannot log in with ${key.toString()} if it has quotes or backslashes`);
      switch (details.kind) {
        case 'password':
          return [
            ...unquoted(details.password),
            ...faultIf(
              !/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/.test(details.username),
              `${label} cannot log in as '${details.username}'`,
            ),
          ];
        case 'oauth':
          return unquoted(details.oauth.clientSecret);
        default:
          return [];
      }
    },
  },
  {
    id: 'strimzi-client-files',
    holds: 'The files that a client run by Strimzi needs besides are keys of Secrets as they are.',
    remedy:
      'name one certificate: TrustedCertificates.fromSecret(name, key), and say of passwords that need no quoting { alphanumeric: true }',
    source: 'Strimzi 1.2.0: a pod template mounts Secrets, and has no init containers of ours',
    faults: ({ label, files }) => [
      ...files
        .flatMap(({ bundles }) => bundles)
        .map(({ secretName }) => `${label} cannot put the certificates of Secret '${secretName}' together`),
      ...files
        .flatMap(({ quoted }) => quoted)
        .map(({ secretName, keys }) => `${label} cannot quote ${secretName}:${keys.join(', ')}`),
    ],
  },
];
