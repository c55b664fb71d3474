import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Testing } from 'cdk8s';
import {
  CertificateUsage,
  DevelopmentCertificate,
  DevelopmentCertificateAuthority,
  DevelopmentCertificateAuthorityProps,
  DevelopmentCertificateProps,
  DevelopmentSecrets,
} from '../../lib';
import { TestState, valueOf } from '../support/state';
import { Manifest, find } from '../support/synth';

let state: TestState;
beforeEach(() => (state = new TestState()));
afterEach(() => {
  jest.useRealTimers();
  state.remove();
});

type LeafProps = Partial<DevelopmentCertificateProps>;

function build(
  leaf: LeafProps = {},
  ca: DevelopmentCertificateAuthorityProps = {},
): (secrets: DevelopmentSecrets) => void {
  return (secrets) => {
    const authority = new DevelopmentCertificateAuthority(secrets, 'internal-ca', ca);
    new DevelopmentCertificate(secrets, 'etl', { authority, commonName: 'my-user', ...leaf });
  };
}

interface Pair {
  readonly ca: X509Certificate;
  readonly leaf: X509Certificate;
  readonly key: string;
}

function pairOf(objects: readonly Manifest[]): Pair {
  const secret = find(objects, 'Secret', 'etl');
  return {
    ca: new X509Certificate(valueOf(find(objects, 'Secret', 'internal-ca'), 'ca.crt')),
    leaf: new X509Certificate(valueOf(secret, 'tls.crt')),
    key: valueOf(secret, 'tls.key'),
  };
}

function pair(leaf: LeafProps = {}, ca: DevelopmentCertificateAuthorityProps = {}): Pair {
  return pairOf(state.synth(build(leaf, ca)));
}

function atDate(date: string): void {
  jest.useFakeTimers({ now: new Date(date), doNotFake: ['nextTick', 'setImmediate'] });
}

const SERVER_PROPS: LeafProps = { commonName: 'registry', dnsNames: ['registry.flink.svc', '*.pods.flink.svc'] };

describe('Secrets of the development PKI', () => {
  test('have the shape of cert-manager’s, without the authority’s key', () => {
    const objects = state.synth(build());

    const leaf = find(objects, 'Secret', 'etl');
    expect(leaf.type).toBe('kubernetes.io/tls');
    expect(Object.keys(leaf.data).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    expect(leaf.metadata.labels).toEqual({ 'cdk8s-secure-kafka/development-only': 'true' });
    const authority = find(objects, 'Secret', 'internal-ca');
    expect(Object.keys(authority.data)).toEqual(['ca.crt']);
    expect(valueOf(leaf, 'ca.crt')).toBe(valueOf(authority, 'ca.crt'));
  });

  test('are referred to like those of cert-manager', () => {
    const secrets = state.secrets();
    const authority = new DevelopmentCertificateAuthority(secrets, 'internal-ca');
    const leaf = new DevelopmentCertificate(secrets, 'etl', { authority, commonName: 'my-user' });

    expect(authority.trust.toString()).toBe('flink/internal-ca:ca.crt');
    expect(leaf.certificate.toString()).toBe('flink/etl:tls.crt');
    expect(leaf.privateKey.toString()).toBe('flink/etl:tls.key');
    expect(leaf.issuer).toBe(authority.trust);
    // @ts-expect-error A leaf has no `trust`.
    expect(leaf.trust).toBeUndefined();
  });

  test('leave the authority’s key in the state folder', () => {
    const app = Testing.app();
    build()(state.secrets('test', app));
    app.synth();

    const key = readFileSync(join(state.directory, 'test/internal-ca/ca.key'), 'utf8');
    const output = readFileSync(join(app.outdir, 'development-secrets.k8s.yaml'), 'utf8');
    expect(createPrivateKey(key).asymmetricKeyType).toBe('ec');
    expect(output).toContain(Buffer.from(readFileSync(join(state.directory, 'test/etl/tls.key'))).toString('base64'));
    expect(output).not.toContain(Buffer.from(key).toString('base64'));
  });

  test('are kept in files for the owner only', () => {
    state.synth(build());

    expect(state.modes()).toEqual({
      '.': '700',
      test: '700',
      'test/etl': '700',
      'test/etl/tls.crt': '600',
      'test/etl/tls.key': '600',
      'test/internal-ca': '700',
      'test/internal-ca/ca.crt': '600',
      'test/internal-ca/ca.key': '600',
    });
  });
});

describe('certificates of the development PKI', () => {
  test('are issued by the authority for the key', () => {
    const { ca, leaf, key } = pair();

    expect(leaf.checkIssued(ca)).toBe(true);
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(ca.checkIssued(ca)).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
  });

  test('tell authority and leaf apart', () => {
    const { ca, leaf } = pair({}, { commonName: 'Data Platform' });

    expect([ca.ca, leaf.ca]).toEqual([true, false]);
    expect([ca.subject, leaf.subject, leaf.issuer]).toEqual(['CN=Data Platform', 'CN=my-user', 'CN=Data Platform']);
  });

  test('name a server’s hosts and nothing else', () => {
    const { leaf } = pair(SERVER_PROPS);

    expect(leaf.subjectAltName).toBe('DNS:registry.flink.svc, DNS:*.pods.flink.svc');
    expect(leaf.checkHost('registry.flink.svc')).toBe('registry.flink.svc');
    expect(leaf.checkHost('pod-0.pods.flink.svc')).toBe('*.pods.flink.svc');
    expect(leaf.checkHost('registry')).toBeUndefined();
  });

  test('are for one use or both', () => {
    const [server, client] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];
    const both = [CertificateUsage.SERVER, CertificateUsage.CLIENT];

    expect(pair().leaf.keyUsage).toEqual([client]);
    expect(pair(SERVER_PROPS).leaf.keyUsage).toEqual([server]);
    expect(pair({ ...SERVER_PROPS, usages: both }).leaf.keyUsage).toEqual([server, client]);
  });

  test('are valid from five minutes before they are made, as long as asked', () => {
    atDate('2026-03-01T12:00:00.500Z');
    const { ca, leaf } = pair({ validity: Duration.days(10) }, { validity: Duration.days(365 * 40) });

    expect([leaf.validFrom, leaf.validTo]).toEqual(['Mar  1 11:55:00 2026 GMT', 'Mar 11 11:55:00 2026 GMT']);
    expect(ca.validTo).toBe('Feb 19 11:55:00 2066 GMT');
  });

  test('have serial numbers that are positive and their own', () => {
    const { ca, leaf } = pair();

    expect(leaf.serialNumber).toMatch(/^[0-7][0-9A-F]{31}$/);
    expect(leaf.serialNumber).not.toBe(ca.serialNumber);
  });

  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
  (hasOpenssl ? test : test.skip).each<[string, LeafProps]>([
    ['sslclient', {}],
    ['sslserver', SERVER_PROPS],
  ])('convince OpenSSL as %s', (purpose, props) => {
    const { ca, leaf } = pair(props);
    const [caFile, leafFile] = ['ca.crt', 'tls.crt'].map((name) => join(state.directory, name));
    writeFileSync(caFile, ca.toString());
    writeFileSync(leafFile, leaf.toString());
    const verify = (...options: string[]): string =>
      execFileSync('openssl', ['verify', '-x509_strict', ...options, '-CAfile', caFile, leafFile], {
        encoding: 'utf8',
        stdio: 'pipe',
      });

    expect(verify('-purpose', purpose)).toContain(': OK');
    expect(() => verify('-purpose', purpose === 'sslclient' ? 'sslserver' : 'sslclient')).toThrow(/purpose/);
    const text = execFileSync('openssl', ['x509', '-noout', '-text', '-in', caFile], { encoding: 'utf8' });
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
    const leafText = execFileSync('openssl', ['x509', '-noout', '-text', '-in', leafFile], { encoding: 'utf8' });
    expect(leafText).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    expect(leafText).toMatch(/Key Usage: critical\s+Digital Signature\n/);
  });
});

describe('another synthesis', () => {
  const twice = (first: LeafProps, second: LeafProps, ca: DevelopmentCertificateAuthorityProps = {}): [Pair, Pair] => [
    pair(first),
    pair(second, ca),
  ];

  test('has the same bytes', () => {
    expect(state.synth(build(SERVER_PROPS))).toEqual(state.synth(build(SERVER_PROPS)));
  });

  test.each<[string, LeafProps]>([
    ['common name', { ...SERVER_PROPS, commonName: 'other' }],
    ['DNS names', { ...SERVER_PROPS, dnsNames: ['registry.flink.svc'] }],
    ['usages', { ...SERVER_PROPS, usages: [CertificateUsage.SERVER, CertificateUsage.CLIENT] }],
    ['validity', { ...SERVER_PROPS, validity: Duration.days(364) }],
  ])('issues a leaf anew for the same key if its %s changed', (_what, changed) => {
    const [before, after] = twice(SERVER_PROPS, changed);

    expect(after.leaf.fingerprint256).not.toBe(before.leaf.fingerprint256);
    expect(after.key).toBe(before.key);
    expect(after.ca.fingerprint256).toBe(before.ca.fingerprint256);
    expect(pair(changed).leaf.fingerprint256).toBe(after.leaf.fingerprint256);
  });

  test('issues a leaf anew if the authority has another key', () => {
    const before = pair();
    rmSync(join(state.directory, 'test/internal-ca'), { recursive: true });
    const after = pair();

    expect(after.ca.fingerprint256).not.toBe(before.ca.fingerprint256);
    expect(after.leaf.verify(after.ca.publicKey)).toBe(true);
  });

  test('issues a leaf anew if the authority has another common name', () => {
    const before = pair();
    const after = pair({}, { commonName: 'Data Platform' });

    expect(after.leaf.issuer).toBe('CN=Data Platform');
    expect(after.ca.publicKey.equals(before.ca.publicKey)).toBe(true);
  });

  test('issues a leaf anew if its key is gone', () => {
    const before = pair();
    rmSync(join(state.directory, 'test/etl/tls.key'));
    const after = pair();

    expect(after.key).not.toBe(before.key);
    expect(after.leaf.checkPrivateKey(createPrivateKey(after.key))).toBe(true);
  });

  test('issues a leaf anew if its signature is not that of the authority', () => {
    const { leaf } = pair();
    const bytes = Buffer.from(leaf.raw);
    bytes[bytes.length - 1] ^= 1;
    state.put('test/etl/tls.crt', new X509Certificate(bytes).toString());
    const after = pair();

    expect(after.leaf.verify(after.ca.publicKey)).toBe(true);
  });

  test('issues a leaf anew in the last third of its validity', () => {
    atDate('2026-01-01T00:00:00Z');
    const first = pair({ validity: Duration.days(90) });
    atDate('2026-03-01T00:00:00Z');
    const second = pair({ validity: Duration.days(90) });
    atDate('2026-03-02T00:00:00Z');
    const third = pair({ validity: Duration.days(90) });

    expect(second.leaf.fingerprint256).toBe(first.leaf.fingerprint256);
    expect(third.leaf.validFrom).toBe('Mar  1 23:55:00 2026 GMT');
    expect(third.ca.fingerprint256).toBe(first.ca.fingerprint256);
  });

  test('renews an authority with its key, and what it has issued stays', () => {
    atDate('2026-01-01T00:00:00Z');
    const leaf = { validity: Duration.days(300) };
    const first = pair(leaf, { validity: Duration.days(301) });
    atDate('2026-07-19T12:00:00Z');
    const second = pair(leaf, { validity: Duration.days(310) });

    expect(second.ca.fingerprint256).not.toBe(first.ca.fingerprint256);
    expect(second.leaf.fingerprint256).toBe(first.leaf.fingerprint256);
    expect(second.leaf.checkIssued(second.ca) && second.leaf.verify(second.ca.publicKey)).toBe(true);
  });
});

const RENEWED = 'delete it, and the next synthesis makes a new one (development-state-content)';

const FAULTS: [id: string, build: (secrets: DevelopmentSecrets) => void, messages: string[]][] = [
  [
    'development-secret-twice',
    (secrets) => {
      build({ name: 'internal-ca-tls' })(secrets);
      secrets.password('internal-ca', 'password');
    },
    [
      "[development-secrets] several development secrets are named 'internal-ca'; give one of them another name (development-secret-twice)",
    ],
  ],
  [
    'certificate-object-name',
    (secrets) => {
      new DevelopmentCertificateAuthority(secrets, 'ca', { name: '../ca' });
    },
    [
      "[development-secrets/ca] no object of authority '../ca' can be named '../ca'; give a name of lower-case letters, digits, dashes and dots (certificate-object-name)",
      "[development-secrets/ca] authority '../ca' cannot have the common name '../ca'; use letters, digits, spaces and . _ - @ : *; a server’s long names belong in dnsNames (certificate-common-name)",
    ],
  ],
  [
    'certificate-within-authority',
    build({ validity: Duration.days(3650) }),
    [
      "[development-secrets/etl] certificate 'etl' would outlive authority 'internal-ca'; shorten its validity, or lengthen that of the authority (certificate-within-authority)",
    ],
  ],
  [
    'certificate-server-name',
    build({ usages: [CertificateUsage.SERVER] }),
    [
      "[development-secrets/etl] certificate 'etl' of a server has no DNS name; give dnsNames: the names that clients connect to (certificate-server-name)",
    ],
  ],
  [
    'development-authority',
    (secrets) => {
      const other = state.secrets('other');
      build({ authority: new DevelopmentCertificateAuthority(other, 'other-ca') })(secrets);
    },
    [
      "[development-secrets/etl] authority 'other-ca' of certificate 'etl' is among other development secrets; make the authority in the same DevelopmentSecrets (development-authority)",
    ],
  ],
];

test.each(FAULTS)('fails by %s', (_id, fill, messages) => {
  expect(state.faults(fill)).toEqual(messages);
});

test('fails by development-state-mode', () => {
  state.synth(build());
  state.put('test/internal-ca/ca.key', readFileSync(join(state.directory, 'test/internal-ca/ca.key'), 'utf8'), 0o644);

  expect(state.faults(build())).toEqual([
    `[development-secrets/internal-ca] '${state.directory}/test/internal-ca/ca.key' is open to others than its owner; run chmod 600 on it, or delete it if others may have read it (development-state-mode)`,
  ]);
});

test('fails by development-state-content, and quotes nothing', () => {
  state.put('test/internal-ca/ca.key', 'Planted0Value');
  state.put('test/etl/tls.crt', 'Planted0Value');

  expect(state.faults(build())).toEqual([
    `[development-secrets/internal-ca] '${state.directory}/test/internal-ca/ca.key' does not hold an ECDSA key on P-256; ${RENEWED}`,
    `[development-secrets/etl] '${state.directory}/test/etl/tls.crt' does not hold a certificate; ${RENEWED}`,
  ]);
});
