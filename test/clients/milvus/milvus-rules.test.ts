import { Chart } from 'cdk8s';
import { MilvusImage, MilvusStandalone, MilvusStorage, SecretKey, TrustedCertificates } from '../../../lib';
import { MILVUS_HELM_RULES } from '../../../lib/clients/milvus/milvus-helm-rules';
import { MILVUS_KAFKA_RULES } from '../../../lib/clients/milvus/milvus-kafka-rules';
import { MILVUS_STANDALONE_RULES } from '../../../lib/clients/milvus/milvus-standalone-rules';
import { describeRules } from '../../support/rules';
import { KERBEROS, PLAIN, SCRAM, certificate, cluster, helm, oauth, sasl, standalone } from './milvus-world';

const NAMES = MilvusStandalone.dnsNames('milvus', 'flink');
const NEW = MilvusImage.of('milvusdb/milvus:v2.6.18', { librdkafka: '2.6.1' });
const CA = TrustedCertificates.fromSecret('company-ca', 'ca.crt');
const OBJECTS = {
  host: 's3.example.com',
  bucket: 'vectors',
  accessKey: SecretKey.existing('s3', 'id'),
  secretAccessKey: SecretKey.existing('s3', 'secret'),
};
const ETCD = { endpoints: ['etcd:2379'] };
const passwordLess = (chart: Chart) => standalone(chart);

describeRules([...MILVUS_KAFKA_RULES, ...MILVUS_STANDALONE_RULES, ...MILVUS_HELM_RULES], {
  'milvus-login': {
    remedy:
      'connect it by plaintext, TLS, mutual TLS, SASL PLAIN, SASL SCRAM-SHA-256, SASL SCRAM-SHA-512, SASL OAUTHBEARER',
    cases: [
      [
        (chart) => standalone(chart, { connection: sasl(chart, KERBEROS) }),
        [
          "[test/milvus] Milvus 'milvus' cannot log in by SASL GSSAPI: it passes on a user name and a password alone, and its librdkafka is built without Kerberos",
        ],
        (chart) => standalone(chart, { connection: sasl(chart, PLAIN) }),
      ],
    ],
  },
  'milvus-scram': {
    remedy:
      "say MilvusImage.of(image, { librdkafka: '2.6.1' }) of an image that has it, or connect by mutual TLS or by PLAIN over TLS",
    cases: [
      [
        (chart) => standalone(chart, { connection: sasl(chart, SCRAM) }),
        ["[test/milvus] Kafka 4 refuses SCRAM-SHA-512 of Milvus 'milvus', whose librdkafka is 1.9.1"],
        (chart) => standalone(chart, { connection: sasl(chart, SCRAM), image: NEW }),
      ],
      [
        (chart) =>
          cluster(chart, {
            connection: sasl(chart, SCRAM),
            image: MilvusImage.of('milvusdb/milvus:v2.6.18', { librdkafka: '2.6.0' }),
          }),
        ["[test/milvus] Kafka 4 refuses SCRAM-SHA-512 of Milvus 'milvus', whose librdkafka is 2.6.0"],
        (chart) => cluster(chart, { connection: sasl(chart, SCRAM), kafkaBefore4: true }),
      ],
    ],
  },
  'milvus-version': {
    remedy: "use an image with a tag such as v2.6.17, or say MilvusImage.of(image, { version: '2.6.17' })",
    cases: [
      [
        (chart) => standalone(chart, { image: MilvusImage.of('milvusdb/milvus:stable') }),
        ["[test/milvus] the image 'milvusdb/milvus:stable' of Milvus 'milvus' does not say its version"],
        (chart) => standalone(chart, { image: MilvusImage.of('milvusdb/milvus:stable', { version: '2.6.17' }) }),
      ],
      [
        (chart) => standalone(chart, { image: MilvusImage.of('milvusdb/milvus:v2.4.23') }),
        ["[test/milvus] Milvus 'milvus' is of version 2.4.23"],
        (chart) => standalone(chart, { image: MilvusImage.of('milvusdb/milvus:v2.5.0') }),
      ],
    ],
  },
  'milvus-token-endpoint': {
    remedy: 'serve tokens under a public certificate, or connect by mutual TLS',
    cases: [
      [
        (chart) => standalone(chart, { connection: sasl(chart, oauth({ trust: CA })) }),
        ["[test/milvus] Milvus 'milvus' cannot be told to trust company-ca:ca.crt for the token endpoint"],
        (chart) => standalone(chart, { connection: sasl(chart, oauth()) }),
      ],
    ],
  },
  'milvus-token-scope': {
    remedy: 'leave scope out and give the client default scopes at the authorization server',
    cases: [
      [
        (chart) => standalone(chart, { connection: sasl(chart, oauth({ scope: 'kafka' })) }),
        ["[test/milvus] Milvus 'milvus' would cut the scope 'kafka' short"],
        (chart) => standalone(chart, { connection: sasl(chart, oauth({ scope: 'kafka' })), image: NEW }),
      ],
    ],
  },
  'milvus-client-secret': {
    remedy: 'make it so, and say SecretKey.existing(name, key, { alphanumeric: true })',
    cases: [
      [
        (chart) =>
          standalone(chart, {
            connection: sasl(chart, oauth({ clientSecret: SecretKey.existing('milvus-client', 'secret') })),
          }),
        ["[test/milvus] the client secret milvus-client:secret of Milvus 'milvus' may need to be encoded"],
        (chart) => standalone(chart, { connection: sasl(chart, oauth()) }),
      ],
    ],
  },
  'milvus-channel-prefix': {
    remedy: 'use letters, digits, dots, dashes and underscores',
    cases: [
      [
        (chart) => standalone(chart, { channelPrefix: 'my milvus', connection: sasl(chart, PLAIN) }),
        ["[test/milvus] the topics of Milvus 'milvus' cannot begin with 'my milvus'"],
        (chart) => standalone(chart, { channelPrefix: 'My_milvus.1', connection: sasl(chart, PLAIN) }),
      ],
      [
        (chart) => standalone(chart, { channelPrefix: 'x'.repeat(201), connection: sasl(chart, PLAIN) }),
        [`[test/milvus] the topics of Milvus 'milvus' cannot begin with '${'x'.repeat(201)}'`],
        (chart) => standalone(chart, { channelPrefix: 'x'.repeat(200), connection: sasl(chart, PLAIN) }),
      ],
    ],
  },
  'milvus-channels': {
    remedy: 'leave channels out for 16',
    cases: [0, 2.5, 4097].map((channels) => [
      (chart) => standalone(chart, { channels, connection: sasl(chart, PLAIN) }),
      [`[test/milvus] Milvus 'milvus' cannot have ${channels} channels`],
      (chart) => standalone(chart, { channels: 4096, connection: sasl(chart, PLAIN) }),
    ]),
  },
  'milvus-encryption': {
    remedy: 'give certificate, or say unencrypted: true where the network is trusted',
    cases: [
      [
        (chart) => standalone(chart, { unencrypted: false }),
        ["[test/milvus] the vectors of Milvus 'milvus' would cross the network in clear"],
        passwordLess,
      ],
      [
        (chart) => standalone(chart, { unencrypted: true, certificate: certificate('milvus-tls', NAMES) }),
        ["[test/milvus] Milvus 'milvus' is unencrypted and has a certificate, which it would never show"],
        (chart) => standalone(chart, { certificate: certificate('milvus-tls', NAMES) }),
      ],
    ],
  },
  'milvus-certificate-names': {
    remedy: 'issue it with dnsNames: MilvusStandalone.dnsNames(name, namespace)',
    cases: [
      [
        (chart) => standalone(chart, { certificate: certificate('milvus-tls', ['milvus.example.com']) }),
        ["[test/milvus] the certificate 'milvus-tls' is not valid for milvus.flink.svc"],
        (chart) => standalone(chart, { certificate: certificate('milvus-tls', ['*.flink.svc']) }),
      ],
    ],
  },
  'milvus-secret-namespace': {
    remedy: 'put them into the namespace of the Milvus, which is that of its connection',
    cases: [
      [
        (chart) => standalone(chart, { certificate: certificate('milvus-tls', NAMES, 'pki') }),
        [
          "[test/milvus] a Milvus in namespace 'flink' cannot use pki/milvus-tls:tls.crt",
          "[test/milvus] a Milvus in namespace 'flink' cannot use pki/milvus-tls:tls.key",
        ],
        (chart) => standalone(chart, { certificate: certificate('milvus-tls', NAMES, 'flink') }),
      ],
      [
        (chart) => standalone(chart, { rootPassword: SecretKey.existing('root', 'password', { namespace: 'other' }) }),
        ["[test/milvus] a Milvus in namespace 'flink' cannot use other/root:password"],
        (chart) => standalone(chart, { rootPassword: SecretKey.existing('root', 'password') }),
      ],
    ],
  },
  'milvus-etcd-encryption': {
    remedy: 'give trust and certificate, or say unencrypted: true where the network is trusted',
    cases: [
      [
        (chart) =>
          standalone(chart, { storage: MilvusStorage.external({ etcd: { ...ETCD, trust: CA }, objects: OBJECTS }) }),
        ["[test/milvus] Milvus 'milvus' cannot speak TLS to its etcd without both trust and certificate"],
        (chart) =>
          standalone(chart, {
            storage: MilvusStorage.external({
              etcd: { ...ETCD, trust: CA, certificate: certificate('etcd-client') },
              objects: OBJECTS,
            }),
          }),
      ],
      [
        (chart) =>
          standalone(chart, {
            storage: MilvusStorage.external({ etcd: { ...ETCD, trust: CA, unencrypted: true }, objects: OBJECTS }),
          }),
        [
          "[test/milvus] the etcd of Milvus 'milvus' is unencrypted and has trust or a certificate, which would be of no use",
        ],
        (chart) =>
          standalone(chart, {
            storage: MilvusStorage.external({ etcd: { ...ETCD, unencrypted: true }, objects: OBJECTS }),
          }),
      ],
    ],
  },
  'milvus-object-store-encryption': {
    remedy: 'leave unencrypted out, or leave out trust',
    cases: [
      [
        (chart) =>
          standalone(chart, {
            storage: MilvusStorage.external({
              etcd: { ...ETCD, unencrypted: true },
              objects: { ...OBJECTS, trust: CA, unencrypted: true },
            }),
          }),
        ["[test/milvus] the object store of Milvus 'milvus' is unencrypted and has trust, which would be of no use"],
        (chart) =>
          standalone(chart, {
            storage: MilvusStorage.external({
              etcd: { ...ETCD, unencrypted: true },
              objects: { ...OBJECTS, port: 9000, unencrypted: true },
            }),
          }),
      ],
    ],
  },
  'milvus-helm-trust': {
    remedy: "give the connection trust: TrustedCertificates.fromSecret('my-cluster-cluster-ca-cert', 'ca.crt')",
    cases: [
      [
        (chart) => helm(chart),
        [
          "[test/milvus] release 'milvus' cannot put the certificates of Secret 'my-cluster-cluster-ca-cert' into one file",
        ],
        (chart) => helm(chart, { connection: sasl(chart, PLAIN) }),
      ],
    ],
  },
});
