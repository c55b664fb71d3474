import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { ClientCredentials, KafkaJsSettings, ListenerAuthentication, SecretKey } from '../../lib';
import { KAFKAJS_RULES } from '../../lib/connection/kafkajs-rules';
import { describeRules } from '../support/rules';
import { testChart } from '../support/synth';
import { COMPANY_CA, certificate, connect, listener } from '../support/worlds';

const PASSWORD = SecretKey.existing('login', 'password');
const OAUTH = { clientId: 'etl', clientSecret: SecretKey.existing('etl-client', 'secret') };

/** The text for a client with some credentials at a listener that logs clients in by SASL, or not. */
function rendered(sasl: boolean, credentials: ClientCredentials): string {
  const chart = testChart();
  const authentication = ListenerAuthentication.custom({ sasl });
  return KafkaJsSettings.render(connect(chart, { listener: listener(chart, { authentication }), credentials }));
}

/** What a module exports where the content of each file is `<its path>`, or as given. */
function exported(text: string, files: Record<string, string> = {}, request?: unknown) {
  const module = { exports: {} as Record<string, any> };
  const readFileSync = (path: string, encoding: string) => {
    expect(encoding).toBe('utf8');
    return files[path] ?? `<${path}>`;
  };
  const require = (name: string) => (name === 'node:fs' ? { readFileSync } : { name, request });
  runInNewContext(text, { module, require, Buffer });
  return module.exports;
}

const BROKERS = ['my-cluster-kafka-bootstrap.flink.svc:9093'];
const CA = '</opt/my-cluster-cluster-ca-cert/ca.crt>';

test('a client without encryption has just an address', () => {
  const chart = testChart();
  const to = listener(chart, { authentication: ListenerAuthentication.none(), tls: false });
  expect(exported(KafkaJsSettings.render(connect(chart, { listener: to })))).toEqual({ brokers: BROKERS });
});

test('a client without credentials knows the brokers', () => {
  expect(exported(rendered(false, ClientCredentials.none()))).toEqual({ brokers: BROKERS, ssl: { ca: CA } });
});

test('a client has its certificate and key from their files', () => {
  expect(exported(rendered(false, ClientCredentials.certificate(certificate())))).toEqual({
    brokers: BROKERS,
    ssl: { ca: CA, cert: '</opt/my-tls/tls.crt>', key: '</opt/my-tls/tls.key>' },
  });
});

test.each([
  ['scram-sha-512', ClientCredentials.scramSha512(`o'neil"\\`, PASSWORD)],
  ['scram-sha-256', ClientCredentials.scramSha256(`o'neil"\\`, PASSWORD)],
  ['plain', ClientCredentials.plain(`o'neil"\\`, PASSWORD)],
])('a client with %s has its password from its file', (mechanism, credentials) => {
  expect(exported(rendered(true, credentials))).toEqual({
    brokers: BROKERS,
    ssl: { ca: CA },
    sasl: { mechanism, username: `o'neil"\\`, password: '</opt/login/password>' },
  });
});

describe('a client with OAuth tokens', () => {
  const asked: { authorization?: string; contentType?: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      asked.push({
        authorization: request.headers.authorization,
        contentType: request.headers['content-type'],
        body,
      });
      response.statusCode = body.includes('scope=no') ? 401 : 200;
      response.end(response.statusCode === 200 ? '{"access_token":"a.b.c"}' : '{"error":"unauthorized_client"}');
    });
  });
  let tokenEndpointUri: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    tokenEndpointUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  });
  beforeEach(() => asked.splice(0));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function provided(props: object): Promise<unknown> {
    const oauth = { ...OAUTH, tokenEndpointUri, ...props };
    const text = rendered(true, ClientCredentials.oauth(oauth));
    const { request } = await import('node:http');
    const { sasl } = exported(text, { '/opt/etl-client/secret': 'ä %+:"\\' }, request);
    expect(sasl.mechanism).toBe('oauthbearer');
    return sasl.oauthBearerProvider();
  }

  test('asks the token endpoint with encoded credentials', async () => {
    expect(await provided({ clientId: 'a:b', scope: 'read write', audience: 'kafka' })).toEqual({ value: 'a.b.c' });
    const basic = Buffer.from('a%3Ab:%C3%A4%20%25%2B%3A%22%5C').toString('base64');
    expect(asked).toEqual([
      {
        authorization: `Basic ${basic}`,
        contentType: 'application/x-www-form-urlencoded',
        body: 'grant_type=client_credentials&scope=read+write&audience=kafka',
      },
    ]);
  });

  test('sends its extensions with the token', async () => {
    const extensions = { logicalCluster: 'lkc-1' };
    expect(await provided({ extensions })).toEqual({ value: 'a.b.c', extensions });
  });

  test('fails with what the token endpoint says', async () => {
    await expect(provided({ scope: 'no' })).rejects.toThrow('no access token: 401 {"error":"unauthorized_client"}');
  });

  test('asks over TLS, and knows the token endpoint by its own authority', () => {
    const oauth = { ...OAUTH, tokenEndpointUri: 'https://sso.example.com/token', trust: COMPANY_CA };
    const text = rendered(true, ClientCredentials.oauth(oauth));
    expect(text).toContain("const { request } = require('node:https');");
    expect(text).toContain("ca: readFileSync('/opt/company-ca/ca.crt', 'utf8'),");
  });
});

const gssapi = (credentials: ClientCredentials) => (chart: ReturnType<typeof testChart>) => {
  const to = listener(chart, {
    authentication: ListenerAuthentication.custom({
      sasl: true,
      listenerConfig: {
        'sasl.enabled.mechanisms': 'GSSAPI,PLAIN',
        'gssapi.sasl.jaas.config': 'com.sun.security.auth.module.Krb5LoginModule required ;',
        'plain.sasl.jaas.config': 'org.apache.kafka.common.security.plain.PlainLoginModule required ;',
      },
    }),
  });
  KafkaJsSettings.render(connect(chart, { listener: to, credentials }));
};

describeRules(KAFKAJS_RULES, {
  'kafkajs-login': {
    remedy:
      'connect it by plaintext, TLS, mutual TLS, SASL PLAIN, SASL SCRAM-SHA-256, SASL SCRAM-SHA-512, SASL OAUTHBEARER',
    cases: [
      [
        gssapi(ClientCredentials.kerberos({ principal: 'etl@EXAMPLE.COM', keytab: SecretKey.existing('krb', 'tab') })),
        ["[test/connection] KafkaJS 'connection' cannot log in by SASL GSSAPI: KafkaJS has no Kerberos"],
        gssapi(ClientCredentials.plain('etl', PASSWORD)),
      ],
    ],
  },
});
