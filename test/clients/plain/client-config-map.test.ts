import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Chart } from 'cdk8s';
import { Deployment, EnvValue } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  ClientConfigMap,
  ClientConfigMapProps,
  ClientCredentials,
  ClientDialect,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  JavaClientClasses,
  JavaClientSettings,
  KafkaConnection,
  LibrdkafkaSettings,
  SaslMechanism,
  SecretKey,
} from '../../../lib';
import { CLIENT_CONFIG_MAP_RULES } from '../../../lib/clients/plain/client-config-map-rules';
import { describeRules } from '../../support/rules';
import { Manifest, faults, find, synth, testChart } from '../../support/synth';
import { parseProperties } from '../confluent/parse-properties';
import { MODES, external } from '../connect/modes';

const KAFKA_ALONE = JavaClientClasses.KAFKA_ALONE;

/** The settings of a client that logs in to a Kafka of others in some mode, and its connection. */
function settings(mode: string, dialect: ClientDialect): { map: ClientConfigMap; connection: KafkaConnection } {
  const connection = external(testChart(), mode);
  return { map: new ClientConfigMap(connection, 'client', { connection, dialect }), connection };
}

/** What Spring makes of text: a backslash keeps a placeholder from being one. */
const bySpring = (text: string) => text.replace(/(\\?)\$\{/g, (_, escaped) => (escaped ? '${' : '<placeholder>{'));

/** What SmallRye Config makes of text. */
const bySmallRye = (text: string) => text.replace(/(\\?)\$/g, (_, escaped) => (escaped ? '$' : '<expression>'));

function mapped(values: Record<string, string>, key: RegExp, read: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [key.exec(name)?.[1] ?? `unread ${name}`, read(value)]),
  );
}

describe.each(Object.keys(MODES))('with %s', (mode) => {
  test('a file of Java properties is what the Java client takes', () => {
    const { map, connection } = settings(mode, ClientDialect.javaProperties());
    expect(parseProperties(map.text)).toEqual(JavaClientSettings.render(connection));
    expect(map.environment).toEqual(mode === 'GSSAPI' ? { JAVA_TOOL_OPTIONS: expect.anything() } : {});
  });

  test('Spring Boot gives its client what the Java client takes', () => {
    const { map, connection } = settings(mode, ClientDialect.springBoot(KAFKA_ALONE));
    const { kafka } = parse(map.text, { version: '1.1' }).spring;
    expect(Object.keys(kafka)).toEqual(['bootstrap-servers', 'security', 'properties']);
    expect({
      'bootstrap.servers': kafka['bootstrap-servers'],
      'security.protocol': kafka.security.protocol,
      ...mapped(kafka.properties, /^\[(.*)\]$/, bySpring),
    }).toEqual(JavaClientSettings.render(connection, KAFKA_ALONE));
  });

  test('Quarkus gives its client what the Java client takes', () => {
    const { map, connection } = settings(mode, ClientDialect.quarkus());
    const { config_ordinal: ordinal, ...kafka } = parseProperties(map.text);
    expect(Number(ordinal)).toBeGreaterThan(260);
    expect(mapped(kafka, /^kafka\.(.*)$/, bySmallRye)).toEqual(JavaClientSettings.render(connection));
  });

  test('a program with librdkafka reads the settings, the files of the secrets and how to encode them', () => {
    const { map, connection } = settings(mode, ClientDialect.librdkafka());
    const { environment, ...rest } = LibrdkafkaSettings.render(connection);
    expect(JSON.parse(map.text)).toEqual(rest);
    expect(map.environment).toEqual(environment);
  });

  test('kcat reads the settings that are no secret', () => {
    const { map, connection } = settings(mode, ClientDialect.kcat());
    const lines = map.text.split('\n').slice(0, -1);
    const read = lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    expect(Object.fromEntries(read)).toEqual(LibrdkafkaSettings.render(connection).settings);
  });

  test('Kafka UI gives its client what the Java client takes', () => {
    const { map, connection } = settings(mode, ClientDialect.kafkaUi());
    const [cluster] = parse(map.text, { version: '1.1' }).kafka.clusters;
    expect(cluster.name).toBe(connection.listener.clusterName);
    expect({
      'bootstrap.servers': cluster.bootstrapServers,
      ...mapped(cluster.properties, /^\[(.*)\]$/, bySpring),
    }).toEqual(JavaClientSettings.render(connection));
  });
});

test('KafkaJS reads its settings where it runs', () => {
  const { map } = settings('SCRAM-SHA-512', ClientDialect.kafkaJs());
  const module = { exports: {} };
  runInNewContext(map.text, { module, require: () => ({ readFileSync: (path: string) => `<${path}>` }) });
  expect(module.exports).toEqual({
    brokers: ['kafka.example.com:9093'],
    ssl: { ca: '</opt/kafka-ca/ca.crt>' },
    sasl: { mechanism: 'scram-sha-512', username: 'me', password: '</opt/login/password>' },
  });
});

test('user names that are written in special ways mean themselves', () => {
  const name = `o'neil "\\ $x ä: # y`;
  const connection = logIn(testChart(), ClientCredentials.plain(name, SecretKey.existing('login', 'password')));
  const text = (id: string, dialect: ClientDialect) =>
    new ClientConfigMap(connection, id, { connection, dialect }).text;
  const jaas = JavaClientSettings.render(connection)['sasl.jaas.config'];
  expect(jaas).toContain(`o'neil \\"\\\\ $x ä`);
  expect(parseProperties(text('java', ClientDialect.javaProperties()))['sasl.jaas.config']).toBe(jaas);
  const { properties } = parse(text('spring', ClientDialect.springBoot()), { version: '1.1' }).spring.kafka;
  expect(bySpring(properties['[sasl.jaas.config]'])).toBe(jaas);
  const quarkus = parseProperties(text('quarkus', ClientDialect.quarkus()));
  expect(bySmallRye(quarkus['kafka.sasl.jaas.config'])).toBe(jaas);
});

/** A client that logs in to a Kafka of others by a password. */
function logIn(chart: Chart, credentials: ClientCredentials): KafkaConnection {
  const kafka = new ExternalKafka(chart, 'theirs', {
    bootstrapServers: ['kafka.example.com:9093'],
    authentication: ExternalKafkaAuthentication.sasl([SaslMechanism.PLAIN]),
  });
  return new KafkaConnection(chart, 'connection', {
    listener: kafka,
    user: new ExternalKafkaUser(chart, 'me', { kafka, credentials }),
  });
}

/** A deployment with the settings. */
function attached(chart: Chart, mode: string, props: Omit<ClientConfigMapProps, 'connection'>): Deployment {
  const app = new Deployment(chart, 'app', {
    metadata: { name: 'app' },
    containers: [
      { name: 'one', image: 'example.com/app:1.0' },
      { name: 'two', image: 'example.com/app:1.0' },
    ],
  });
  new ClientConfigMap(chart, 'client', { connection: external(chart, mode), ...props }).attachTo(app);
  return app;
}

function podOf(manifests: readonly Manifest[]) {
  return find(manifests, 'Deployment').spec.template.spec;
}

/** The files that the containers have below their mounts, as far as the volumes tell. */
function filesOf(pod: any, container: any): string[] {
  return container.volumeMounts.flatMap(({ name, mountPath }: any) => {
    const { secret, configMap } = pod.volumes.find((volume: any) => volume.name === name);
    const keys = secret?.items.map(({ path }: any) => path) ?? (configMap ? [''] : []);
    return keys.map((key: string) => `${mountPath}/${key}`);
  });
}

describe('a workload', () => {
  const manifests = synth((chart) => void attached(chart, 'mutual TLS', { dialect: ClientDialect.springBoot() }));

  test('has the file, what it speaks of, and the variable that tells of it, in every container', () => {
    const pod = podOf(manifests);
    expect(pod.containers).toHaveLength(2);
    for (const container of pod.containers) {
      expect(container.env).toEqual([
        { name: 'SPRING_CONFIG_ADDITIONAL_LOCATION', value: '/etc/kafka-client/application.yaml' },
      ]);
      const spoken = find(manifests, 'ConfigMap').data['application.yaml'].match(/\/opt\/[\w-]+(?=:|\/ca)/g);
      expect(new Set(spoken)).toEqual(new Set(['/opt/kafka-ca', '/opt/me']));
      expect(filesOf(pod, container)).toEqual(
        expect.arrayContaining(['/opt/kafka-ca/ca.crt', '/opt/me/tls.crt', '/opt/me/tls.key', '/etc/kafka-client/']),
      );
    }
  });

  test('gets new pods when the settings change', () => {
    const annotations = (mode: string) =>
      find(
        synth((chart) => void attached(chart, mode, { dialect: ClientDialect.kcat() })),
        'Deployment',
      ).spec.template.metadata.annotations['cdk8s-secure-kafka/client'];
    expect(annotations('TLS')).toMatch(/^[0-9a-f]{64}$/);
    expect(annotations('TLS')).toBe(annotations('TLS'));
    expect(annotations('TLS')).not.toBe(annotations('mutual TLS'));
  });

  test('knows of its krb5.conf', () => {
    const kerberos = synth((chart) => void attached(chart, 'GSSAPI', { dialect: ClientDialect.quarkus() }));
    expect(podOf(kerberos).containers[0].env).toEqual([
      { name: 'SMALLRYE_CONFIG_LOCATIONS', value: '/etc/kafka-client/application.properties' },
      { name: 'JAVA_TOOL_OPTIONS', value: '-Djava.security.krb5.conf=/opt/realm/krb5.conf' },
    ]);
  });

  test('has a client secret as Kafka itself takes it', () => {
    const alone = synth((chart) => {
      const { listener, user } = external(chart, 'OAUTHBEARER');
      const credentials = ClientCredentials.oauth({
        tokenEndpointUri: 'https://idp.example.com/token',
        clientId: 'me',
        clientSecret: SecretKey.existing('awkward', 'secret'),
      });
      const connection = new KafkaConnection(chart, 'awkward', { listener, user, credentials });
      made(chart, { connection, dialect: ClientDialect.quarkus(KAFKA_ALONE) }).attachTo(deployment(chart));
    });
    const pod = podOf(alone);
    expect(find(alone, 'ConfigMap').data['application.properties']).toContain('{dir:/opt/awkward:secret}');
    expect(filesOf(pod, pod.containers[0])).toContain('/opt/awkward/secret');
  });

  test('has the file elsewhere, and another variable, if that is asked for', () => {
    const dialect = ClientDialect.librdkafka();
    const own = synth((chart) => void attached(chart, 'TLS', { dialect, folder: '/config', variable: 'KAFKA_FILE' }));
    const [{ env, volumeMounts }] = podOf(own).containers;
    expect(env).toEqual([{ name: 'KAFKA_FILE', value: '/config/kafka.json' }]);
    expect(volumeMounts).toContainEqual({ mountPath: '/config', name: 'client-settings', readOnly: true });
  });

  test('may be one of several', () => {
    const twice = (chart: Chart) => {
      const connection = external(chart, 'TLS');
      const map = new ClientConfigMap(chart, 'client', { connection, dialect: ClientDialect.kafkaJs() });
      for (const name of ['one', 'two']) {
        const containers = [{ name, image: 'example.com/app:1.0' }];
        map.attachTo(new Deployment(chart, name, { metadata: { name }, containers }));
      }
    };
    expect(faults(twice)).toEqual([]);
    expect(synth(twice).filter(({ kind }) => kind === 'Deployment')).toHaveLength(2);
  });
});

describe('the file of kcat', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kcat-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs the init container on files below a folder, and gives the file that it writes. */
  function written(mode: string, secret: string): string {
    const manifests = synth((chart) => void attached(chart, mode, { dialect: ClientDialect.kcat() }));
    const { initContainers } = podOf(manifests);
    const [shell, option, script] = initContainers.at(-1).command;
    const place = mkdtempSync(join(folder, 'run-'));
    const put = (path: string, text: string) => {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), text);
    };
    put('/settings/kcat.conf', find(manifests, 'ConfigMap').data['kcat.conf']);
    put('/opt/login/password', secret);
    mkdirSync(join(place, 'etc/kafka-client'), { recursive: true });
    execFileSync(shell, [option, script.replace(/\/(settings|opt|etc\/kafka-client)\//g, `${place}$&`)], {
      stdio: 'pipe',
    });
    return readFileSync(join(place, 'etc/kafka-client/kcat.conf'), 'utf8');
  }

  test('is complete in memory alone', () => {
    const manifests = synth((chart) => void attached(chart, 'PLAIN', { dialect: ClientDialect.kcat() }));
    const pod = podOf(manifests);
    for (const { env, volumeMounts } of pod.containers) {
      expect(env).toEqual([{ name: 'KCAT_CONFIG', value: '/etc/kafka-client/kcat.conf' }]);
      expect(volumeMounts).toContainEqual({ mountPath: '/etc/kafka-client', name: 'client-settings', readOnly: true });
    }
    expect(pod.volumes.find(({ name }: any) => name === 'client-settings').emptyDir.medium).toBe('Memory');
  });

  test('is the ConfigMap where there is no secret value', () => {
    const pod = podOf(synth((chart) => void attached(chart, 'mutual TLS', { dialect: ClientDialect.kcat() })));
    expect(pod.initContainers ?? []).toEqual([]);
    expect(pod.volumes.find(({ name }: any) => name === 'client-settings').configMap.name).toBe('client');
  });

  test.each(['secret', ` $(id) "q" 'p' \\ = : %s # ä`, '-n'])('has the password %s as it is', (password) => {
    expect(written('PLAIN', password).split('\n').slice(-2)).toEqual([`sasl.password=${password}`, '']);
  });

  test('has a client secret as librdkafka takes it', () => {
    expect(written('OAUTHBEARER', 'a+b')).toMatch(/^sasl\.oauthbearer\.client\.secret=%61%2b%62\n$/m);
    expect(written('OAUTHBEARER', 'a-b')).toMatch(/^sasl\.oauthbearer\.client\.secret=a-b\n$/m);
  });

  test.each(['a\\=b', 'a\\:b', 'blank ', 'line\n', 'two\nlines'])('fails to be written with %j', (password) => {
    expect(() => written('PLAIN', password)).toThrow(
      /kcat cannot read a sasl\.password like that of .*\/opt\/login\/password/,
    );
  });
});

function made(chart: Chart, props: Partial<ClientConfigMapProps> = {}, mode = 'TLS'): ClientConfigMap {
  const { connection = external(chart, mode), dialect = ClientDialect.springBoot(), name } = props;
  return new ClientConfigMap(chart, 'client', { connection, dialect, name });
}

function deployment(chart: Chart, namespace?: string): Deployment {
  return new Deployment(chart, 'app', {
    metadata: { name: 'app', namespace },
    containers: [{ name: 'main', image: 'example.com/app:1.0' }],
  });
}

function withVariable(chart: Chart, variable: string): void {
  const app = deployment(chart);
  app.containers[0].env.addVariable(variable, EnvValue.fromValue('mine'));
  made(chart).attachTo(app);
}

function kcatOf(chart: Chart, username: string): void {
  const connection = logIn(chart, ClientCredentials.plain(username, SecretKey.existing('login', 'password')));
  made(chart, { connection, dialect: ClientDialect.kcat() });
}

describeRules(CLIENT_CONFIG_MAP_RULES, {
  'client-map-name': {
    remedy: 'use at most 54 lower-case letters, digits and dashes',
    cases: [
      [
        (chart) => made(chart, { name: 'My.Settings' }),
        ["[test/client] no ConfigMap with settings can be named 'My.Settings'"],
        (chart) => made(chart, { name: 'a'.repeat(54) }),
      ],
      [
        (chart) => made(chart, { name: 'a'.repeat(55) }),
        [`[test/client] no ConfigMap with settings can be named '${'a'.repeat(55)}'`],
        (chart) => made(chart),
      ],
    ],
  },
  'client-map-workload': {
    remedy: 'make the connection for the namespace of the workload: namespace',
    cases: [
      [
        (chart) => made(chart).attachTo(deployment(chart, 'apps')),
        ["[test/client] 'app' in namespace 'apps' cannot mount the ConfigMap 'client' in 'flink'"],
        (chart) => made(chart).attachTo(deployment(chart, 'flink')),
      ],
    ],
  },
  'client-map-variable': {
    remedy: 'leave the variable out there, or name another one here: variable',
    cases: [
      [
        (chart) => withVariable(chart, 'SPRING_CONFIG_ADDITIONAL_LOCATION'),
        ["[test/client] container 'main' of 'app' has a variable SPRING_CONFIG_ADDITIONAL_LOCATION of its own"],
        (chart) => withVariable(chart, 'SPRING_PROFILES_ACTIVE'),
      ],
      [
        (chart) => {
          const app = deployment(chart);
          made(chart).attachTo(app);
          app.containers[0].env.addVariable('SPRING_CONFIG_ADDITIONAL_LOCATION', EnvValue.fromValue('later'));
        },
        ["[test/client] container 'main' of 'app' has a variable SPRING_CONFIG_ADDITIONAL_LOCATION of its own"],
        (chart) => made(chart).attachTo(deployment(chart)),
      ],
    ],
  },
  'kcat-value': {
    remedy: 'use a value of less than 400 characters without \\: and \\= and without blanks at its end',
    cases: [
      [
        (chart) => kcatOf(chart, 'a\\=b'),
        ["[test/client] kcat would read another sasl.username than 'a\\=b'"],
        (chart) => kcatOf(chart, 'a\\b=c'),
      ],
    ],
  },
  'kafka-ui-login': {
    remedy: 'connect it by plaintext, TLS, mutual TLS, SASL PLAIN, SASL SCRAM-SHA-256, SASL SCRAM-SHA-512, SASL GSSAPI',
    cases: [
      [
        (chart) => made(chart, { dialect: ClientDialect.kafkaUi() }, 'OAUTHBEARER'),
        [
          "[test/client] Kafka UI 'client' cannot log in by SASL OAUTHBEARER: its image has the client of Kafka 3.9, which takes a client secret in another way than later ones, and no strimzi-kafka-oauth",
        ],
        (chart) => made(chart, {}, 'OAUTHBEARER'),
      ],
    ],
  },
});
