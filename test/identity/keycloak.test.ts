import { Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  ExistingKeycloakDatabase,
  Keycloak,
  KeycloakDatabaseVendor,
  KeycloakProps,
  NetworkPeer,
  SecretKey,
} from '../../lib';
import { NOBODY } from '../../lib/kubernetes/network-peer';
import { certificate, database, keycloak, realm } from '../support/identity';
import { faults, find, synth } from '../support/synth';

const spec = (props: (chart: Chart) => Partial<KeycloakProps> = () => ({})) =>
  find(
    synth((chart) => void keycloak(chart, props(chart))),
    'Keycloak',
  ).spec;

const mysql = (passwordNamespace?: string) =>
  new ExistingKeycloakDatabase({
    vendor: KeycloakDatabaseVendor.MYSQL,
    host: 'mysql.example.com',
    port: 3306,
    database: 'sso',
    usernameSecret: SecretKey.existing('mysql', 'user'),
    passwordSecret: SecretKey.existing('mysql', 'password', { namespace: passwordNamespace }),
  });

describe('Keycloak', () => {
  test('shows its certificate, under the URL of its Service', () => {
    expect(spec()).toMatchObject({
      http: { tlsSecret: 'sso-tls' },
      hostname: { hostname: 'https://sso-service.flink.svc:8443', strict: true },
    });
    expect(spec().hostname.backchannelDynamic).toBeUndefined();
    expect(spec().http.httpEnabled).toBeUndefined();
  });

  test('may be called otherwise by the outside, and stays where it is for pods', () => {
    let url: string | undefined;
    const objects = synth((chart) => {
      url = keycloak(chart, { hostname: 'https://sso.example.com/auth' }).url;
    });
    expect(find(objects, 'Keycloak').spec.hostname).toEqual({
      hostname: 'https://sso.example.com/auth',
      strict: true,
      backchannelDynamic: true,
    });
    expect(url).toBe('https://sso-service.flink.svc:8443');
  });

  test('uses the database, user and password each from their own key', () => {
    expect(spec().db).toEqual({
      vendor: 'postgres',
      host: 'sso-db.flink.svc',
      port: 5432,
      database: 'keycloak',
      usernameSecret: { name: 'sso-db-login', key: 'user' },
      passwordSecret: { name: 'sso-db-login', key: 'pass' },
    });
    expect(spec(() => ({ database: mysql() })).db).toEqual({
      vendor: 'mysql',
      host: 'mysql.example.com',
      port: 3306,
      database: 'sso',
      usernameSecret: { name: 'mysql', key: 'user' },
      passwordSecret: { name: 'mysql', key: 'password' },
    });
  });

  test('opens its database to itself and to realm imports, and to nobody else', () => {
    const objects = synth((chart) => void keycloak(chart));
    expect(find(objects, 'NetworkPolicy', 'sso-db').spec.ingress[0].from).toEqual(
      ['keycloak', 'keycloak-realm-import'].map((app) => ({
        podSelector: { matchLabels: { app, 'app.kubernetes.io/instance': 'sso' } },
      })),
    );
  });

  test('lets nobody in until somebody is allowed', () => {
    expect(spec().networkPolicy).toEqual({ enabled: true, https: [NOBODY], management: [NOBODY] });
  });

  test('lets in who is allowed, each once', () => {
    const objects = synth((chart) => {
      const sso = keycloak(chart);
      sso.allowFromPods({ app: 'job' }, 'flink');
      sso.allowFromPods({ app: 'job' }, 'flink');
      sso.allowFromPods({ app: 'job' }, 'other');
      sso.allowFrom(NetworkPeer.namespace('ingress'));
      sso.allowManagementFrom(NetworkPeer.namespace('monitoring'));
    });
    const namespace = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    });
    const job = { podSelector: { matchLabels: { app: 'job' } } };
    expect(find(objects, 'Keycloak').spec.networkPolicy).toEqual({
      enabled: true,
      https: [job, { ...namespace('other'), ...job }, namespace('ingress')],
      management: [namespace('monitoring')],
    });
  });

  test('runs as an ordinary user without an API token', () => {
    const { automountServiceAccountToken, unsupported } = spec();
    expect(automountServiceAccountToken).toBe(false);
    expect(unsupported.podTemplate.spec).toMatchObject({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      enableServiceLinks: false,
      containers: [
        { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true } },
      ],
    });
  });

  test('is given an image, instances and resources if told so', () => {
    expect(spec()).toMatchObject({ instances: 1, resources: { limits: { cpu: '2', memory: '2Gi' } } });
    expect(spec().image).toBeUndefined();
    const resources = { cpuRequest: Cpu.units(1), cpuLimit: Cpu.units(4), memory: Size.gibibytes(4) };
    expect(spec(() => ({ image: 'example.com/sso:26.6.4', instances: 2, resources }))).toMatchObject({
      image: 'example.com/sso:26.6.4',
      instances: 2,
      resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '4', memory: '4Gi' } },
    });
  });

  test('makes no Ingress', () => {
    expect(spec().ingress).toEqual({ enabled: false });
  });

  test('knows the names that its certificate needs', () => {
    expect(Keycloak.dnsNames('sso', 'auth', 'example.org')).toEqual([
      'sso-service',
      'sso-service.auth',
      'sso-service.auth.svc',
      'sso-service.auth.svc.example.org',
    ]);
  });

  test('uses the domain of the cluster if one is given', () => {
    const dnsNames = Keycloak.dnsNames('sso', 'flink', 'example.org');
    const props = { clusterDomain: 'example.org', certificate: certificate({ dnsNames }) };
    expect(spec(() => props).hostname.hostname).toBe('https://sso-service.flink.svc.example.org:8443');
    expect(faults((chart) => void keycloak(chart, props))).toEqual([]);
  });

  test('trusts nobody but tells its clients to trust the issuer of its certificate', () => {
    synth((chart) => expect(keycloak(chart).trust.toString()).toBe('flink/company-ca:ca.crt'));
  });
});

describe('rules of Keycloak', () => {
  const HOSTNAME = (hostname: string) =>
    `the hostname '${hostname}' of Keycloak 'sso' does not fit; write it like 'https://sso.example.com': lower-case host, no default port, no slash at the end, no query (keycloak-hostname)`;
  const CERTIFICATE =
    'issue the certificate in the namespace of Keycloak, as a Secret of type kubernetes.io/tls (keycloak-certificate)';

  const cases: [string, Partial<KeycloakProps>, string[]][] = [
    [
      'keycloak-instances',
      { instances: 0 },
      ["Keycloak 'sso' cannot have 0 pods; give the number of pods, such as 2 (keycloak-instances)"],
    ],
    ['keycloak-hostname', { hostname: 'sso.example.com' }, [HOSTNAME('sso.example.com')]],
    ['keycloak-hostname', { hostname: 'http://sso.example.com' }, [HOSTNAME('http://sso.example.com')]],
    ['keycloak-hostname', { hostname: 'https://sso.example.com/' }, [HOSTNAME('https://sso.example.com/')]],
    ['keycloak-hostname', { hostname: 'https://sso.example.com/auth/' }, [HOSTNAME('https://sso.example.com/auth/')]],
    ['keycloak-hostname', { hostname: 'https://sso.example.com:443' }, [HOSTNAME('https://sso.example.com:443')]],
    ['keycloak-hostname', { hostname: 'https://SSO.example.com' }, [HOSTNAME('https://SSO.example.com')]],
    ['keycloak-hostname', { hostname: 'https://sso.example.com?a=b' }, [HOSTNAME('https://sso.example.com?a=b')]],
    [
      'keycloak-certificate',
      {
        certificate: certificate({
          certificate: SecretKey.existing('a', 'crt'),
          privateKey: SecretKey.existing('b', 'key', { namespace: 'other' }),
        }),
      },
      [
        `Keycloak 'sso': the certificate is in Secret a, its key in b; ${CERTIFICATE}`,
        `Keycloak 'sso': the certificate is called crt; ${CERTIFICATE}`,
        `Keycloak 'sso': the key of the certificate is called key; ${CERTIFICATE}`,
        `Keycloak 'sso' in namespace 'flink' cannot mount other/b:key; ${CERTIFICATE}`,
      ],
    ],
    [
      'keycloak-certificate-names',
      { certificate: certificate({ dnsNames: ['sso.example.com'] }) },
      [
        "the certificate 'sso' of Keycloak 'sso' is not valid for sso-service.flink.svc; issue it for Keycloak.dnsNames(name, namespace) (keycloak-certificate-names)",
      ],
    ],
    [
      'keycloak-database-secrets',
      {
        database: mysql('data'),
      },
      [
        "Keycloak 'sso' in namespace 'flink' cannot read data/mysql:password; put the Secrets into the namespace of Keycloak, or have them copied there (keycloak-database-secrets)",
      ],
    ],
  ];

  test.each(cases)('fails by %s', (_rule, props, messages) => {
    expect(faults((chart) => void keycloak(chart, props))).toEqual(messages.map((message) => `[test/sso] ${message}`));
  });

  test.each(['k'.repeat(53), 'My_Keycloak'])('fails by keycloak-name: %s', (name) => {
    const props = { name, certificate: certificate({ dnsNames: Keycloak.dnsNames(name, 'flink') }) };
    expect(faults((chart) => void keycloak(chart, props))).toEqual([
      `[test/sso] no Keycloak can be named '${name}'; use at most 52 lower-case letters, digits and dashes (keycloak-name)`,
    ]);
  });

  test('fails by keycloak-realms', () => {
    const messages = faults((chart) => {
      const { keycloak: sso } = realm(chart);
      realm(new Chart(chart, 'again', { namespace: 'flink' }), { keycloak: sso, resourceName: 'kafka-again' });
    });
    expect(messages).toEqual([
      "[test/sso] Keycloak 'sso' has two realms 'kafka'; declare a realm once, and add all of its clients to it (keycloak-realms)",
    ]);
  });

  test('fails without a namespace', () => {
    const messages = faults((chart) => {
      const db = database(chart);
      keycloak(chart, { database: db, namespace: '', certificate: certificate({ dnsNames: ['sso-service..svc'] }) });
    });
    expect(messages).toEqual([
      "[test/sso] the chart has no namespace; give the chart one: new Chart(app, 'id', { namespace: 'flink' }) (namespace)",
    ]);
  });
});
