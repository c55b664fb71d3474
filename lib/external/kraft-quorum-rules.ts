import { Rule, faultIf } from '../validation/rule';
import type { KraftQuorum } from './kraft-quorum';

const LISTENER_NAME = /^[A-Z][A-Z0-9_]*$/;

/** Characters that `kafka-storage format --add-scram` takes for its own in a name. */
const PLAIN_NAME = /^[A-Za-z0-9._-]+$/;

export const KRAFT_QUORUM_RULES: readonly Rule<KraftQuorum>[] = [
  {
    id: 'kraft-listener-name',
    holds: 'The listener of the controllers has a name of its own, in capital letters, digits and underscores.',
    remedy: "leave listenerName out, or write a name such as 'CONTROLLER' that none of listeners has",
    source: 'Apache Kafka 4.3.1: listener.security.protocol.map; listener.name.* takes lower case for upper case',
    faults: ({ listenerName, listeners }) => [
      ...[listenerName, ...Object.keys(listeners)]
        .filter((name) => !LISTENER_NAME.test(name))
        .map((name) => `no listener can be named '${name}'`),
      ...faultIf(listenerName in listeners, `brokers have a listener '${listenerName}' as well`),
    ],
  },
  {
    id: 'kraft-username',
    holds: 'The name that brokers and controllers log in with is of letters, digits, dots, dashes and underscores.',
    remedy: "use a name such as 'controller'",
    source: 'Apache Kafka 4.3.1, kafka.tools.StorageTool (--add-scram); the options of PlainLoginModule',
    faults: ({ security: { _details: details } }) =>
      details.kind === 'password'
        ? faultIf(!PLAIN_NAME.test(details.username), `no controller can be named '${details.username}'`)
        : [],
  },
  {
    id: 'kraft-password',
    holds: 'The password of a quorum is of letters, digits, dots, dashes and underscores, because nothing quotes it.',
    remedy: 'use such a password and say so: SecretKey.existing(secret, key, { alphanumeric: true })',
    source: 'Apache Kafka 4.3.1, JaasConfig.java and kafka.tools.StorageTool: both give quotes and commas a meaning',
    faults: ({ security: { _details: details } }) =>
      details.kind === 'password'
        ? faultIf(!details.password.alphanumeric, `the value of ${details.password.toString()} may be of any make`)
        : [],
  },
  {
    id: 'kraft-trust',
    holds: 'The certificates that a quorum trusts are in one file.',
    remedy: "name the file: trust: TrustedCertificates.fromSecret(secret, 'ca.crt')",
    source: 'Apache Kafka 4.3.1, DefaultSslEngineFactory.java: a PEM trust store is a single file',
    faults: ({ trust }) =>
      faultIf(trust.key === undefined, `the certificates of ${trust.toString()} are not in one file`),
  },
];
