import { Chart } from 'cdk8s';
import {
  KafkaAuthorization,
  KafkaCluster,
  KafkaUser,
  ListenerAuthentication,
  OAuthClient,
  OAuthIssuer,
  SecretKey,
  UserAuthentication,
} from '../../lib';
import { UNUSED_USER_RULES } from '../../lib/checks/unused-user-rules';
import { describeRules } from '../support/rules';
import { clusterWithNode } from '../support/worlds';

const CLIENT = new OAuthClient({
  issuer: new OAuthIssuer({
    issuerUri: 'https://sso.example.com/realms/kafka',
    jwksEndpointUri: 'https://sso.example.com/keys',
    tokenEndpointUri: 'https://sso.example.com/token',
  }),
  clientId: 'etl',
  clientSecret: SecretKey.existing('etl', 'secret'),
  claims: { preferred_username: 'service-account-etl' },
});

const TLS = ListenerAuthentication.tls();
const SCRAM = ListenerAuthentication.scramSha512();

/** Declares the user `reader` in a cluster whose only listener knows clients by `listener`. */
function reader(listener: ListenerAuthentication, user: UserAuthentication, authorization?: KafkaAuthorization) {
  return (chart: Chart) => {
    const cluster = clusterWithNode(chart, { authorization });
    cluster.addListener('only', { port: 9093, authentication: listener });
    new KafkaUser(chart, 'reader', { cluster, authentication: user });
  };
}

describeRules(UNUSED_USER_RULES, {
  'user-without-listener': {
    remedy: 'add a listener with the user’s authentication, or give the user that of a listener',
    cases: [
      [
        reader(SCRAM, UserAuthentication.tls()),
        ["[test/reader] user 'reader' logs in with a certificate, which no listener of cluster 'my-cluster' takes"],
        reader(TLS, UserAuthentication.tls()),
      ],
      [
        reader(TLS, UserAuthentication.scramSha512()),
        ["[test/reader] user 'reader' logs in with SCRAM-SHA-512, which no listener of cluster 'my-cluster' takes"],
        reader(SCRAM, UserAuthentication.scramSha512()),
      ],
      [
        reader(SCRAM, UserAuthentication.tlsExternal()),
        ["[test/reader] user 'reader' logs in with a certificate, which no listener of cluster 'my-cluster' takes"],
        reader(SCRAM, UserAuthentication.none()),
      ],
      [
        reader(TLS, UserAuthentication.oauth(CLIENT)),
        [
          "[test/reader] user 'service-account-etl' logs in with OAuth tokens, which no listener of cluster 'my-cluster' takes",
        ],
        reader(
          ListenerAuthentication.oauth({ issuer: CLIENT.issuer, audience: 'kafka' }),
          UserAuthentication.oauth(CLIENT),
        ),
      ],
      [
        reader(ListenerAuthentication.none(), UserAuthentication.tls()),
        ["[test/reader] user 'reader' logs in with a certificate, which no listener of cluster 'my-cluster' takes"],
        reader(ListenerAuthentication.none(), UserAuthentication.tls(), KafkaAuthorization.none()),
      ],
      [
        reader(TLS, UserAuthentication.scramSha512()),
        ["[test/reader] user 'reader' logs in with SCRAM-SHA-512, which no listener of cluster 'my-cluster' takes"],
        (chart) => {
          const cluster = KafkaCluster.fromClusterName(chart, 'existing', { clusterName: 'existing' });
          new KafkaUser(chart, 'reader', { cluster, authentication: UserAuthentication.scramSha512() });
        },
      ],
    ],
  },
});
