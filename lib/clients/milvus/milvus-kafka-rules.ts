import { SaslMechanism } from '../../access/protocol';
import { loginSupportRule } from '../../connection/login-mode';
import { Rule, faultIf } from '../../validation/rule';
import { isAtLeast } from './milvus-image';
import type { MilvusKafka } from './milvus-kafka';
import { MILVUS_SUPPORT } from './milvus-support';

const SCRAM: readonly (SaslMechanism | undefined)[] = [SaslMechanism.SCRAM_SHA_256, SaslMechanism.SCRAM_SHA_512];
/** Kafka's limit of 249 characters, less `-rootcoord-dml_4095` and what group ids have beside it. */
const LONGEST_PREFIX = 200;

export const MILVUS_KAFKA_RULES: readonly Rule<MilvusKafka>[] = [
  loginSupportRule('milvus-login', MILVUS_SUPPORT, ({ name, connection }: MilvusKafka) => ({
    name,
    connections: [connection],
  })),
  {
    id: 'milvus-scram',
    holds: 'A Milvus that logs in by SCRAM has librdkafka 2.6.1 or later, or a Kafka before 4.',
    remedy:
      "say MilvusImage.of(image, { librdkafka: '2.6.1' }) of an image that has it, or connect by mutual TLS or by PLAIN over TLS",
    source:
      'librdkafka pull request 4895, fixed in 2.6.1: the client repeats its nonce, which Kafka 4 refuses; milvus-io/milvus issue 52601',
    faults: ({ name, connection, image, kafkaBefore4 }) =>
      faultIf(
        SCRAM.includes(connection.credentials.saslMechanism) && !kafkaBefore4 && !isAtLeast(image.librdkafka, '2.6.1'),
        `Kafka 4 refuses ${connection.credentials.saslMechanism} of Milvus '${name}', whose librdkafka is ${image.librdkafka}`,
      ),
  },
  {
    id: 'milvus-version',
    holds: 'The version of a Milvus is known, and 2.5 or later.',
    remedy: "use an image with a tag such as v2.6.17, or say MilvusImage.of(image, { version: '2.6.17' })",
    source: 'Milvus 2.3.5 writes the password to its log; topics and consumer groups differ between versions',
    faults: ({ name, image }) => [
      ...faultIf(
        image.version === undefined,
        `the image '${image.image}' of Milvus '${name}' does not say its version`,
      ),
      ...faultIf(
        image.version !== undefined && !isAtLeast(image.version, '2.5.0'),
        `Milvus '${name}' is of version ${image.version}`,
      ),
    ],
  },
  {
    id: 'milvus-token-endpoint',
    holds: 'The token endpoint of a Milvus has a certificate of a public authority.',
    remedy: 'serve tokens under a public certificate, or connect by mutual TLS',
    source:
      'librdkafka 2.6.1: https.ca.location came with 2.11, and nothing else names an authority for token requests',
    faults: ({ name, connection: { credentials } }) => {
      const details = credentials._details;
      const trust = details.kind === 'oauth' ? details.oauth.trust : undefined;
      return trust ? [`Milvus '${name}' cannot be told to trust ${trust.toString()} for the token endpoint`] : [];
    },
  },
  {
    id: 'milvus-token-scope',
    holds: 'A Milvus with a librdkafka before 2.0.2 asks for no scope.',
    remedy: 'leave scope out and give the client default scopes at the authorization server',
    source: 'librdkafka 1.9.1, rdkafka_sasl_oauthbearer_oidc.c: the last character of the scope is lost',
    faults: ({ name, connection: { credentials }, image }) => {
      const details = credentials._details;
      const scope = details.kind === 'oauth' ? details.oauth.scope : undefined;
      return faultIf(
        scope !== undefined && !isAtLeast(image.librdkafka, '2.0.2'),
        `Milvus '${name}' would cut the scope '${scope}' short`,
      );
    },
  },
  {
    id: 'milvus-client-secret',
    holds: 'The OAuth client secret of a Milvus is of letters, digits, dots, dashes and underscores alone.',
    remedy: 'make it so, and say SecretKey.existing(name, key, { alphanumeric: true })',
    source: 'RFC 6749, section 2.3.1: servers decode the secret, and librdkafka does not encode it',
    faults: ({ name, connection: { credentials } }) => {
      const details = credentials._details;
      return details.kind === 'oauth' && !details.oauth.clientSecret.alphanumeric
        ? [`the client secret ${details.oauth.clientSecret.toString()} of Milvus '${name}' may need to be encoded`]
        : [];
    },
  },
  {
    id: 'milvus-channel-prefix',
    holds: `The channel prefix of a Milvus can begin the name of a topic, and has at most ${LONGEST_PREFIX} characters.`,
    remedy: 'use letters, digits, dots, dashes and underscores',
    source: 'Apache Kafka 4.3.1, clients/.../internals/Topic.java',
    faults: ({ name, channelPrefix }) =>
      faultIf(
        !/^[A-Za-z0-9._-]+$/.test(channelPrefix) || channelPrefix.length > LONGEST_PREFIX,
        `the topics of Milvus '${name}' cannot begin with '${channelPrefix}'`,
      ),
  },
  {
    id: 'milvus-channels',
    holds: 'A Milvus has a whole number of channels, 1 to 4096.',
    remedy: 'leave channels out for 16',
    source: 'Milvus 2.6.7, configs/milvus.yaml (rootCoord.dmlChannelNum)',
    faults: ({ name, channels }) =>
      faultIf(
        !Number.isInteger(channels) || channels < 1 || channels > 4096,
        `Milvus '${name}' cannot have ${channels} channels`,
      ),
  },
];
