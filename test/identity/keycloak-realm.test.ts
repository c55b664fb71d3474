import { Chart, Duration } from 'cdk8s';
import {
  ClientCredentials,
  ConsumerGroup,
  IOAuthIssuer,
  KafkaAuthorization,
  KafkaCluster,
  KafkaClusterProps,
  KafkaConnection,
  KafkaNodeRole,
  KafkaStorage,
  KafkaTopic,
  KafkaUser,
  KeycloakClient,
  KeycloakClientProps,
  KeycloakRealm,
  KeycloakRealmProps,
  ListenerAuthentication,
  OAuthIssuer,
  SecretKey,
  UserAuthentication,
} from '../../lib';
import { keycloak, realm } from '../support/identity';
import { faults, find, synth } from '../support/synth';

const CLIENT: KeycloakClientProps = { secret: SecretKey.existing('etl-login', 'clientSecret'), audiences: ['kafka'] };

const importOf = (
  build: (kafka: KeycloakRealm) => void,
  props: (chart: Chart) => Partial<KeycloakRealmProps> = () => ({}),
) =>
  find(
    synth((chart) => build(realm(chart, props(chart)))),
    'KeycloakRealmImport',
  );

const client = (id: string, props: Partial<KeycloakClientProps> = {}): KeycloakClient => {
  let made: KeycloakClient | undefined;
  synth((chart) => {
    made = realm(chart).addClient(id, { ...CLIENT, ...props });
  });
  return made as KeycloakClient;
};

describe('KeycloakRealm', () => {
  test('is imported into its Keycloak, short-lived tokens and TLS for all', () => {
    const { metadata, spec } = importOf(() => undefined);
    expect(metadata).toEqual({ name: 'kafka', namespace: 'flink' });
    expect(spec).toEqual({
      keycloakCRName: 'sso',
      resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '2', memory: '2Gi' } },
      realm: { realm: 'kafka', enabled: true, sslRequired: 'all', accessTokenLifespan: 300, clients: [] },
    });
  });

  test('says once where brokers and clients find what they need', () => {
    synth((chart) =>
      expect(realm(chart)).toMatchObject({
        issuerUri: 'https://sso-service.flink.svc:8443/realms/kafka',
        jwksEndpointUri: 'https://sso-service.flink.svc:8443/realms/kafka/protocol/openid-connect/certs',
        tokenEndpointUri: 'https://sso-service.flink.svc:8443/realms/kafka/protocol/openid-connect/token',
        introspectionEndpointUri:
          'https://sso-service.flink.svc:8443/realms/kafka/protocol/openid-connect/token/introspect',
        trust: { secretName: 'company-ca', key: 'ca.crt' },
      }),
    );
  });

  test('is the issuer by its hostname, and is asked for tokens at its Service', () => {
    synth((chart) =>
      expect(realm(chart, { keycloak: keycloak(chart, { hostname: 'https://sso.example.com' }) })).toMatchObject({
        issuerUri: 'https://sso.example.com/realms/kafka',
        tokenEndpointUri: 'https://sso-service.flink.svc:8443/realms/kafka/protocol/openid-connect/token',
      }),
    );
  });

  test('may have a name that no resource can have', () => {
    const { metadata, spec } = importOf(
      () => undefined,
      () => ({ realmName: 'Data_Team' }),
    );
    expect(metadata.name).toBe('data-team');
    expect(spec.realm.realm).toBe('Data_Team');
  });

  test('has what else the user wants in it, with secrets by placeholders', () => {
    const { spec } = importOf(
      () => undefined,
      () => ({
        placeholders: { SMTP_PASSWORD: SecretKey.existing('mail', 'pass') },
        additional: { smtpServer: { host: 'mail.example.com', password: '${SMTP_PASSWORD}' } },
      }),
    );
    expect(spec.placeholders).toEqual({ SMTP_PASSWORD: { secret: { name: 'mail', key: 'pass' } } });
    expect(spec.realm.smtpServer.password).toBe('${SMTP_PASSWORD}');
  });
});

describe('KeycloakClient', () => {
  test('logs in by itself and in no other way, for its audience only', () => {
    const { spec } = importOf((kafka) => void kafka.addClient('etl', CLIENT));
    expect(spec.realm.clients).toEqual([
      {
        clientId: 'etl',
        enabled: true,
        protocol: 'openid-connect',
        publicClient: false,
        clientAuthenticatorType: 'client-secret',
        secret: '${CLIENT_SECRET_ETL}',
        serviceAccountsEnabled: true,
        standardFlowEnabled: false,
        implicitFlowEnabled: false,
        directAccessGrantsEnabled: false,
        fullScopeAllowed: false,
        protocolMappers: [
          {
            name: 'audience-kafka',
            protocol: 'openid-connect',
            protocolMapper: 'oidc-audience-mapper',
            config: { 'included.custom.audience': 'kafka', 'access.token.claim': 'true', 'id.token.claim': 'false' },
          },
        ],
      },
    ]);
    expect(spec.placeholders).toEqual({ CLIENT_SECRET_ETL: { secret: { name: 'etl-login', key: 'clientSecret' } } });
  });

  test('has a placeholder of its own, even beside a client whose id reads alike', () => {
    const { spec } = importOf((kafka) => {
      kafka.addClient('my-app', { ...CLIENT, secret: SecretKey.existing('one', 'secret') });
      kafka.addClient('my.app', { ...CLIENT, secret: SecretKey.existing('two', 'secret') });
    });
    const secretOf = ({ secret }: { secret: string }) => spec.placeholders[secret.replace(/[${}]/g, '')].secret.name;
    expect(spec.realm.clients.map(secretOf)).toEqual(['one', 'two']);
  });

  test('may have tokens of another life span, and further mappers and attributes', () => {
    const groups = { name: 'groups', protocol: 'openid-connect', protocolMapper: 'oidc-group-membership-mapper' };
    const additional = { description: 'copies records', attributes: { owner: 'data' }, protocolMappers: [groups] };
    const { spec } = importOf(
      (kafka) => void kafka.addClient('etl', { ...CLIENT, accessTokenLifespan: Duration.minutes(1), additional }),
    );
    expect(spec.realm.clients[0]).toMatchObject({
      description: 'copies records',
      attributes: { 'access.token.lifespan': '60', owner: 'data' },
      protocolMappers: [{ name: 'audience-kafka' }, groups],
    });
  });

  test.each([
    ['preferred_username', 'service-account-my-client'],
    ['azp', 'My-Client'],
    ['client_id', 'My-Client'],
    ['sub', undefined],
  ])('is known to brokers by %s as %s', (claim, name) => {
    expect(client('My-Client').principalFor(claim)?.name).toBe(name);
  });
});

describe('an environment with OAuth', () => {
  const kafkaWith = (chart: Chart, issuer: IOAuthIssuer, props: KafkaClusterProps = {}) => {
    const cluster = new KafkaCluster(chart, 'events', props);
    const roles = [KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER];
    cluster.addNodePool('all', { roles, replicas: 1, storage: KafkaStorage.ephemeral() });
    const authentication = ListenerAuthentication.oauth({ issuer, audience: 'kafka' });
    return { cluster, listener: cluster.addListener('oauth', { port: 9094, authentication }) };
  };

  const environment = (chart: Chart) => {
    const kafka = realm(chart);
    const etl = kafka.addClient('etl', CLIENT);
    const { cluster, listener } = kafkaWith(chart, kafka);
    const user = new KafkaUser(chart, 'etl', { cluster, authentication: UserAuthentication.oauth(etl) });
    new KafkaTopic(chart, 'sales', { cluster }).grantConsume(user, ConsumerGroup.literal('etl'));
    return new KafkaConnection(chart, 'connection', { listener, user });
  };

  test('gives rights to the service account of the client', () => {
    const user = find(
      synth((chart) => void environment(chart)),
      'KafkaUser',
    );
    expect(user.metadata.name).toBe('service-account-etl');
  });

  const brokers = {
    podSelector: {
      matchLabels: { 'strimzi.io/cluster': 'events', 'strimzi.io/kind': 'Kafka', 'strimzi.io/name': 'events-kafka' },
    },
  };

  test('lets brokers and clients reach Keycloak, and nobody else', () => {
    const objects = synth((chart) => environment(chart).allowFromPods({ app: 'job' }));
    const job = { podSelector: { matchLabels: { app: 'job' } } };
    expect(find(objects, 'Keycloak').spec.networkPolicy.https).toEqual([brokers, job]);
    expect(find(objects, 'Kafka').spec.kafka.listeners[0].networkPolicyPeers).toEqual([job]);
  });

  test('lets brokers reach the Keycloak that decides on rights', () => {
    const uri = 'https://other.example.com';
    const other = new OAuthIssuer({
      issuerUri: uri,
      jwksEndpointUri: `${uri}/certs`,
      tokenEndpointUri: `${uri}/token`,
    });
    const objects = synth((chart) => {
      const authorization = KafkaAuthorization.keycloak({ issuer: realm(chart), clientId: 'kafka' });
      kafkaWith(chart, other, { authorization });
    });
    expect(find(objects, 'Keycloak').spec.networkPolicy.https).toEqual([brokers]);
  });

  test('lets brokers and clients of other namespaces reach Keycloak', () => {
    const objects = synth((chart) => realm(chart).allowFromPods({ app: 'job' }, 'jobs'));
    expect(find(objects, 'Keycloak').spec.networkPolicy.https).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'jobs' } },
        podSelector: { matchLabels: { app: 'job' } },
      },
    ]);
  });

  test('connects with the credentials of the client', () => {
    synth((chart) => {
      const { credentials } = environment(chart);
      expect(credentials).toEqual(
        ClientCredentials.oauth({
          clientId: 'etl',
          clientSecret: CLIENT.secret,
          tokenEndpointUri: 'https://sso-service.flink.svc:8443/realms/kafka/protocol/openid-connect/token',
          trust: expect.objectContaining({ secretName: 'company-ca' }),
        }),
      );
    });
  });

  test('has no Secret and no secret value in its objects', () => {
    const objects = synth((chart) => void environment(chart));
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const { spec } = find(objects, 'KeycloakRealmImport');
    const used = [...JSON.stringify(spec.realm).matchAll(/"(?:secret|password)":"([^"]*)"/g)].map(([, value]) => value);
    expect(used).toEqual(Object.keys(spec.placeholders).map((name) => `\${${name}}`));
  });
});

describe('rules of KeycloakRealm', () => {
  type Case = [string, string[], Partial<KeycloakRealmProps>, ((kafka: KeycloakRealm) => void)?];

  const SHORT = 'give accessTokenLifespan: Duration.minutes(5) (realm-token-lifespan)';
  const FIELD = 'remove the field, or patch apiObject if you know better (realm-fields)';
  const LITERAL =
    'write ${NAME}, and give placeholders: { NAME: SecretKey.existing(secret, key) } (realm-literal-secret)';
  const PLAIN = 'use at most 239 letters, digits, dots, dashes and underscores (realm-client-id)';
  const UNLIKE = 'choose ids that differ by more than capitals (realm-client-twice)';
  const AUDIENCE = "give audiences: ['kafka'], each name once (realm-client-audience)";
  const NAMES =
    "use letters, digits, dots, dashes and underscores, such as 'kafka'; master exists already (realm-name)";
  const VARIABLES =
    'use capitals, digits and underscores, and begin neither with KC_ nor with CLIENT_SECRET_ (realm-placeholder-name)';
  const key = SecretKey.existing('mail', 'pass');

  const cases: Case[] = [
    ['realm-name', [`no realm can be named 'my realm'; ${NAMES}`], { realmName: 'my realm' }],
    ['realm-name', [`no realm can be named 'a/b'; ${NAMES}`], { realmName: 'a/b' }],
    ['realm-name', [`no realm can be named 'master'; ${NAMES}`], { realmName: 'master' }],
    [
      'realm-resource-name',
      [
        "no KeycloakRealmImport can be named 'My_Realm'; give resourceName: at most 63 lower-case letters, digits and dashes (realm-resource-name)",
      ],
      { resourceName: 'My_Realm' },
    ],
    [
      'realm-token-lifespan',
      [
        `tokens of realm 'kafka' cannot be valid for 7200 seconds; ${SHORT}`,
        `tokens of client 'etl' cannot be valid for 1.5 seconds; ${SHORT}`,
      ],
      { accessTokenLifespan: Duration.hours(2) },
      (kafka) => void kafka.addClient('etl', { ...CLIENT, accessTokenLifespan: Duration.millis(1500) }),
    ],
    [
      'realm-token-lifespan',
      [`tokens of realm 'kafka' cannot be valid for 0 seconds; ${SHORT}`],
      { accessTokenLifespan: Duration.seconds(0) },
    ],
    [
      'realm-fields',
      [`realm 'kafka' sets clientScopes; ${FIELD}`, `client 'etl' sets defaultClientScopes; ${FIELD}`],
      { additional: { clientScopes: [] } },
      (kafka) => void kafka.addClient('etl', { ...CLIENT, additional: { defaultClientScopes: ['basic'] } }),
    ],
    [
      'realm-literal-secret',
      [
        `realm 'kafka' has a literal value at realm.smtpServer.password; ${LITERAL}`,
        `realm 'kafka' has a literal value at realm.users[0].credentials[0].value; ${LITERAL}`,
        `realm 'kafka' has a literal value at realm.components.ldap[0].config.bindCredential; ${LITERAL}`,
      ],
      {
        additional: {
          smtpServer: { password: 'planted' },
          users: [{ username: 'ann', credentials: [{ type: 'password', value: 'planted' }] }],
          components: { ldap: [{ config: { bindCredential: ['planted'] } }] },
        },
      },
    ],
    [
      'realm-placeholders',
      [
        "realm 'kafka' speaks of ${SMTP}, which has no Secret key; give placeholders: { NAME: SecretKey.existing(secret, key) }, or remove the ${...} (realm-placeholders)",
      ],
      { additional: { smtpServer: { password: '${SMTP}' }, displayName: 'again ${SMTP}' } },
    ],
    [
      'realm-placeholder-name',
      [
        `realm 'kafka' cannot have a placeholder smtp; ${VARIABLES}`,
        `realm 'kafka' cannot have a placeholder KC_DB_PASSWORD; ${VARIABLES}`,
        `realm 'kafka' cannot have a placeholder CLIENT_SECRET_ETL; ${VARIABLES}`,
      ],
      { placeholders: { smtp: key, KC_DB_PASSWORD: key, CLIENT_SECRET_ETL: key } },
    ],
    [
      'realm-secret-namespace',
      [
        "realm 'kafka' in namespace 'flink' cannot read other/etl:secret; put the Secret into the namespace of Keycloak, or have it copied there (realm-secret-namespace)",
      ],
      {},
      (kafka) =>
        void kafka.addClient('etl', { ...CLIENT, secret: SecretKey.existing('etl', 'secret', { namespace: 'other' }) }),
    ],
    [
      'realm-client-id',
      [`no client can be called 'my"app'; ${PLAIN}`],
      {},
      (kafka) => void kafka.addClient('my"app', CLIENT),
    ],
    [
      'realm-client-id',
      [`no client can be called '${'c'.repeat(240)}'; ${PLAIN}`],
      {},
      (kafka) => void kafka.addClient('c'.repeat(240), CLIENT),
    ],
    [
      'realm-client-twice',
      [
        `client 'ETL' of realm 'kafka' has the service account of another client; ${UNLIKE}`,
        `client 'account' is one that Keycloak makes in every realm; ${UNLIKE}`,
      ],
      {},
      (kafka) => ['etl', 'ETL', 'account'].forEach((id) => kafka.addClient(id, CLIENT)),
    ],
    [
      'realm-client-audience',
      [
        `the tokens of client 'none' are for nobody; ${AUDIENCE}`,
        `client 'blank' has an audience without a name; ${AUDIENCE}`,
        `client 'twice' has an audience twice; ${AUDIENCE}`,
      ],
      {},
      (kafka) => {
        kafka.addClient('none', { ...CLIENT, audiences: [] });
        kafka.addClient('blank', { ...CLIENT, audiences: [' '] });
        kafka.addClient('twice', { ...CLIENT, audiences: ['kafka', 'kafka'] });
      },
    ],
  ];

  test.each(cases)('fails by %s: %s', (_rule, messages, props, build = () => undefined) => {
    expect(faults((chart) => build(realm(chart, props)))).toEqual(messages.map((message) => `[test/kafka] ${message}`));
  });

  test('are kept by a realm with clients', () => {
    expect(faults((chart) => void realm(chart).addClient('etl', CLIENT))).toEqual([]);
  });

  test('tell no secret value in their messages', () => {
    const additional = { smtpServer: { password: 'planted' } };
    const messages = faults((chart) => void realm(chart, { additional }));
    expect(messages).toHaveLength(1);
    expect(messages[0]).not.toContain('planted');
  });
});
