import { KeyObject, sign } from 'node:crypto';
import { Manifest } from '../synth';
import { Credential, PasswordLogin, ShownCertificate } from './credential';
import { EmulatedCluster } from './emulated-cluster';
import { Settings } from './java-probe';
import { KeycloakServer } from './keycloak-server';
import { newPassword, validity } from './cluster-secrets';
import { KeyAndCertificate, Subject, certify, ecKey, privateKeyPem, rsaKey } from './x509';

const DAY = 86_400_000;
const JAAS = 'org.apache.kafka.common.security';
const MODULES: Record<string, string> = { PLAIN: 'plain.PlainLoginModule' };

/** A name that leads to the brokers and that their certificates do not hold. */
export const OTHER_NAME = 'brokers.elsewhere.example';
/** The realm of the suite's own, whose tokens are none of the scenario's business. */
export const OTHER_REALM = {
  realm: 'elsewhere',
  enabled: true,
  clients: [{ clientId: 'stranger', secret: 'stranger', serviceAccountsEnabled: true }],
};

/** Everything that clients may show to the brokers of a scenario: what its users have, and what others might try. */
export class Credentials {
  public constructor(
    private readonly cluster: EmulatedCluster,
    private readonly keycloak?: KeycloakServer,
  ) {}

  /** All of them, the right ones first. */
  public async all(): Promise<Credential[]> {
    return [
      ...this.ofUsers(),
      ...this.ofNobody(),
      ...(await this.certificates()),
      ...this.passwords(),
      ...(await this.tokens()),
    ];
  }

  /** The right credentials of each user, named after it. */
  public ofUsers(): Credential[] {
    return this.cluster.manifests.all('KafkaUser').flatMap((user) => this.ofUser(user));
  }

  private ofUser({ metadata: { name }, spec }: Manifest): Credential[] {
    const { secrets, manifests } = this.cluster;
    switch (spec.authentication?.type) {
      case 'tls': {
        const certificate = { subject: `CN=${name}`, authority: `${this.clusterName}-clients-ca-cert` };
        return [this.byCertificate(name, certificate, secrets.text(name, 'user.crt'), secrets.text(name, 'user.key'))];
      }
      case 'tls-external': {
        const own = manifests.all('Certificate').find((made) => made.spec.commonName === name);
        if (!own) return [];
        const { ca } = manifests.one('Issuer', own.spec.issuerRef.name).spec;
        const secret: string = own.spec.secretName;
        const certificate = { subject: `CN=${name}`, authority: ca.secretName };
        return [
          this.byCertificate(name, certificate, secrets.text(secret, 'tls.crt'), secrets.text(secret, 'tls.key')),
        ];
      }
      case 'scram-sha-512':
        return [this.byPassword(name, 'SCRAM-SHA-512', name, secrets.text(name, 'password'), true)];
      default:
        return this.realms().flatMap(({ realm, clients }) =>
          (clients as Manifest['spec'][])
            .filter(({ clientId }) => name === `service-account-${clientId}`)
            .map((client) =>
              this.byClient(name, realm, client.clientId, this.secretOf(client), this.claimsOf(realm, client)),
            ),
        );
    }
  }

  private ofNobody(): Credential[] {
    const tls = { tls: true, trustsBroker: true, settings: this.overTls };
    const stranger = { 'security.protocol': 'SSL', 'ssl.truststore.type': 'PEM' };
    const other = this.cluster.secrets.text(`${this.clusterName}-clients-ca-cert`, 'ca.crt');
    return [
      { name: 'nothing, in clear', tls: false, settings: { 'security.protocol': 'PLAINTEXT' } },
      { name: 'nothing, over TLS', ...tls },
      { name: 'nothing, trusting public authorities only', tls: true, settings: { 'security.protocol': 'SSL' } },
      {
        name: 'nothing, trusting another authority',
        tls: true,
        settings: { ...stranger, 'ssl.truststore.certificates': other },
      },
      { name: 'nothing, by a name that no certificate holds', ...tls, byOtherName: true },
    ];
  }

  /** Certificates of each authority that some listener might trust, and of one that none does. */
  private async certificates(): Promise<Credential[]> {
    const { secrets, manifests } = this.cluster;
    const issuers = manifests.all('Issuer').flatMap(({ spec }) => (spec.ca ? [spec.ca.secretName as string] : []));
    const named = this.cluster.manifests.all('KafkaUser').map(({ metadata }) => metadata.name);
    const name = named.find((user) => !user.startsWith('service-account-') && user.startsWith('my-')) ?? 'my-user';
    const known = [`${this.clusterName}-clients-ca-cert`, `${this.clusterName}-cluster-ca-cert`, ...issuers];
    const nobody = certify(
      { subject: [['CN', 'nobody']], ...validity(DAY), isCa: true, usages: ['cert sign'] },
      await rsaKey(),
    );
    const now = Date.now();
    const past = { notBefore: new Date(now - 2 * DAY), notAfter: new Date(now - DAY) };
    const future = { notBefore: new Date(now + DAY), notAfter: new Date(now + 2 * DAY) };
    const made = known.flatMap((authority) => {
      const issuer = secrets.authority(authority);
      return [
        this.certificate(`a stranger's certificate of ${authority}`, [['CN', 'stranger']], issuer, { authority }),
        this.certificate(`${name}'s certificate of ${authority}`, [['CN', name]], issuer, { authority }),
        this.certificate(
          `certificate of ${authority} for another ${name}`,
          [
            ['O', 'elsewhere'],
            ['CN', name],
          ],
          issuer,
          { authority },
        ),
        this.certificate(
          `expired certificate of ${authority}`,
          [['CN', name]],
          issuer,
          { authority, isOutOfDate: true },
          past,
        ),
        this.certificate(
          `certificate of ${authority} for tomorrow`,
          [['CN', name]],
          issuer,
          { authority, isOutOfDate: true },
          future,
        ),
      ];
    });
    return Promise.all([
      ...made,
      this.certificate(`${name}'s certificate of an authority that nobody knows`, [['CN', name]], nobody, {}),
    ]);
  }

  private passwords(): Credential[] {
    const { secrets, manifests } = this.cluster;
    const users = manifests.all('KafkaUser').filter(({ spec }) => spec.authentication?.type === 'scram-sha-512');
    const right = users.flatMap(({ metadata: { name } }) => {
      const password = secrets.text(name, 'password');
      return [
        this.byPassword(`${name} with a wrong password`, 'SCRAM-SHA-512', name, newPassword(), false),
        this.byPassword(`${name} with SCRAM-SHA-256`, 'SCRAM-SHA-256', name, password, true),
        this.byPassword(`${name} with PLAIN`, 'PLAIN', name, password, true),
        { ...this.byPassword(`${name} without TLS`, 'SCRAM-SHA-512', name, password, true), tls: false },
      ];
    });
    const stranger = this.byPassword(
      'a password of another cluster',
      'SCRAM-SHA-512',
      'stranger',
      newPassword(),
      false,
    );
    return [...right, stranger].map((credential) =>
      credential.tls
        ? credential
        : { ...credential, settings: { ...credential.settings, 'security.protocol': 'SASL_PLAINTEXT' } },
    );
  }

  private async tokens(): Promise<Credential[]> {
    const stranger = { iss: 'https://elsewhere.example', preferred_username: 'stranger', exp: later() };
    const anyKey = await rsaKey();
    const made = [
      this.byToken('a token of another identity provider', jwt({ alg: 'RS256', kid: 'other' }, stranger, anyKey), {
        claims: stranger,
      }),
    ];
    if (!this.keycloak) return made;
    const elsewhere = await this.keycloak.token(OTHER_REALM.realm, 'stranger', 'stranger');
    const claims = payload(elsewhere);
    made.push(this.byToken('a token of another realm', elsewhere, { claims, signedBy: String(claims.iss) }));
    for (const realm of this.realms()) {
      for (const client of realm.clients as Manifest['spec'][]) made.push(...(await this.variations(realm, client)));
    }
    return made;
  }

  private async variations(realm: Manifest['spec'], client: Manifest['spec']): Promise<Credential[]> {
    const keycloak = this.keycloak as KeycloakServer;
    const { clientId } = client;
    const token = await keycloak.token(realm.realm, clientId, this.secretOf(client));
    const claims = payload(token);
    const signedBy = String(claims.iss);
    const header = JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString()) as object;
    const key = keycloak.key(realm.realm);
    const signed = (name: string, changes: Record<string, unknown>) => {
      const changed = { ...claims, ...changes };
      return this.byToken(`${clientId}'s token ${name}`, jwt(header, changed, key), { claims: changed, signedBy });
    };
    const [head, , signature] = token.split('.');
    const promoted = { ...claims, preferred_username: 'admin' };
    return [
      this.byToken(`${clientId}'s token`, token, { claims, signedBy }),
      signed('signed once more', {}),
      signed('that is expired', { exp: Math.floor(Date.now() / 1000) - 60, iat: Math.floor(Date.now() / 1000) - 120 }),
      signed('for another audience', { aud: 'account' }),
      signed('of another issuer', { iss: `${signedBy}-elsewhere` }),
      signed('without a name', { preferred_username: undefined }),
      signed('with the name of a stranger', { preferred_username: 'stranger' }),
      this.byToken(`${clientId}'s token, tampered with`, [head, encoded(promoted), signature].join('.'), {
        claims: promoted,
        signedBy,
        flaw: 'tampered',
      }),
      this.byToken(`${clientId}'s token, not signed`, `${encoded({ alg: 'none' })}.${encoded(claims)}.`, {
        claims,
        flaw: 'unsigned',
      }),
      this.byClient(`${clientId} with a wrong secret`, realm.realm, clientId, newPassword(), undefined),
    ];
  }

  private async certificate(
    name: string,
    subject: Subject,
    issuer: KeyAndCertificate,
    { authority, isOutOfDate }: Pick<ShownCertificate, 'authority' | 'isOutOfDate'>,
    valid = validity(DAY),
  ): Promise<Credential> {
    const made = certify({ subject, ...valid, usages: ['digital signature', 'client auth'] }, await ecKey(), issuer);
    // Kafka writes the parts of a name from the leaf to the root.
    const text = [...subject]
      .reverse()
      .map(([type, value]) => `${type}=${value}`)
      .join(',');
    return this.byCertificate(
      name,
      { subject: text, authority, isOutOfDate },
      made.certificate,
      privateKeyPem(made.key),
    );
  }

  private byCertificate(name: string, certificate: ShownCertificate, chain: string, key: string): Credential {
    const store = { 'ssl.keystore.type': 'PEM', 'ssl.keystore.certificate.chain': chain, 'ssl.keystore.key': key };
    return { name, tls: true, trustsBroker: true, certificate, settings: { ...this.overTls, ...store } };
  }

  private byPassword(
    name: string,
    mechanism: string,
    username: string,
    password: string,
    isRight: boolean,
  ): Credential {
    const login: PasswordLogin = { kind: 'password', mechanism, username, isRight };
    const module = MODULES[mechanism] ?? 'scram.ScramLoginModule';
    const jaas = `${JAAS}.${module} required username="${username}" password="${password}" ;`;
    return {
      name,
      tls: true,
      trustsBroker: true,
      login,
      settings: this.overSasl(mechanism, { 'sasl.jaas.config': jaas }),
    };
  }

  private byToken(
    name: string,
    token: string,
    login: Omit<Extract<Credential['login'], { kind: 'token' }>, 'kind'>,
  ): Credential {
    return { ...this.byOauth(name, { 'oauth.access.token': token }), login: { kind: 'token', ...login } };
  }

  private byClient(
    name: string,
    realm: string,
    id: string,
    secret: string,
    claims: Record<string, unknown> | undefined,
  ): Credential {
    const { http, hostname } = this.cluster.manifests.one('Keycloak').spec;
    const options = {
      'oauth.token.endpoint.uri': `${hostname.hostname}/realms/${realm}/protocol/openid-connect/token`,
      'oauth.client.id': id,
      'oauth.client.secret': secret,
      'oauth.ssl.truststore.certificates': this.cluster.secrets.text(http.tlsSecret, 'ca.crt').replaceAll('\n', '\\n'),
      'oauth.ssl.truststore.type': 'PEM',
    };
    return { ...this.byOauth(name, options), login: { kind: 'token', claims, signedBy: claims && String(claims.iss) } };
  }

  private byOauth(name: string, options: Record<string, string>): Credential {
    const written = Object.entries(options)
      .map(([option, value]) => `${option}="${value}"`)
      .join(' ');
    const settings = this.overSasl('OAUTHBEARER', {
      'sasl.login.callback.handler.class': 'io.strimzi.kafka.oauth.client.JaasClientOauthLoginCallbackHandler',
      'sasl.jaas.config': `${JAAS}.oauthbearer.OAuthBearerLoginModule required ${written} ;`,
    });
    return { name, tls: true, trustsBroker: true, settings };
  }

  /** Keycloak 26: what a token of a client's service account says, as far as brokers look at it. */
  private claimsOf(realm: string, client: Manifest['spec']): Record<string, unknown> {
    const mappers: Manifest['spec'][] = client.protocolMappers ?? [];
    return {
      iss: `${this.cluster.manifests.one('Keycloak').spec.hostname.hostname}/realms/${realm}`,
      aud: mappers.map(({ config }) => config['included.custom.audience']).filter((audience) => audience !== undefined),
      preferred_username: `service-account-${client.clientId}`,
      exp: later(),
    };
  }

  /** The secret of a client, which its realm has a placeholder for. */
  private secretOf({ secret }: Manifest['spec']): string {
    const placeholders = this.cluster.manifests.all('KeycloakRealmImport').map(({ spec }) => spec.placeholders);
    const { name, key } = Object.assign({}, ...placeholders)[(secret as string).slice(2, -1)].secret;
    return this.cluster.secrets.text(name, key);
  }

  private realms(): Manifest['spec'][] {
    return this.cluster.manifests.all('KeycloakRealmImport').map(({ spec }) => spec.realm);
  }

  private get clusterName(): string {
    return this.cluster.manifests.one('Kafka').metadata.name;
  }

  private get overTls(): Settings {
    return {
      'security.protocol': 'SSL',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': this.cluster.secrets.text(`${this.clusterName}-cluster-ca-cert`, 'ca.crt'),
    };
  }

  private overSasl(mechanism: string, settings: Settings): Settings {
    return { ...this.overTls, 'security.protocol': 'SASL_SSL', 'sasl.mechanism': mechanism, ...settings };
  }
}

function jwt(header: object, claims: object, key: KeyObject): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function payload(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()) as Record<string, unknown>;
}

function later(): number {
  return Math.floor(Date.now() / 1000) + 300;
}
