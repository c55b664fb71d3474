import { Chart, Duration } from 'cdk8s';
import {
  ClientCredentials,
  ExternalKafkaAuthentication,
  PipelineFormat,
  PipelineTarget,
  SaslMechanism,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { SINGLESTORE_CLUSTER_RULES } from '../../../lib/clients/singlestore/singlestore-cluster-rules';
import { SINGLESTORE_ENGINE_RULES } from '../../../lib/clients/singlestore/singlestore-engine-rules';
import { SINGLESTORE_EXPORT_RULES } from '../../../lib/clients/singlestore/singlestore-export-rules';
import { SINGLESTORE_PIPELINE_RULES } from '../../../lib/clients/singlestore/singlestore-pipeline-rules';
import { STATEMENT_RULES } from '../../../lib/clients/singlestore/statement-rules';
import { Declare, describeRules } from '../../support/rules';
import { certificate } from '../../support/worlds';
import { COMPANY, LOGINS, Login, OAUTH, cloud, cluster, connect, exported, pipeline } from './world';

type Engine = (chart: Chart) => ReturnType<typeof cluster> | ReturnType<typeof cloud>;

/** A pipeline that logs in somehow. */
const reading =
  (login: Login, props: Parameters<typeof pipeline>[3] = {}, engine: Engine = cluster): Declare =>
  (chart) =>
    pipeline(chart, engine(chart), connect(chart, login), props);

/** An export that logs in somehow. */
const writing =
  (login: Login, props: Parameters<typeof exported>[3] = {}): Declare =>
  (chart) =>
    exported(chart, cluster(chart), connect(chart, login), props);

const named = (clusterName: string): Declare => reading(LOGINS.tls, {}, (chart) => cluster(chart, { clusterName }));
const tokens = (trust?: TrustedCertificates, brokers: TrustedCertificates | undefined = COMPANY): Login => ({
  authentication: ExternalKafkaAuthentication.sasl([SaslMechanism.OAUTHBEARER]),
  credentials: ClientCredentials.oauth({ ...OAUTH, trust }),
  kafka: { trust: brokers },
});
const keyStore = (key: string): Login => ({
  authentication: ExternalKafkaAuthentication.tls(),
  credentials: ClientCredentials.certificate(certificate({ privateKey: SecretKey.existing('my-tls', key) })),
});
const LONG = 'a'.repeat(240);

describeRules(SINGLESTORE_ENGINE_RULES, {
  'singlestore-address': {
    remedy: "give host: 'svc-....svc.singlestore.com', without protocol and port",
    cases: [
      [
        (chart) => cluster(chart, { clusterName: 'Ü' }),
        ["[test/sdb] SingleStore cluster 'Ü' cannot be reached at host 'svc-Ü-ddl.flink.svc'"],
        cluster,
      ],
      [
        (chart) => cluster(chart, { port: 0 }),
        ["[test/sdb] SingleStore cluster 'sdb' cannot be reached at port 0"],
        (chart) => cluster(chart, { port: 65535 }),
      ],
    ],
  },
});

describeRules(SINGLESTORE_CLUSTER_RULES, {
  'singlestore-cluster-name': {
    remedy: 'use at most 55 lower-case letters, digits and dashes',
    cases: [
      [named('Sdb'), ["[test/sdb] no SingleStore cluster can be named 'Sdb'"], named('sdb')],
      [
        named(LONG.slice(0, 56)),
        [`[test/sdb] no SingleStore cluster can be named '${LONG.slice(0, 56)}'`],
        named(LONG.slice(0, 55)),
      ],
    ],
  },
  'singlestore-file-name': {
    remedy: 'use names of Secrets and keys of at most 253 characters together',
    cases: [
      [
        reading({ ...LOGINS.tls, kafka: { trust: TrustedCertificates.fromSecret('company', `${LONG}-ca.crt`) } }),
        [`[test/sdb] SingleStore cluster 'sdb' cannot have a file 'company_${LONG}-ca.crt'`],
        reading({ ...LOGINS.tls, kafka: { trust: TrustedCertificates.fromSecret('a', `${LONG}-ca.crt`) } }),
      ],
    ],
  },
});

describeRules(STATEMENT_RULES, {
  'singlestore-topic': {
    remedy: 'declare the topic in the cluster of the connection',
    cases: [
      [
        (chart) => {
          const { connection } = connect(chart, LOGINS.tls);
          pipeline(chart, cluster(chart), { connection, topic: connect(chart, LOGINS.tls, 'other').topic });
        },
        ["[test/orders] pipeline 'orders': topic 'orders' is of cluster 'other', the connection of 'kafka'"],
        reading(LOGINS.tls),
      ],
    ],
  },
  'singlestore-namespace': {
    remedy: 'give the connection the namespace of the SingleStore cluster: namespace',
    cases: [
      [
        (chart) => exported(chart, cluster(chart, { namespace: 'data' }), connect(chart, LOGINS.tls)),
        ["[test/totals] export 'totals': SingleStore cluster 'sdb' is in namespace 'data', the connection in 'flink'"],
        writing(LOGINS.tls),
      ],
      [
        reading(LOGINS.tls, {}, (chart) =>
          cluster(chart, { password: SecretKey.existing('sdb', 'password', { namespace: 'data' }) }),
        ),
        ["[test/orders] pipeline 'orders': a Job in namespace 'flink' cannot mount data/sdb:password"],
        reading(LOGINS.tls, {}, (chart) =>
          cluster(chart, { password: SecretKey.existing('sdb', 'password', { namespace: 'flink' }) }),
        ),
      ],
    ],
  },
  'singlestore-name': {
    remedy: 'give a name of 1 to 64 characters, without line ends',
    cases: [
      [
        reading(LOGINS.tls, { into: PipelineTarget.table(''), database: 'a\nb' }),
        [
          "[test/orders] pipeline 'orders': no database can be named 'a\nb'",
          "[test/orders] pipeline 'orders': no table or procedure can be named ''",
        ],
        reading(LOGINS.tls, { into: PipelineTarget.table('`'), database: 'a b' }),
      ],
      [
        writing(LOGINS.tls, { keyColumn: LONG.slice(0, 65) }),
        [`[test/totals] export 'totals': no column can be named '${LONG.slice(0, 65)}'`],
        writing(LOGINS.tls, { keyColumn: LONG.slice(0, 64) }),
      ],
    ],
  },
  'singlestore-config': {
    remedy: 'correct its name; protocol, addresses, certificates and credentials come from the connection',
    cases: [
      [
        reading(LOGINS.tls, {
          config: { 'sasl.outhbearer.extensions': 'a=b', 'sasl.password': 'x', 'linger.ms': '5' },
        }),
        ['sasl.outhbearer.extensions', 'sasl.password', 'linger.ms'].map(
          (setting) => `[test/orders] pipeline 'orders' cannot be given the setting '${setting}'`,
        ),
        reading(LOGINS.tls, { config: { 'fetch.max.bytes': '1000', 'spoof.dns': 'true', kafka_version: '4.0.0' } }),
      ],
      [
        writing(LOGINS.tls, { config: { 'auto.offset.reset': 'earliest' } }),
        ["[test/totals] export 'totals' cannot be given the setting 'auto.offset.reset'"],
        writing(LOGINS.tls, { config: { 'linger.ms': '5' } }),
      ],
    ],
  },
  'singlestore-key-store': {
    remedy:
      "take the PEM keys of Strimzi's or cert-manager's Secrets, or convert it: keytool -importkeystore -srckeystore user.jks -destkeystore user.p12 -deststoretype PKCS12, then openssl pkcs12 -in user.p12 -clcerts -nokeys -out user.crt and openssl pkcs12 -in user.p12 -nocerts -noenc -out user.key",
    cases: [
      ...['user.jks', 'user.p12', 'client.keystore'].map((key): [Declare, string[], Declare] => [
        reading(keyStore(key)),
        [`[test/orders] pipeline 'orders' cannot read the key store my-tls:${key}`],
        reading(keyStore('tls.key')),
      ]),
      [
        reading({ ...LOGINS.tls, kafka: { trust: TrustedCertificates.fromSecret('company', 'ca.truststore') } }),
        ["[test/orders] pipeline 'orders' cannot read the key store company:ca.truststore"],
        reading(LOGINS.tls),
      ],
    ],
  },
  'singlestore-key-password': {
    remedy: 'leave keyPassword out, or connect with a certificate',
    cases: [
      [
        reading(LOGINS.plain, { keyPassword: SecretKey.existing('my-tls', 'passphrase') }),
        ["[test/orders] pipeline 'orders' has a keyPassword and no private key"],
        reading(LOGINS.mtls, { keyPassword: SecretKey.existing('my-tls', 'passphrase') }),
      ],
    ],
  },
  'singlestore-token-trust': {
    remedy: 'give trust for the token endpoint where the brokers have one, and for the brokers where it has',
    cases: [
      [
        reading(tokens(undefined)),
        [
          "[test/orders] pipeline 'orders' knows the brokers by company-ca:ca.crt alone, and would not know https://sso.example.com/token",
        ],
        reading(tokens(COMPANY)),
      ],
      [
        (chart) => {
          const login = tokens(COMPANY);
          pipeline(chart, cluster(chart), connect(chart, { ...login, kafka: { trust: undefined } }));
        },
        [
          "[test/orders] pipeline 'orders' knows https://sso.example.com/token by company-ca:ca.crt alone, and would not know the brokers",
        ],
        (chart) =>
          pipeline(chart, cluster(chart), connect(chart, { ...tokens(undefined), kafka: { trust: undefined } })),
      ],
    ],
  },
  'singlestore-cloud-file': {
    remedy: 'log in by SCRAM, PLAIN or OAUTHBEARER, or use a SingleStoreCluster',
    cases: [
      [
        reading(LOGINS.mtls, {}, cloud),
        [
          "[test/orders] pipeline 'orders': SingleStore workspace 'workspace' cannot be given my-tls:tls.crt",
          "[test/orders] pipeline 'orders': SingleStore workspace 'workspace' cannot be given my-tls:tls.key",
        ],
        reading(LOGINS.scram256, {}, cloud),
      ],
      [
        reading(LOGINS.kerberos, {}, cloud),
        [
          "[test/orders] pipeline 'orders': SingleStore workspace 'workspace' cannot be given etl-kerberos:user.keytab",
          "[test/orders] pipeline 'orders': SingleStore workspace 'workspace' cannot be given etl-kerberos:krb5.conf",
        ],
        reading(LOGINS.kerberos),
      ],
    ],
  },
});

describeRules(SINGLESTORE_PIPELINE_RULES, {
  'singlestore-columns': {
    remedy: "name them, such as PipelineFormat.json({ invoice: 'invoice_id' })",
    cases: [
      [
        reading(LOGINS.tls, { format: PipelineFormat.json({}) }),
        ["[test/orders] pipeline 'orders' fills no column"],
        reading(LOGINS.tls, { format: PipelineFormat.json({ record: '%' }) }),
      ],
    ],
  },
  'singlestore-batch-interval': {
    remedy: 'give batchInterval: Duration.seconds(1), for example',
    cases: [
      [
        reading(LOGINS.tls, { batchInterval: Duration.millis(0.5) }),
        ["[test/orders] pipeline 'orders' cannot pause for 0.5 milliseconds"],
        reading(LOGINS.tls, { batchInterval: Duration.millis(500) }),
      ],
    ],
  },
  'singlestore-group': {
    remedy: 'leave group out, or give it a name',
    cases: [
      [
        reading(LOGINS.tls, { group: '' }),
        ["[test/orders] pipeline 'orders' has a group without a name"],
        reading(LOGINS.tls, { group: 'watchers' }),
      ],
    ],
  },
});

describeRules(SINGLESTORE_EXPORT_RULES, {
  'singlestore-export-login': {
    remedy: 'connect it by plaintext, TLS, mutual TLS, SASL PLAIN, SASL SCRAM-SHA-256, SASL SCRAM-SHA-512, SASL GSSAPI',
    cases: [
      [
        writing(LOGINS.oauth),
        [
          "[test/totals] SingleStore export 'totals' cannot log in by SASL OAUTHBEARER: SELECT ... INTO KAFKA gets no tokens, only pipelines do",
        ],
        writing(LOGINS.scram512),
      ],
    ],
  },
  'singlestore-query': {
    remedy: "write it like 'SELECT TO_JSON(sales.*) FROM sales', without a semicolon at its end",
    cases: [
      ...['', 'DELETE FROM sales', 'SELECT 1; '].map((query): [Declare, string[], Declare] => [
        writing(LOGINS.tls, { query }),
        ["[test/totals] export 'totals' has no query that INTO could follow"],
        writing(LOGINS.tls, { query: "WITH s AS (SELECT ';') SELECT * FROM s" }),
      ]),
    ],
  },
});
