import { Duration } from 'cdk8s';
import {
  AclOperation,
  AclPermission,
  AclResource,
  AclRule,
  KafkaAuthorization,
  KafkaClusterProps,
  KafkaUser,
  KafkaUserProps,
  KafkaUserQuotas,
  ListenerAuthentication,
  OAuthClientProps,
  SecretKey,
  UserAuthentication,
} from '../../lib';
import { KAFKA_USER_RULES } from '../../lib/strimzi/kafka-user-rules';
import { Declare, describeRules } from '../support/rules';
import { addListener, certificate, clusterWithNode, issuer, oauthClient } from '../support/worlds';

/** A user of a cluster with one node and a listener that takes the user's authentication. */
const user =
  (props: Partial<KafkaUserProps> = {}, acls: readonly AclRule[] = [], clusterProps: KafkaClusterProps = {}): Declare =>
  (chart) => {
    const cluster = clusterWithNode(chart, clusterProps);
    const authentication = props.authentication ?? UserAuthentication.tls();
    addListener(cluster, { authentication: LISTENERS[authentication._details.kind] });
    const made = new KafkaUser(chart, 'my-user', { cluster, authentication, ...props });
    acls.forEach((acl) => made.addAcl(acl));
  };
const LISTENERS = {
  tls: ListenerAuthentication.tls(),
  tlsExternal: ListenerAuthentication.tls(),
  scramSha512: ListenerAuthentication.scramSha512(),
  oauth: ListenerAuthentication.oauth({ issuer: issuer(), audience: 'kafka' }),
  none: ListenerAuthentication.tls(),
};

const named = (userName: string, authentication = UserAuthentication.scramSha512()) =>
  user({ userName, authentication });
const ofClient = (props: Partial<OAuthClientProps>, userName?: string) =>
  user({ authentication: UserAuthentication.oauth(oauthClient(props)), userName });
const withPassword = (password: SecretKey) => user({ authentication: UserAuthentication.scramSha512({ password }) });
const withQuotas = (quotas: KafkaUserQuotas) => user({ quotas });
const valid = (validity?: Duration, renewal?: Duration) =>
  user({ authentication: UserAuthentication.tls({ validity, renewal }) });
const acl = (resource: AclResource, ...operations: AclOperation[]): AclRule => ({ resource, operations });
const deny = (resource: AclResource, ...operations: AclOperation[]): AclRule => ({
  resource,
  operations,
  permission: AclPermission.DENY,
});
const withAcls = (...acls: AclRule[]) => user({}, acls);

const { READ, WRITE, CREATE, DELETE, ALTER, ALL, CLUSTER_ACTION, IDEMPOTENT_WRITE } = AclOperation;
const topic = (name: string) => AclResource.topic(name);
const topicPrefix = (name: string) => AclResource.topicPrefix(name);
const group = (name: string) => AclResource.group(name);
const groupPrefix = (name: string) => AclResource.groupPrefix(name);
const transactionalId = (name: string) => AclResource.transactionalId(name);
const cluster = () => AclResource.cluster();

describeRules(KAFKA_USER_RULES, {
  'user-name': {
    remedy: 'use lower-case letters, digits, dashes and dots; for OAuth principals choose a claim whose values are so',
    cases: [
      ...['My-User', 'my_user', 'me@example.com', 'ANONYMOUS', 'CN=my-user', '', 'u'.repeat(254)].map(
        (name): [Declare, string[], Declare] => [
          named(name),
          [`[test/my-user] no KafkaUser can be named '${name}'`],
          named('u'.repeat(253)),
        ],
      ),
      [
        ofClient({ claims: { preferred_username: 'Service_Account' } }),
        ["[test/my-user] no KafkaUser can be named 'Service_Account'"],
        ofClient({ claims: { preferred_username: 'service-account' } }),
      ],
      ...[UserAuthentication.tls(), UserAuthentication.tlsExternal()].map(
        (authentication): [Declare, string[], Declare] => [
          named('u'.repeat(65), authentication),
          ['[test/my-user] the certificate of a user cannot have a common name of 65 characters'],
          named('u'.repeat(64), authentication),
        ],
      ),
      [
        user({}, [], { entityOperator: { userSecretPrefix: 'Secret_' } }),
        ["[test/my-user] the Secret of user 'my-user' cannot be named 'Secret_my-user'"],
        user({}, [], { entityOperator: { userSecretPrefix: 'secret-' } }),
      ],
    ],
  },
  'user-operator': {
    remedy: 'leave entityOperator.userOperator at true',
    cases: [
      [
        user({}, [], { entityOperator: { userOperator: false } }),
        ["[test/my-user] cluster 'my-cluster' has no User Operator for user 'my-user'"],
        user({}, [], { entityOperator: { topicOperator: false } }),
      ],
    ],
  },
  'user-principal': {
    remedy: 'leave userName out, and choose a usernameClaim that the tokens have',
    cases: [
      [
        ofClient({}, 'etl'),
        ["[test/my-user] the user 'etl' is to stand for the principal 'service-account-etl'"],
        ofClient({}, 'service-account-etl'),
      ],
      [
        ofClient({ claims: undefined }),
        ["[test/my-user] the tokens of client 'etl' have no preferred_username"],
        user({ authentication: UserAuthentication.oauth(oauthClient({ claims: undefined }), 'azp') }),
      ],
    ],
  },
  'user-certificate-subject': {
    remedy: 'issue it with the user’s name for a common name and nothing else in the subject',
    cases: [
      [
        user({ authentication: UserAuthentication.tlsExternal(certificate({ commonName: 'other' })) }),
        ["[test/my-user] the certificate of user 'my-user' is for 'other'"],
        user({ authentication: UserAuthentication.tlsExternal(certificate({ commonName: 'my-user' })) }),
      ],
    ],
  },
  'user-certificate-days': {
    remedy: 'give both or neither, renewal shorter than validity',
    cases: [
      [
        valid(Duration.days(10)),
        ["[test/my-user] user 'my-user' has only one of validity and renewal"],
        valid(Duration.days(10), Duration.days(9)),
      ],
      [
        valid(undefined, Duration.days(10)),
        ["[test/my-user] user 'my-user' has only one of validity and renewal"],
        valid(),
      ],
      [
        valid(Duration.days(10), Duration.days(10)),
        ["[test/my-user] the certificate of user 'my-user' is renewed 10 days before its end after 10 days"],
        valid(Duration.days(2), Duration.days(1)),
      ],
      [
        valid(Duration.hours(60), Duration.days(0)),
        [
          "[test/my-user] the certificate of user 'my-user' cannot count 2.5 days",
          "[test/my-user] the certificate of user 'my-user' cannot count 0 days",
        ],
        valid(Duration.hours(48), Duration.hours(24)),
      ],
    ],
  },
  'user-password-secret': {
    remedy: "name both, and a Secret of its own: SecretKey.existing('my-password', 'password')",
    cases: [
      [
        withPassword(SecretKey.existing('', 'password')),
        ["[test/my-user] the password of user 'my-user' is in no key of a Secret"],
        withPassword(SecretKey.existing('my-password', 'password')),
      ],
      [
        withPassword(SecretKey.existing('my-password', '')),
        ["[test/my-user] the password of user 'my-user' is in no key of a Secret"],
        withPassword(SecretKey.existing('my-password', 'p')),
      ],
      [
        withPassword(SecretKey.existing('my-user', 'password')),
        ["[test/my-user] the password of user 'my-user' is in Secret my-user, which Strimzi writes"],
        user(
          { authentication: UserAuthentication.scramSha512({ password: SecretKey.existing('my-user', 'password') }) },
          [],
          { entityOperator: { userSecretPrefix: 'kafka-' } },
        ),
      ],
    ],
  },
  'user-password-namespace': {
    remedy: 'put the Secret into the namespace of the Kafka cluster',
    cases: [
      [
        withPassword(SecretKey.existing('my-password', 'password', { namespace: 'vault' })),
        ["[test/my-user] the password of user 'my-user' is in namespace vault, the cluster in flink"],
        withPassword(SecretKey.existing('my-password', 'password', { namespace: 'flink' })),
      ],
    ],
  },
  'user-acls-without-authorizer': {
    remedy: 'give the cluster authorization: KafkaAuthorization.simple(), or grant nothing',
    cases: [
      [
        user({}, [acl(topic('a'), READ)], { authorization: KafkaAuthorization.none() }),
        ["[test/my-user] user 'my-user' has rights that cluster 'my-cluster' does not check"],
        user({}, [], { authorization: KafkaAuthorization.none() }),
      ],
      [
        user({}, [acl(topic('a'), READ)], { authorization: KafkaAuthorization.custom({ authorizerClass: 'a.B' }) }),
        ["[test/my-user] user 'my-user' has rights that cluster 'my-cluster' does not check"],
        user({}, [acl(topic('a'), READ)], {
          authorization: KafkaAuthorization.custom({ authorizerClass: 'a.B', supportsAdminApi: true }),
        }),
      ],
    ],
  },
  'acl-operations': {
    remedy: 'name at least one operation that fits: Read, Write, Create, Describe ... for topics',
    cases: [
      [
        withAcls(acl(topic('a'))),
        ["[test/my-user] user 'my-user' may do nothing on topic a"],
        withAcls(acl(topic('a'), ALL)),
      ],
      [
        withAcls(acl(topic('a'), CLUSTER_ACTION)),
        ['[test/my-user] nobody can ClusterAction on topic a'],
        withAcls(acl(cluster(), CLUSTER_ACTION, IDEMPOTENT_WRITE)),
      ],
      [
        withAcls(acl(groupPrefix('g'), WRITE)),
        ['[test/my-user] nobody can Write on group g*'],
        withAcls(acl(groupPrefix('g'), READ, DELETE)),
      ],
      [
        withAcls(acl(transactionalId('t'), READ, CREATE)),
        [
          '[test/my-user] nobody can Read on transactionalId t',
          '[test/my-user] nobody can Create on transactionalId t',
        ],
        withAcls(acl(transactionalId('t'), WRITE)),
      ],
      [
        withAcls(acl(cluster(), READ)),
        ['[test/my-user] nobody can Read on cluster'],
        withAcls(acl(cluster(), CREATE, ALTER)),
      ],
    ],
  },
  'acl-shadowed': {
    remedy: 'remove the right, or narrow the denial',
    cases: [
      [
        withAcls(acl(topic('a.b'), READ, WRITE), deny(topicPrefix('a.'), WRITE)),
        ["[test/my-user] user 'my-user' may Write on topic a.b, and is denied it"],
        withAcls(acl(topicPrefix('a.'), READ, WRITE), deny(topic('a.b'), WRITE)),
      ],
      [
        withAcls(acl(topic('a'), READ), deny(topic('a'), ALL)),
        ["[test/my-user] user 'my-user' may Read on topic a, and is denied it"],
        withAcls(acl(topic('a'), READ), { ...deny(topic('a'), ALL), host: '10.0.0.7' }),
      ],
    ],
  },
  'acl-host': {
    remedy: "give an IP address such as '10.0.0.7', or leave host out",
    cases: [
      ...['client.example.com', '10.0.0.0/8', ''].map((host): [Declare, string[], Declare] => [
        withAcls({ ...acl(topic('a'), READ), host }),
        [`[test/my-user] the right of user 'my-user' on topic a is for the host '${host}'`],
        withAcls({ ...acl(topic('a'), READ), host: '10.0.0.7' }, { ...acl(topic('b'), READ), host: '2001:db8::1' }),
      ]),
    ],
  },
  'acl-resource-name': {
    remedy:
      'name the resource; for all that begin alike give the prefix without *, for all of them AclResource.topic("*")',
    cases: [
      [
        withAcls(acl(topic(''), READ)),
        ["[test/my-user] a right of user 'my-user' is on a topic without a name"],
        withAcls(acl(topic('*'), READ)),
      ],
      [
        withAcls(acl(groupPrefix(''), READ)),
        ["[test/my-user] a right of user 'my-user' is on a group without a name"],
        withAcls(acl(group('*'), READ)),
      ],
      [
        withAcls(acl(topicPrefix('cdc.*'), READ)),
        ["[test/my-user] user 'my-user' has a right on the prefix 'cdc.*'"],
        withAcls(acl(topicPrefix('cdc.'), READ)),
      ],
    ],
  },
  'user-quotas': {
    remedy: 'give whole bytes per second and per cent',
    cases: [
      ...(['producerByteRate', 'consumerByteRate', 'requestPercentage'] as const).flatMap((quota) =>
        [-1, 0.5, NaN].map((value): [Declare, string[], Declare] => [
          withQuotas({ [quota]: value }),
          [`[test/my-user] ${quota} of user 'my-user' cannot be ${value}`],
          withQuotas({ [quota]: 0 }),
        ]),
      ),
      ...[-0.1, Infinity].map((value): [Declare, string[], Declare] => [
        withQuotas({ controllerMutationRate: value }),
        [`[test/my-user] controllerMutationRate of user 'my-user' cannot be ${value}`],
        withQuotas({ controllerMutationRate: 0.5 }),
      ]),
    ],
  },
});
