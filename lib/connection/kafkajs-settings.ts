import { SecurityProtocol } from '../access/protocol';
import { OAuthCredentialsProps } from '../access/client-credentials';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { enforce } from '../validation/rule';
import { secretPath, trustPath } from './client-files';
import type { KafkaConnection } from './kafka-connection';
import { KAFKAJS_RULES } from './kafkajs-rules';

/** Configuration of KafkaJS, a client for Node.js. */
export class KafkaJsSettings {
  /**
   * A CommonJS module whose export is what the constructor `Kafka` of KafkaJS takes.
   *
   * There is no secret in it: it reads the mounted files where it runs. Access tokens it gets by itself. KafkaJS reads
   * topics only as a member of a group, so that the user needs the right to read as one.
   *
   * @see KafkaJS 2.2.4, types/index.d.ts (KafkaConfig)
   * @param connection the connection
   */
  public static render(connection: KafkaConnection): string {
    enforce(connection, KAFKAJS_RULES, connection);
    const { uses, ssl = [], sasl, functions = [] } = credentialParts(connection);
    const trust = connection.trust && `ca: ${read(trustPath(connection.trust))},`;
    const files = [...(trust ? [trust] : []), ...ssl];
    return [
      "'use strict';",
      ...(files.length > 0 || sasl ? ["const { readFileSync } = require('node:fs');"] : []),
      ...(uses ?? []),
      '',
      'module.exports = {',
      `  brokers: [${connection.bootstrapServers.split(',').map(quoted).join(', ')}],`,
      ...(isEncrypted(connection) ? object('ssl', files) : []),
      ...(sasl ? object('sasl', sasl) : []),
      '};',
      ...functions,
      '',
    ].join('\n');
  }

  private constructor() {}
}

/** What the credentials add to the module, as lines. */
interface Parts {
  readonly uses?: string[];
  readonly ssl?: string[];
  readonly sasl?: string[];
  readonly functions?: string[];
}

function credentialParts({ credentials }: KafkaConnection): Parts {
  const details = credentials._details;
  switch (details.kind) {
    case 'none':
      return {};
    case 'kerberos':
      // KafkaJS has no Kerberos, which a rule says.
      return {};
    case 'certificate':
      return {
        ssl: [
          `cert: ${readSecret(details.certificate.certificate)},`,
          `key: ${readSecret(details.certificate.privateKey)},`,
        ],
      };
    case 'password':
      return {
        sasl: [
          `mechanism: ${quoted(details.mechanism.toLowerCase())},`,
          `username: ${quoted(details.username)},`,
          `password: ${readSecret(details.password)},`,
        ],
      };
    case 'oauth':
      return {
        uses: [`const { request } = require(${quoted(moduleOf(details.oauth.tokenEndpointUri))});`],
        sasl: [
          "mechanism: 'oauthbearer',",
          `oauthBearerProvider: async () => ({ value: await accessToken()${extensionsOf(details.oauth)} }),`,
        ],
        functions: tokenFunction(details.oauth, details.oauth.trust),
      };
  }
}

/** A function that gets a token by the client credentials grant. The secret is read anew for each, as it may change. */
function tokenFunction(
  { tokenEndpointUri, clientId, clientSecret, scope, audience }: OAuthCredentialsProps,
  trust: TrustedCertificates | undefined,
): string[] {
  const form = { grant_type: 'client_credentials', scope, audience };
  const given = Object.entries(form).filter((field): field is [string, string] => field[1] !== undefined);
  return `
async function accessToken() {
  // RFC 6749, section 2.3.1: id and secret are encoded before they are joined.
  const credentials = [${quoted(clientId)}, ${readSecret(clientSecret)}].map(encodeURIComponent).join(':');
  const options = {
    method: 'POST',
    headers: {
      authorization: \`Basic \${Buffer.from(credentials).toString('base64')}\`,
      'content-type': 'application/x-www-form-urlencoded',
    },${trust ? `\n    ca: ${read(trustPath(trust))},` : ''}
    timeout: 10_000,
  };
  const response = await new Promise((resolve, reject) => {
    const asked = request(${quoted(tokenEndpointUri)}, options, resolve);
    asked.on('timeout', () => asked.destroy(new Error('no access token: no answer')));
    asked.on('error', reject);
    asked.end(${quoted(new URLSearchParams(given).toString())});
  });
  let body = '';
  for await (const part of response.setEncoding('utf8')) body += part;
  if (response.statusCode !== 200) throw new Error(\`no access token: \${response.statusCode} \${body}\`);
  return JSON.parse(body).access_token;
}`.split('\n');
}

function extensionsOf({ extensions }: OAuthCredentialsProps): string {
  return extensions ? `, extensions: ${JSON.stringify(extensions)}` : '';
}

function moduleOf(uri: string): string {
  return uri.startsWith('http:') ? 'node:http' : 'node:https';
}

function isEncrypted({ securityProtocol }: KafkaConnection): boolean {
  return securityProtocol === SecurityProtocol.SSL || securityProtocol === SecurityProtocol.SASL_SSL;
}

/** A property of the exported object; an object without properties is switched on. */
function object(name: string, properties: readonly string[]): string[] {
  if (properties.length === 0) return [`  ${name}: true,`];
  return [`  ${name}: {`, ...properties.map((property) => `    ${property}`), '  },'];
}

function readSecret(key: SecretKey): string {
  return read(secretPath(key));
}

function read(path: string): string {
  return `readFileSync(${quoted(path)}, 'utf8')`;
}

/** A string as JavaScript writes it. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
