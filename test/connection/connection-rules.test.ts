import { Chart } from 'cdk8s';
import {
  ClientCredentials,
  KafkaAuthorization,
  KafkaCluster,
  KafkaConnectionProps,
  KafkaListenerProps,
  KafkaUser,
  ListenerAuthentication,
  ListenerType,
  OAuthListenerProps,
  Principal,
  SecretKey,
  TrustedCertificates,
  UserAuthentication,
} from '../../lib';
import { CONNECTION_RULES } from '../../lib/connection/connection-rules';
import { Declare, describeRules } from '../support/rules';
import {
  COMPANY_CA,
  addListener,
  certificate,
  clusterWithNode,
  connect,
  issuer,
  listener,
  oauthClient,
  user,
} from '../support/worlds';

/** A client that connects as a user to the only listener of a cluster. */
const client =
  (
    listenerProps: Partial<KafkaListenerProps>,
    authentication?: UserAuthentication,
    props: Partial<KafkaConnectionProps> = {},
  ): Declare =>
  (chart) => {
    const to = listener(chart, listenerProps);
    connect(chart, { listener: to, user: authentication && user(to.cluster, authentication), ...props });
  };

const TLS = UserAuthentication.tls();
const SCRAM = UserAuthentication.scramSha512();
const scramListener = { authentication: ListenerAuthentication.scramSha512() };
const oauthListener = (props: Partial<OAuthListenerProps> = {}) => ({
  authentication: ListenerAuthentication.oauth({ issuer: issuer(), audience: 'kafka', ...props }),
});
const ofClient = (props = {}) => UserAuthentication.oauth(oauthClient(props));
const customListener = (
  sasl: boolean,
  listenerConfig: { [setting: string]: string },
  trustedClients?: TrustedCertificates,
) => ({
  authentication: ListenerAuthentication.custom({ sasl, listenerConfig, trustedClients }),
});
const PLAIN = {
  'sasl.enabled.mechanisms': 'PLAIN',
  'plain.sasl.jaas.config': 'org.apache.kafka.common.security.plain.PlainLoginModule required ;',
};
const KEY = SecretKey.existing('login', 'password');

/** A client in namespace `apps` of a cluster in namespace `flink`. */
const elsewhere = (props: Partial<KafkaConnectionProps>) =>
  client(scramListener, SCRAM, { namespace: 'apps', ...props });

/** A client without a user on a listener that asks for nothing. */
const anonymous =
  (
    authorization: KafkaAuthorization,
    config?: { [setting: string]: any },
    authentication = ListenerAuthentication.none(),
  ): Declare =>
  (chart) =>
    connect(chart, { listener: listener(chart, { authentication }, { authorization, config }) });

/** A user of one cluster at the listener of another. */
const ofCluster =
  (make: (chart: Chart, of: KafkaCluster) => KafkaUser): Declare =>
  (chart) => {
    const to = listener(chart);
    connect(chart, { listener: to, user: make(chart, to.cluster) });
  };

const NAMESPACE_REMEDY =
  'run the client there, or have the Secret copied and name the copy by trust: TrustedCertificates.fromSecret() and credentials: ClientCredentials...';

describeRules(CONNECTION_RULES, {
  'connection-address': {
    remedy: 'give the listener type an externalName (and for node ports a bootstrapNodePort) or a bootstrapHost',
    cases: [
      ...(
        [
          [ListenerType.nodePort(), ListenerType.nodePort({ externalName: 'n.example.com', bootstrapNodePort: 30000 })],
          [
            ListenerType.nodePort({ externalName: 'n.example.com' }),
            ListenerType.nodePort({ externalName: 'n.example.com', bootstrapNodePort: 30000 }),
          ],
          [
            ListenerType.nodePort({ bootstrapNodePort: 30000, advertisedHosts: { 0: 'n.example.com' } }),
            ListenerType.nodePort({ externalName: 'n.example.com', bootstrapNodePort: 30000 }),
          ],
          [ListenerType.loadBalancer(), ListenerType.loadBalancer({ externalName: 'lb.example.com' })],
          [ListenerType.route(), ListenerType.route({ bootstrapHost: 'kafka.example.com' })],
        ] as const
      ).map(([unknown, known]): [Declare, string[], Declare] => [
        client({ type: unknown }, TLS),
        ["[test/connection] the address of listener 'tls' is not known before it exists"],
        client({ type: known }, TLS),
      ]),
    ],
  },
  'connection-cluster': {
    remedy: 'make the user in the cluster of the listener',
    cases: [
      [
        ofCluster((chart) => {
          const other = clusterWithNode(chart, { clusterName: 'other' });
          addListener(other);
          return user(other);
        }),
        ["[test/connection] listener 'tls' is of cluster 'my-cluster', user 'my-user' of 'other'"],
        ofCluster((_, of) => user(of)),
      ],
      [
        ofCluster((chart) => {
          const cluster = KafkaCluster.fromClusterName(chart, 'other', {
            clusterName: 'my-cluster',
            namespace: 'other',
          });
          return new KafkaUser(chart, 'my-user', { cluster, authentication: TLS });
        }),
        ["[test/connection] listener 'tls' is of cluster 'my-cluster', user 'my-user' of 'my-cluster'"],
        ofCluster((chart) => {
          const cluster = KafkaCluster.fromClusterName(chart, 'same', { clusterName: 'my-cluster' });
          return new KafkaUser(chart, 'my-user', { cluster, authentication: TLS });
        }),
      ],
    ],
  },
  'connection-namespace': {
    remedy: NAMESPACE_REMEDY,
    cases: [
      [
        elsewhere({}),
        [
          "[test/connection] a client in namespace 'apps' cannot mount flink/my-cluster-cluster-ca-cert:*.crt",
          "[test/connection] a client in namespace 'apps' cannot mount flink/my-user:password",
        ],
        elsewhere({
          trust: TrustedCertificates.fromSecret('copied-ca', 'ca.crt'),
          credentials: ClientCredentials.scramSha512('my-user', KEY),
        }),
      ],
      [
        client({}, TLS, { namespace: 'apps', trust: COMPANY_CA }),
        [
          "[test/connection] a client in namespace 'apps' cannot mount flink/my-user:user.crt",
          "[test/connection] a client in namespace 'apps' cannot mount flink/my-user:user.key",
        ],
        client({}, TLS, { namespace: 'flink', trust: COMPANY_CA }),
      ],
      [
        client(oauthListener(), ofClient(inNamespace('sso')), { trust: COMPANY_CA }),
        [
          "[test/connection] a client in namespace 'flink' cannot mount sso/etl-client:secret",
          "[test/connection] a client in namespace 'flink' cannot mount sso/sso-ca:ca.crt",
        ],
        client(oauthListener(), ofClient(inNamespace('flink')), { trust: COMPANY_CA }),
      ],
    ],
  },
  'connection-credentials': {
    remedy: 'connect the user to a listener that fits, or give the user another authentication',
    cases: [
      [
        client({}, SCRAM),
        ["[test/connection] user 'my-user' cannot log in to listener 'tls': it asks for a certificate"],
        client({}, TLS),
      ],
      [
        client({}),
        ["[test/connection] a client without a user cannot log in to listener 'tls': it asks for a certificate"],
        client({}, undefined, { credentials: ClientCredentials.certificate(ofClientsCa()) }),
      ],
      [
        client({}, UserAuthentication.tlsExternal(certificate())),
        [
          "[test/connection] user 'my-user' cannot log in to listener 'tls': it accepts certificates of flink/my-cluster-clients-ca-cert:*.crt, not of company-ca:ca.crt",
        ],
        client(customListener(false, {}, COMPANY_CA), UserAuthentication.tlsExternal(certificate())),
      ],
      [
        client(scramListener, TLS),
        [
          "[test/connection] user 'my-user' cannot log in to listener 'tls': it asks for SCRAM-SHA-512, not for what the client has",
        ],
        client(scramListener, SCRAM),
      ],
      [
        client(scramListener, undefined, { credentials: ClientCredentials.plain('my-user', KEY) }),
        [
          "[test/connection] a client without a user cannot log in to listener 'tls': it asks for SCRAM-SHA-512, not for PLAIN",
        ],
        client(scramListener, undefined, { credentials: ClientCredentials.scramSha512('my-user', KEY) }),
      ],
      [
        client(scramListener, SCRAM, { credentials: ClientCredentials.scramSha512('other', KEY) }),
        ["[test/connection] user 'my-user' cannot log in to listener 'tls': its credentials are those of 'other'"],
        client(scramListener, SCRAM, { credentials: ClientCredentials.scramSha512('my-user', KEY) }),
      ],
      [
        client(customListener(false, {}, COMPANY_CA), UserAuthentication.tlsExternal(), {
          credentials: ClientCredentials.certificate(certificate({ commonName: 'other' })),
        }),
        ["[test/connection] user 'my-user' cannot log in to listener 'tls': its credentials are those of 'other'"],
        client(customListener(false, {}, COMPANY_CA), UserAuthentication.tlsExternal(), {
          credentials: ClientCredentials.certificate(certificate()),
        }),
      ],
      [
        client(oauthListener(), SCRAM),
        [
          "[test/connection] user 'my-user' cannot log in to listener 'tls': it asks for OAUTHBEARER, not for SCRAM-SHA-512",
        ],
        client(oauthListener(), ofClient()),
      ],
      [
        client(oauthListener(), ofClient(), { credentials: ClientCredentials.plain('etl', KEY) }),
        [
          "[test/connection] user 'service-account-etl' cannot log in to listener 'tls': it asks for OAUTHBEARER, not for PLAIN",
        ],
        client(oauthListener({ oauthOverPlain: true }), ofClient(), {
          credentials: ClientCredentials.plain('etl', KEY),
        }),
      ],
      [
        client(oauthListener(), ofClient({ issuer: issuer({ issuerUri: 'https://other' }) })),
        [
          "[test/connection] user 'service-account-etl' cannot log in to listener 'tls': it accepts tokens of https://sso.example.com/realms/kafka, not of https://other",
        ],
        client(
          oauthListener({ issuer: issuer({ issuerUri: 'https://other' }) }),
          ofClient({ issuer: issuer({ issuerUri: 'https://other' }) }),
        ),
      ],
      [
        client(oauthListener(), ofClient({ audiences: ['account', 'registry'] })),
        [
          "[test/connection] user 'service-account-etl' cannot log in to listener 'tls': it accepts tokens for 'kafka', not for 'account', 'registry'",
        ],
        client(oauthListener({ audience: undefined, acceptAnyAudience: true }), ofClient({ audiences: ['account'] })),
      ],
      [
        client(oauthListener(), ofClient({ audiences: [] })),
        [
          "[test/connection] user 'service-account-etl' cannot log in to listener 'tls': it accepts tokens for 'kafka', not for nobody",
        ],
        client(oauthListener(), ofClient({ audiences: ['account', 'kafka'] })),
      ],
      [
        client(oauthListener({ usernameClaim: 'azp' }), ofClient()),
        [
          "[test/connection] user 'service-account-etl' cannot log in to listener 'tls': it reads the name from azp, which does not say 'service-account-etl'",
        ],
        client(
          oauthListener({ usernameClaim: 'azp' }),
          UserAuthentication.oauth(oauthClient({ claims: undefined }), 'azp'),
        ),
      ],
      [
        client({ authentication: ListenerAuthentication.none() }, TLS),
        [
          "[test/connection] user 'my-user' cannot log in to listener 'tls': it asks for no credentials, and would know the client as ANONYMOUS",
        ],
        anonymous(KafkaAuthorization.none()),
      ],
      [
        client(customListener(false, {}), TLS),
        [
          "[test/connection] user 'my-user' cannot log in to listener 'tls': it asks for no credentials, and would know the client as ANONYMOUS",
        ],
        client(customListener(false, { 'ssl.client.auth': 'requested' }), TLS),
      ],
      [
        client(customListener(true, { ...PLAIN, 'ssl.client.auth': 'required' }), undefined, {
          credentials: ClientCredentials.plain('my-user', KEY),
        }),
        [
          "[test/connection] a client without a user cannot log in to listener 'tls': it asks for a certificate as well",
        ],
        client(customListener(true, { ...PLAIN, 'ssl.client.auth': 'requested' }), undefined, {
          credentials: ClientCredentials.plain('my-user', KEY),
        }),
      ],
    ],
  },
  'connection-anonymous': {
    remedy:
      'connect as a user to a listener with authentication, or give the cluster authorization: KafkaAuthorization.none()',
    cases: [
      ...[
        anonymous(KafkaAuthorization.none()),
        anonymous(KafkaAuthorization.simple({ superUsers: [Principal.ANONYMOUS] })),
        anonymous(KafkaAuthorization.simple(), { 'allow.everyone.if.no.acl.found': true }),
      ].map((passes): [Declare, string[], Declare] => [
        anonymous(KafkaAuthorization.simple()),
        ["[test/connection] a client of listener 'tls' is ANONYMOUS, and cluster 'my-cluster' lets it do nothing"],
        passes,
      ]),
      ...[undefined, { 'ssl.client.auth': 'requested' }].map((listenerConfig): [Declare, string[], Declare] => [
        anonymous(KafkaAuthorization.simple(), {}, ListenerAuthentication.custom({ sasl: false, listenerConfig })),
        ["[test/connection] a client of listener 'tls' is ANONYMOUS, and cluster 'my-cluster' lets it do nothing"],
        client(customListener(false, { 'ssl.client.auth': 'required' }), TLS),
      ]),
    ],
  },
});

function inNamespace(namespace: string) {
  return {
    clientSecret: SecretKey.existing('etl-client', 'secret', { namespace }),
    issuer: issuer({ trust: TrustedCertificates.fromSecret('sso-ca', 'ca.crt', { namespace }) }),
  };
}

/** A certificate of the clients CA that this app does not make itself. */
function ofClientsCa() {
  return certificate({
    issuer: TrustedCertificates.allFromSecret('my-cluster-clients-ca-cert', { namespace: 'flink' }),
  });
}
