import { Chart, Duration } from 'cdk8s';
import {
  CertManagerCertificate,
  CertManagerCertificateAuthority,
  CertManagerCertificateAuthorityProps,
  CertManagerCertificateProps,
  CertManagerIssuer,
  CertManagerIssuerKind,
  CertificateKey,
  CertificateUsage,
  SecretKey,
  TrustedCertificates,
} from '../../lib';
import { faults, find, synth, testChart } from '../support/synth';

type LeafProps = Omit<CertManagerCertificateProps, 'issuer'>;

function authority(chart: Chart, props: CertManagerCertificateAuthorityProps = {}): CertManagerCertificateAuthority {
  return new CertManagerCertificateAuthority(chart, 'internal-ca', props);
}

function leaf(chart: Chart, props: Partial<CertManagerCertificateProps> = {}): CertManagerCertificate {
  return new CertManagerCertificate(chart, 'etl', { issuer: authority(chart), commonName: 'my-user', ...props });
}

describe('an authority of cert-manager', () => {
  test('is a self-signed root and an issuer that issues with it', () => {
    const objects = synth((chart) => authority(chart));

    expect(find(objects, 'Issuer', 'internal-ca-self-signed')).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: expect.objectContaining({ name: 'internal-ca-self-signed', namespace: 'flink' }),
      spec: { selfSigned: {} },
    });
    expect(find(objects, 'Issuer', 'internal-ca').spec).toEqual({ ca: { secretName: 'internal-ca' } });
    expect(find(objects, 'Certificate').spec).toEqual({
      isCA: true,
      secretName: 'internal-ca',
      commonName: 'internal-ca',
      duration: '87600h',
      renewBefore: '29200h',
      usages: ['digital signature', 'cert sign', 'crl sign'],
      privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Never' },
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'internal-ca-self-signed' },
    });
  });

  test('is trusted by its own certificate', () => {
    expect(authority(testChart()).trust.toString()).toBe('flink/internal-ca:ca.crt');
  });

  test('takes name, namespace, common name, times and key', () => {
    const objects = synth((chart) =>
      authority(chart, {
        name: 'root',
        namespace: 'pki',
        commonName: 'Data Platform',
        validity: Duration.days(30),
        renewBefore: Duration.minutes(90),
        key: CertificateKey.rsa4096(),
      }),
    );

    const certificate = find(objects, 'Certificate', 'root');
    expect(certificate.metadata.namespace).toBe('pki');
    expect(certificate.spec).toMatchObject({
      secretName: 'root',
      commonName: 'Data Platform',
      duration: '720h',
      renewBefore: '90m',
      privateKey: { algorithm: 'RSA', size: 4096 },
    });
    expect(find(objects, 'Issuer', 'root').metadata.namespace).toBe('pki');
    expect(find(objects, 'Issuer', 'root-self-signed').metadata.namespace).toBe('pki');
  });
});

describe('a certificate of cert-manager', () => {
  test('is a client’s without DNS names', () => {
    const { spec } = find(
      synth((chart) => leaf(chart)),
      'Certificate',
      'etl',
    );

    expect(spec).toEqual({
      secretName: 'etl',
      commonName: 'my-user',
      duration: '2160h',
      renewBefore: '720h',
      usages: ['digital signature', 'client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'internal-ca' },
    });
  });

  test('is a server’s with DNS names', () => {
    const { spec } = find(
      synth((chart) => leaf(chart, { dnsNames: ['a.flink.svc', '*.b'] })),
      'Certificate',
      'etl',
    );

    expect(spec.dnsNames).toEqual(['a.flink.svc', '*.b']);
    expect(spec.usages).toEqual(['digital signature', 'server auth']);
  });

  test('is for both if asked to be, and enciphers with RSA', () => {
    const usages = [CertificateUsage.SERVER, CertificateUsage.CLIENT, CertificateUsage.CLIENT];
    const objects = synth((chart) => leaf(chart, { dnsNames: ['a.b'], usages, key: CertificateKey.rsa2048() }));

    const { spec } = find(objects, 'Certificate', 'etl');
    expect(spec.usages).toEqual(['digital signature', 'key encipherment', 'server auth', 'client auth']);
    expect(spec.privateKey).toEqual({ algorithm: 'RSA', size: 2048, encoding: 'PKCS8', rotationPolicy: 'Always' });
  });

  test('is found in its Secret, and its authority in the authority’s', () => {
    const certificate = leaf(testChart(), { secretName: 'etl-tls', dnsNames: ['a.b'] });

    expect(certificate.certificate.toString()).toBe('flink/etl-tls:tls.crt');
    expect(certificate.privateKey.toString()).toBe('flink/etl-tls:tls.key');
    expect(certificate.issuer.toString()).toBe('flink/internal-ca:ca.crt');
    expect([certificate.commonName, certificate.dnsNames]).toEqual(['my-user', ['a.b']]);
    expect([certificate.keystore, certificate.truststore, certificate.combinedPem]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('is no authority: it has nothing to trust', () => {
    // @ts-expect-error A leaf has no `trust`.
    expect(leaf(testChart()).trust).toBeUndefined();
  });

  test('comes as PKCS#12 with the password of a Secret, and as one PEM file', () => {
    const password = SecretKey.existing('store', 'password');
    let certificate: CertManagerCertificate | undefined;
    const objects = synth((chart) => (certificate = leaf(chart, { pkcs12: { password }, combinedPem: true })));

    const { spec } = find(objects, 'Certificate', 'etl');
    expect(spec.keystores).toEqual({
      pkcs12: { create: true, profile: 'Modern2023', passwordSecretRef: { name: 'store', key: 'password' } },
    });
    expect(spec.additionalOutputFormats).toEqual([{ type: 'CombinedPEM' }]);
    expect(certificate?.keystore?.toString()).toBe('flink/etl:keystore.p12');
    expect(certificate?.truststore?.toString()).toBe('flink/etl:truststore.p12');
    expect(certificate?.keystorePassword).toBe(password);
    expect(certificate?.combinedPem?.toString()).toBe('flink/etl:tls-combined.pem');
  });

  test('can be issued by a ClusterIssuer that exists', () => {
    const trust = TrustedCertificates.fromSecret('corporate-ca', 'ca.crt');
    const objects = synth((chart) => {
      const issuer = CertManagerIssuer.fromIssuerName(chart, 'corporate', {
        issuerName: 'corporate',
        kind: CertManagerIssuerKind.CLUSTER_ISSUER,
        trust,
      });
      expect(leaf(chart, { issuer, namespace: 'elsewhere' }).issuer).toBe(trust);
    });

    expect(find(objects, 'Certificate', 'etl').spec.issuerRef).toEqual({
      group: 'cert-manager.io',
      kind: 'ClusterIssuer',
      name: 'corporate',
    });
  });
});

test('what is right has no faults', () => {
  const built = (props: LeafProps) => (chart: Chart) => void leaf(chart, props);

  expect(faults(built({ commonName: 'my-user' }))).toEqual([]);
  expect(faults(built({ commonName: 'a'.repeat(64), dnsNames: ['*.a1.b-2'], validity: Duration.hours(1) }))).toEqual(
    [],
  );
  expect(
    faults((chart) =>
      leaf(chart, { pkcs12: { password: SecretKey.existing('store', 'password', { namespace: 'flink' }) } }),
    ),
  ).toEqual([]);
});

const FAULTS: [id: string, build: (chart: Chart) => void, messages: string[]][] = [
  [
    'certificate-object-name',
    (chart) => leaf(chart, { name: 'My_Etl', secretName: '-x' }),
    [
      "[test/etl] no object of certificate 'My_Etl' can be named 'My_Etl'; give a name of lower-case letters, digits, dashes and dots (certificate-object-name)",
      "[test/etl] no object of certificate 'My_Etl' can be named '-x'; give a name of lower-case letters, digits, dashes and dots (certificate-object-name)",
    ],
  ],
  [
    'certificate-common-name',
    (chart) => {
      leaf(chart, { commonName: 'a'.repeat(65) });
      new CertManagerCertificateAuthority(chart, 'other-ca', { commonName: 'a,OU=b' });
    },
    [
      `[test/etl] certificate 'etl' cannot have the common name '${'a'.repeat(65)}'; use letters, digits, spaces and . _ - @ : *; a server’s long names belong in dnsNames (certificate-common-name)`,
      "[test/other-ca] authority 'other-ca' cannot have the common name 'a,OU=b'; use letters, digits, spaces and . _ - @ : *; a server’s long names belong in dnsNames (certificate-common-name)",
    ],
  ],
  [
    'certificate-validity',
    (chart) => leaf(chart, { validity: Duration.minutes(59) }),
    [
      "[test/etl] certificate 'etl' cannot be valid for 59 minutes; give validity: Duration.days(90), for example (certificate-validity)",
    ],
  ],
  [
    'certificate-dns-names',
    (chart) => leaf(chart, { dnsNames: ['a.*.b', '10.0.0.1', 'A.b', 'fine', `${'a'.repeat(64)}.b`] }),
    ['a.*.b', '10.0.0.1', 'A.b', `${'a'.repeat(64)}.b`].map(
      (name) =>
        `[test/etl] certificate 'etl' cannot be for the DNS name '${name}'; write them as clients do: 'registry.flink.svc', '*.example.com'; addresses are no DNS names (certificate-dns-names)`,
    ),
  ],
  [
    'certificate-server-name',
    (chart) => leaf(chart, { usages: [CertificateUsage.SERVER] }),
    [
      "[test/etl] certificate 'etl' of a server has no DNS name; give dnsNames: the names that clients connect to (certificate-server-name)",
    ],
  ],
  [
    'certificate-usages',
    (chart) => leaf(chart, { usages: [] }),
    [
      "[test/etl] certificate 'etl' has no usages; leave usages out, or give CertificateUsage.SERVER, CertificateUsage.CLIENT or both (certificate-usages)",
    ],
  ],
  [
    'certificate-within-authority',
    (chart) => leaf(chart, { validity: Duration.days(3650) }),
    [
      "[test/etl] certificate 'etl' would outlive authority 'internal-ca'; shorten its validity, or lengthen that of the authority (certificate-within-authority)",
    ],
  ],
  [
    'certificate-not-authority',
    (chart) => leaf(chart, { commonName: 'internal-ca' }),
    [
      "[test/etl] certificate 'etl' has the common name of authority 'internal-ca'; give either of them another commonName (certificate-not-authority)",
    ],
  ],
  [
    'cert-manager-issuer-name',
    (chart) =>
      CertManagerIssuer.fromIssuerName(chart, 'corporate', {
        issuerName: 'Corporate CA',
        trust: TrustedCertificates.fromSecret('corporate-ca', 'ca.crt'),
      }),
    [
      "[test/corporate] no Issuer can be named 'Corporate CA'; give the name that kubectl get issuers (or clusterissuers) shows (cert-manager-issuer-name)",
    ],
  ],
  [
    'certificate-renewal',
    (chart) => {
      leaf(chart, { validity: Duration.days(1), renewBefore: Duration.hours(24) });
      new CertManagerCertificateAuthority(chart, 'other-ca', { renewBefore: Duration.minutes(4) });
    },
    [
      "[test/etl] certificate 'etl', valid for 1 day, cannot be renewed 1 day before its end; give a renewBefore that is shorter than validity, or leave it out: a third of validity (certificate-renewal)",
      "[test/other-ca] authority 'other-ca', valid for 3650 days, cannot be renewed 4 minutes before its end; give a renewBefore that is shorter than validity, or leave it out: a third of validity (certificate-renewal)",
    ],
  ],
  [
    'certificate-issuer-namespace',
    (chart) => leaf(chart, { namespace: 'elsewhere' }),
    [
      "[test/etl] Issuer 'internal-ca' of namespace 'flink' issues nothing in 'elsewhere', where certificate 'etl' is; make the certificate there, or use a ClusterIssuer (certificate-issuer-namespace)",
    ],
  ],
  [
    'keystore-password',
    (chart) => {
      const password = SecretKey.existing('store', 'password', { namespace: 'elsewhere' });
      const issuer = leaf(chart, { pkcs12: { password } }).issuer;
      new CertManagerCertificate(chart, 'own', {
        issuer: CertManagerIssuer.fromIssuerName(chart, 'import', { issuerName: 'internal-ca', trust: issuer }),
        commonName: 'own',
        pkcs12: { password: SecretKey.existing('own', 'password') },
      });
    },
    [
      "[test/etl] the key store of certificate 'etl' in namespace 'flink' cannot have its password from elsewhere/store:password; give a SecretKey of a Secret that is there before the certificate is (keystore-password)",
      "[test/own] the key store of certificate 'own' is to be kept in the Secret that its password comes from; give a SecretKey of a Secret that is there before the certificate is (keystore-password)",
    ],
  ],
];

test.each(FAULTS)('fails by %s', (_id, build, messages) => {
  expect(faults(build)).toEqual(messages);
});
