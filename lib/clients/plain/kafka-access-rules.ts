import { DNS_LABEL_LENGTH, isDnsLabel } from '../../kubernetes/names';
import { loginSupportRule } from '../../connection/login-mode';
import { KafkaListener } from '../../strimzi/kafka-listener';
import { KafkaUser } from '../../strimzi/kafka-user';
import { Rule, faultIf } from '../../validation/rule';
import { KAFKA_ACCESS_SUPPORT } from './client-support';
import type { KafkaAccess } from './kafka-access';

const LONGEST = DNS_LABEL_LENGTH - '-binding'.length;

export const KAFKA_ACCESS_RULES: readonly Rule<KafkaAccess>[] = [
  {
    id: 'kafka-access-name',
    holds: 'The volume of a service binding is named after its KafkaAccess.',
    remedy: `use at most ${LONGEST} lower-case letters, digits and dashes`,
    source: 'Kubernetes 1.35: a volume has a DNS label for a name',
    faults: ({ accessName }) =>
      faultIf(!isDnsLabel(accessName) || accessName.length > LONGEST, `no KafkaAccess can be named '${accessName}'`),
  },
  loginSupportRule('kafka-access-login', KAFKA_ACCESS_SUPPORT, (access) => ({
    name: access.accessName,
    connections: [access.connection],
  })),
  {
    id: 'kafka-access-listener',
    holds: 'A KafkaAccess is for a listener without authentication, with TLS or with SCRAM-SHA-512.',
    remedy: 'use such a listener, or attach the settings to the workload: ClientConfigMap',
    source: 'Strimzi access operator 0.3.0, KafkaListener.java: of all others it writes security.protocol=PLAINTEXT',
    faults: ({ accessName, connection: { listener } }) => {
      if (!(listener instanceof KafkaListener)) {
        return [`KafkaAccess '${accessName}' cannot describe ${listener._label}: Strimzi does not run it`];
      }
      const { kind } = listener.authentication._details;
      return faultIf(
        kind === 'oauth' || kind === 'custom',
        `KafkaAccess '${accessName}' cannot describe ${listener._label}: to Strimzi its authentication is custom`,
      );
    },
  },
  {
    id: 'kafka-access-trust',
    holds: 'What a KafkaAccess has its clients trust is what vouches for the brokers.',
    remedy: 'use a listener without a certificate of its own, or attach the settings to the workload: ClientConfigMap',
    source: 'Strimzi access operator 0.3.0, SecretDependentResource.java: always ca.crt of the cluster CA',
    faults: ({ accessName, connection: { listener } }) =>
      faultIf(
        listener instanceof KafkaListener && listener.certificate !== undefined,
        `KafkaAccess '${accessName}' would have its clients trust the cluster CA, which knows nothing of ${listener._label}`,
      ),
  },
  {
    id: 'kafka-access-user',
    holds: 'The user of a KafkaAccess is one whose Secret Strimzi makes.',
    remedy: 'give the connection such a user, and no other credentials',
    source: 'Strimzi access operator 0.3.0, SecretDependentResource.java: it copies the Secret of the KafkaUser',
    faults: ({ accessName, connection: { user, credentials } }) => {
      const details = credentials._details;
      const secretName = user instanceof KafkaUser ? user.secretName : undefined;
      switch (details.kind) {
        case 'password':
          return faultIf(
            details.password.secretName !== secretName,
            `KafkaAccess '${accessName}' cannot copy ${details.password.toString()}`,
          );
        case 'certificate':
          return faultIf(
            details.certificate.certificate.secretName !== secretName,
            `KafkaAccess '${accessName}' cannot copy ${details.certificate.certificate.toString()}`,
          );
        default:
          return [];
      }
    },
  },
];
