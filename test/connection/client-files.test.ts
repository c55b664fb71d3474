import {
  ClientCredentials,
  JavaClientClasses,
  JavaClientSettings,
  KafkaConnection,
  ListenerAuthentication,
  SecretKey,
  TrustedCertificates,
} from '../../lib';
import { ClientFiles } from '../../lib/connection/client-files';
import { renderPodFiles } from '../../lib/connection/pod-files';
import { testChart } from '../support/synth';
import { COMPANY_CA, certificate, connect, listener } from '../support/worlds';

const PASSWORD = SecretKey.existing('login', 'password', { alphanumeric: true });
const oauth = (trust?: TrustedCertificates, alphanumeric = true) =>
  ClientCredentials.oauth({
    tokenEndpointUri: 'https://sso.example.com/token',
    clientId: 'etl',
    clientSecret: SecretKey.existing('etl-client', 'secret', { alphanumeric }),
    trust,
  });

const CREDENTIALS = {
  none: ClientCredentials.none(),
  certificate: ClientCredentials.certificate(certificate()),
  'certificate in two Secrets': ClientCredentials.certificate(
    certificate({ privateKey: SecretKey.existing('my.key', 'tls.key') }),
  ),
  scramSha512: ClientCredentials.scramSha512('my-user', PASSWORD),
  scramSha256: ClientCredentials.scramSha256('my-user', PASSWORD),
  plain: ClientCredentials.plain('my-user', PASSWORD),
  'a password of unknown make': ClientCredentials.plain('my-user', SecretKey.existing('given', 'password')),
  oauth: oauth(),
  'oauth with a secret of unknown make': oauth(undefined, false),
  'oauth with trust': oauth(TrustedCertificates.fromSecret('sso-ca', 'ca.crt')),
  'oauth with all of a Secret': oauth(TrustedCertificates.allFromSecret('sso-ca')),
  kerberos: ClientCredentials.kerberos({ principal: 'etl@EXAMPLE.COM', keytab: SecretKey.existing('etl', 'keytab') }),
};
const TRUST = {
  'the cluster CA': undefined,
  'one certificate': COMPANY_CA,
  'all of a Secret': TrustedCertificates.allFromSecret('company-ca'),
};

function connection(credentials: ClientCredentials, trust?: TrustedCertificates): KafkaConnection {
  const chart = testChart();
  const authentication = ListenerAuthentication.custom({ sasl: credentials.saslMechanism !== undefined });
  return connect(chart, { listener: listener(chart, { authentication }), credentials, trust });
}

/** The files that settings speak of: paths, and keys that a config provider reads from a folder. */
function pathsIn(settings: Record<string, string>): string[] {
  const { 'config.providers.dir.param.allowed.paths': allowed = '', ...others } = settings;
  const values = Object.values(others).join('\n');
  const provided = [...values.matchAll(/\$\{dir:([^:}]+):([^}]+)\}/g)].map(([, folder, key]) => {
    expect(allowed.split(',')).toContain(folder);
    return `${folder}/${key}`;
  });
  const plain = [...values.replace(/\$\{[^}]*\}/g, '').matchAll(/\/opt\/[^\s",;]+/g)].map(([path]) => path);
  return [...new Set([...provided, ...plain])].sort();
}

/** The parts of a pod that say which files a container has. */
interface Pod {
  readonly volumes: { readonly name: string; readonly secret?: { readonly items: { readonly path: string }[] } }[];
  readonly volumeMounts: { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly initContainers: { readonly command: string[]; readonly volumeMounts: { readonly name: string }[] }[];
}

function podOf(files: ClientFiles, user?: number): Pod {
  return renderPodFiles(files, 'busybox:1.37.0', user) as unknown as Pod;
}

/** The files that a container has by way of mounted Secrets, and by what init containers write into shared folders. */
function filesOf(files: ClientFiles): (string | undefined)[] {
  const { volumes, volumeMounts, initContainers } = podOf(files);
  const names = volumes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  return volumeMounts
    .flatMap(({ name, mountPath, readOnly }) => {
      expect(readOnly).toBe(true);
      const secret = volumes.find((volume) => volume.name === name)?.secret;
      if (secret) return secret.items.map(({ path }) => `${mountPath}/${path}`);
      const writer = initContainers.find((init) => init.volumeMounts.some((mount) => mount.name === name));
      return [/> (\S+)$/.exec(writer?.command[2] ?? '')?.[1]];
    })
    .sort();
}

describe.each(Object.entries(CREDENTIALS))('a client with credentials of kind %s', (_, credentials) => {
  test.each(Object.entries(TRUST))('and trust in %s has exactly the files that its settings speak of', (__, trust) => {
    const made = connection(credentials, trust);
    for (const classes of [JavaClientClasses.ORIGINAL, JavaClientClasses.KAFKA_ALONE]) {
      const paths = pathsIn(JavaClientSettings.render(made, classes));
      expect(paths.length).toBeGreaterThan(0);
      expect(filesOf(ClientFiles.of([made], classes))).toEqual(paths);
    }
  });
});

test('all that several connections need is there once', () => {
  const files = ClientFiles.of([
    connection(CREDENTIALS.certificate),
    connection(CREDENTIALS.scramSha512),
    connection(CREDENTIALS.plain),
  ]);
  expect(files.secrets).toEqual([
    { secretName: 'my-tls', keys: ['tls.crt', 'tls.key'], path: '/opt/my-tls' },
    { secretName: 'login', keys: ['password'], path: '/opt/login' },
  ]);
  expect(files.bundles).toEqual([
    { secretName: 'my-cluster-cluster-ca-cert', path: '/opt/my-cluster-cluster-ca-cert' },
  ]);
});

test('an init container puts all certificates of a Secret into one file', () => {
  const { volumes, initContainers } = podOf(ClientFiles.of([connection(CREDENTIALS.none)]), 1000);
  expect(volumes).toEqual([
    { name: 'my-cluster-cluster-ca-cert', secret: { secretName: 'my-cluster-cluster-ca-cert' } },
    { name: 'my-cluster-cluster-ca-cert-bundle', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
  ]);
  expect(initContainers).toHaveLength(1);
  expect(initContainers[0]).toMatchObject({
    name: 'trust-my-cluster-cluster-ca-cert',
    image: 'busybox:1.37.0',
    command: [
      '/bin/sh',
      '-ec',
      'for crt in /source/*.crt; do cat "$crt"; echo; done > /opt/my-cluster-cluster-ca-cert/ca.crt',
    ],
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: 'my-cluster-cluster-ca-cert', mountPath: '/source', readOnly: true },
      { name: 'my-cluster-cluster-ca-cert-bundle', mountPath: '/opt/my-cluster-cluster-ca-cert' },
    ],
  });
});
