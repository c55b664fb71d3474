import { Chart } from 'cdk8s';
import {
  KraftQuorum,
  KraftQuorumProps,
  KraftQuorumSecurity,
  Principal,
  SecretKey,
  SecurityProtocol,
  TrustedCertificates,
} from '../../lib';
import { KRAFT_QUORUM_RULES } from '../../lib/external/kraft-quorum-rules';
import { parseJaas } from '../support/jaas';
import { describeRules } from '../support/rules';
import { testChart } from '../support/synth';
import { certificate } from '../support/worlds';

const PASSWORD = SecretKey.existing('quorum', 'password', { alphanumeric: true });
const NODE = certificate({ commonName: 'node' });

function quorum(props: Partial<KraftQuorumProps> = {}, chart: Chart = testChart()): KraftQuorum {
  return new KraftQuorum(chart, 'quorum', { security: KraftQuorumSecurity.mutualTls(), certificate: NODE, ...props });
}

/** The settings that differ from those of mutual TLS, or are not there with it. */
function own(props: Partial<KraftQuorumProps>): Record<string, string> {
  const others = quorum().properties;
  return Object.fromEntries(Object.entries(quorum(props).properties).filter(([name, value]) => others[name] !== value));
}

test('controllers ask for certificates, and take the node for a super user', () => {
  expect(quorum().properties).toEqual({
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:SSL',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:CN=node',
    'listener.name.controller.ssl.client.auth': 'required',
    'listener.name.controller.ssl.keystore.type': 'PEM',
    'listener.name.controller.ssl.keystore.certificate.chain': '${dir:/opt/my-tls:tls.crt}',
    'listener.name.controller.ssl.keystore.key': '${dir:/opt/my-tls:tls.key}',
    'listener.name.controller.ssl.truststore.type': 'PEM',
    'listener.name.controller.ssl.truststore.location': '/opt/company-ca/ca.crt',
    'config.providers': 'dir',
    'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
    'config.providers.dir.param.allowed.paths': '/opt/my-tls',
  });
  expect(quorum().formatArguments).toEqual([]);
});

test('controllers ask for a password by PLAIN over TLS, and know it themselves', () => {
  const security = KraftQuorumSecurity.saslPlain('controller', PASSWORD);
  const { 'listener.name.controller.plain.sasl.jaas.config': login, ...others } = own({ security });
  expect(parseJaas(login)).toEqual({
    module: 'org.apache.kafka.common.security.plain.PlainLoginModule',
    flag: 'required',
    options: {
      username: 'controller',
      password: '${dir:/opt/quorum:password}',
      user_controller: '${dir:/opt/quorum:password}',
    },
  });
  expect(others).toEqual({
    'listener.security.protocol.map': 'CONTROLLER:SASL_SSL',
    'super.users': 'User:controller',
    'listener.name.controller.ssl.client.auth': 'none',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'config.providers.dir.param.allowed.paths': '/opt/my-tls,/opt/quorum',
  });
  expect(quorum({ security }).formatArguments).toEqual([]);
});

test.each([
  ['SCRAM-SHA-512', KraftQuorumSecurity.scramSha512('controller', PASSWORD)],
  ['SCRAM-SHA-256', KraftQuorumSecurity.scramSha256('controller', PASSWORD)],
])('controllers ask for a password by %s, which is in the storage before they start', (mechanism, security) => {
  const settings = own({ security });
  expect(settings['sasl.mechanism.controller.protocol']).toBe(mechanism);
  const login = settings[`listener.name.controller.${mechanism.toLowerCase()}.sasl.jaas.config`];
  expect(parseJaas(login).options).toEqual({ username: 'controller', password: '${dir:/opt/quorum:password}' });
  expect(quorum({ security }).formatArguments).toEqual([
    '--add-scram',
    `"${mechanism}=[name=controller,password=$(cat '/opt/quorum/password')]"`,
  ]);
});

test('the listener of controllers stands beside those of the broker', () => {
  const { properties } = quorum({
    listenerName: 'QUORUM',
    listeners: { CLIENTS: SecurityProtocol.SASL_SSL, REPLICATION: SecurityProtocol.SSL },
    superUsers: [Principal.commonName('node-2'), Principal.commonName('node'), Principal.named('admin')],
    secretsFolder: '/etc/kafka/secrets',
  });
  expect(properties).toMatchObject({
    'controller.listener.names': 'QUORUM',
    'listener.security.protocol.map': 'CLIENTS:SASL_SSL,REPLICATION:SSL,QUORUM:SSL',
    'super.users': 'User:CN=node;User:CN=node-2;User:admin',
    'listener.name.quorum.ssl.keystore.key': '${dir:/etc/kafka/secrets/my-tls:tls.key}',
    'config.providers.dir.param.allowed.paths': '/etc/kafka/secrets/my-tls',
  });
});

describeRules(KRAFT_QUORUM_RULES, {
  'kraft-listener-name': {
    remedy: "leave listenerName out, or write a name such as 'CONTROLLER' that none of listeners has",
    cases: [
      [
        (chart) => quorum({ listenerName: 'controller' }, chart),
        ["[test/quorum] no listener can be named 'controller'"],
        (chart) => quorum({ listenerName: 'CONTROL_1' }, chart),
      ],
      [
        (chart) => quorum({ listeners: { CONTROLLER: SecurityProtocol.SSL } }, chart),
        ["[test/quorum] brokers have a listener 'CONTROLLER' as well"],
        (chart) => quorum({ listeners: { CLIENTS: SecurityProtocol.SSL } }, chart),
      ],
    ],
  },
  'kraft-username': {
    remedy: "use a name such as 'controller'",
    cases: [
      [
        (chart) => quorum({ security: KraftQuorumSecurity.scramSha512('a,b', PASSWORD) }, chart),
        ["[test/quorum] no controller can be named 'a,b'"],
        (chart) => quorum({ security: KraftQuorumSecurity.scramSha512('a.b', PASSWORD) }, chart),
      ],
    ],
  },
  'kraft-password': {
    remedy: 'use such a password and say so: SecretKey.existing(secret, key, { alphanumeric: true })',
    cases: [
      [
        (chart) => quorum({ security: KraftQuorumSecurity.saslPlain('a', SecretKey.existing('q', 'p')) }, chart),
        ['[test/quorum] the value of q:p may be of any make'],
        (chart) => quorum({ security: KraftQuorumSecurity.saslPlain('a', PASSWORD) }, chart),
      ],
    ],
  },
  'kraft-trust': {
    remedy: "name the file: trust: TrustedCertificates.fromSecret(secret, 'ca.crt')",
    cases: [
      [
        (chart) => quorum({ trust: TrustedCertificates.allFromSecret('cluster-ca') }, chart),
        ['[test/quorum] the certificates of cluster-ca:*.crt are not in one file'],
        (chart) => quorum({ trust: TrustedCertificates.fromSecret('cluster-ca', 'ca.crt') }, chart),
      ],
    ],
  },
});
