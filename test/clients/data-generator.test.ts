import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Chart } from 'cdk8s';
import {
  ApicurioRegistry,
  DataGenerator,
  DataGeneratorImage,
  DataGeneratorProps,
  DataSet,
  KafkaAuthorization,
  KafkaTopic,
  KafkaUser,
  ListenerAuthentication,
  RegistryStorage,
  UserAuthentication,
} from '../../lib';
import { faults, find, synth } from '../support/synth';
import { World, certificate, environment, mentionedFiles, presentFiles, unsafeties } from './world';

const LATER = DataGeneratorImage.of(`quay.io/streamshub/flink-examples-data-generator@sha256:${'0'.repeat(64)}`);

function secureRegistry(chart: Chart): ApicurioRegistry {
  return new ApicurioRegistry(chart, 'registry', { storage: RegistryStorage.inMemory(), certificate: certificate() });
}

/** The generator of sales records, as a user with a certificate unless the properties say otherwise. */
function generator(world: World, props: Partial<DataGeneratorProps> = {}): DataGenerator {
  return new DataGenerator(world.chart, 'data', {
    connection: props.connection ?? world.connect(world.user('data-user')),
    data: [DataSet.SALES],
    topics: [world.topic],
    ...props,
  });
}

function deploymentOf(build: (chart: Chart) => void) {
  expect(faults(build)).toEqual([]);
  return find(synth(build), 'Deployment', 'data');
}

/** The shapes of connection that a data generator can have. */
const SHAPES: Record<string, (chart: Chart) => void> = {
  'plaintext, 0.1.0': (chart) => {
    const world = new World(chart, KafkaAuthorization.none());
    const authentication = ListenerAuthentication.none();
    const listener = world.cluster.addListener('plain', { port: 9092, tls: false, authentication });
    generator(world, { connection: world.connect(undefined, listener) });
  },
  'mutual TLS, 0.1.0': (chart) => void generator(new World(chart)),
  'mutual TLS and a registry by HTTPS, 0.1.0': (chart) => {
    generator(new World(chart), { registry: secureRegistry(chart) });
  },
  'mutual TLS and a registry by HTTPS, later build': (chart) => {
    generator(new World(chart), { registry: secureRegistry(chart), image: LATER });
  },
  'SCRAM, later build': (chart) => {
    const world = new World(chart);
    const authentication = ListenerAuthentication.scramSha512();
    const listener = world.cluster.addListener('scram', { port: 9094, authentication });
    const user = world.user('data-user', UserAuthentication.scramSha512());
    generator(world, { connection: world.connect(user, listener), image: LATER });
  },
};

describe.each(Object.entries(SHAPES))('a data generator over %s', (_, build) => {
  const deployment = deploymentOf(build);

  test('has every file that its settings speak of', () => {
    expect(presentFiles(deployment)).toEqual(expect.arrayContaining(mentionedFiles(deployment)));
  });

  test('runs without root, writable files, an API token or open limits', () => {
    expect(unsafeties(deployment)).toEqual([]);
  });
});

test('version 0.1.0 is told what it reads: a PEM trust store, and the PKCS #12 key store of its user', () => {
  const deployment = deploymentOf(SHAPES['mutual TLS, 0.1.0']);
  expect(environment(deployment)).toEqual({
    KAFKA_BOOTSTRAP_SERVERS: 'my-cluster-kafka-bootstrap.flink.svc:9093',
    KAFKA_SECURITY_PROTOCOL: 'SSL',
    KAFKA_SSL_TRUSTSTORE_LOCATION: '/opt/my-cluster-cluster-ca-cert/ca.crt',
    KAFKA_SSL_TRUSTSTORE_TYPE: 'PEM',
    KAFKA_SSL_KEYSTORE_LOCATION: '/opt/data-user/user.p12',
    KAFKA_SSL_KEYSTORE_PASSWORD: 'data-user:user.password',
    DATA: 'sales',
  });
  expect(mentionedFiles(deployment)).toEqual(['/opt/my-cluster-cluster-ca-cert/ca.crt', '/opt/data-user/user.p12']);
});

test('version 0.1.0 over plaintext is told of no certificates', () => {
  expect(environment(deploymentOf(SHAPES['plaintext, 0.1.0']))).toEqual({
    KAFKA_BOOTSTRAP_SERVERS: 'my-cluster-kafka-bootstrap.flink.svc:9092',
    KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
    DATA: 'sales',
  });
});

test('version 0.1.0 reads the key store of another user where the listener asks for no certificate', () => {
  const deployment = deploymentOf((chart) => {
    const world = new World(chart, KafkaAuthorization.none());
    const listener = world.cluster.addListener('open', { port: 9094, authentication: ListenerAuthentication.none() });
    generator(world, { connection: world.connect(undefined, listener), keystoreUser: world.user('key-user') });
  });
  expect(environment(deployment)).toMatchObject({
    KAFKA_SSL_KEYSTORE_LOCATION: '/opt/key-user/user.p12',
    KAFKA_SSL_KEYSTORE_PASSWORD: 'key-user:user.password',
  });
});

test('version 0.1.0 trusts a registry by a Java key store, which an init container makes after the PEM files are there', () => {
  const deployment = deploymentOf(SHAPES['mutual TLS and a registry by HTTPS, 0.1.0']);
  expect(environment(deployment)).toMatchObject({
    USE_APICURIO_REGISTRY: 'true',
    REGISTRY_URL: 'https://registry.flink.svc:8443/apis/registry/v2',
    JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=/truststore/truststore.jks -Djavax.net.ssl.trustStoreType=JKS',
  });
  expect(mentionedFiles(deployment)).toContain('/truststore/truststore.jks');
  const { initContainers } = deployment.spec.template.spec;
  expect(initContainers.map(({ name }: any) => name)).toEqual(['trust-my-cluster-cluster-ca-cert', 'java-truststore']);
});

test('a registry over plain HTTP needs no trust', () => {
  const deployment = deploymentOf((chart) => {
    const storage = RegistryStorage.inMemory();
    generator(new World(chart), { registry: new ApicurioRegistry(chart, 'registry', { storage, unencrypted: true }) });
  });
  expect(environment(deployment).REGISTRY_URL).toBe('http://registry.flink.svc:8080/apis/registry/v2');
  expect(environment(deployment)).not.toHaveProperty('JAVA_TOOL_OPTIONS');
});

test('later builds are told every setting of the client, and the certificates of the registry as PEM', () => {
  const deployment = deploymentOf(SHAPES['mutual TLS and a registry by HTTPS, later build']);
  expect(environment(deployment)).toMatchObject({
    KAFKA_SECURITY_PROTOCOL: 'SSL',
    KAFKA_SSL_KEYSTORE_TYPE: 'PEM',
    KAFKA_SSL_KEYSTORE_KEY: '${dir:/opt/data-user:user.key}',
    KAFKA_CONFIG_PROVIDERS: 'dir',
    'KAFKA_APICURIO_REST_REQUEST_SSL_CA-BUNDLE_LOCATION': '/opt/root-ca/ca.crt',
  });
  expect(environment(deployment)).not.toHaveProperty('JAVA_TOOL_OPTIONS');
});

test('later builds log in by SCRAM', () => {
  expect(environment(deploymentOf(SHAPES['SCRAM, later build']))).toMatchObject({
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    KAFKA_SASL_JAAS_CONFIG:
      'org.apache.kafka.common.security.scram.ScramLoginModule required username="data-user" ' +
      'password="${dir:/opt/data-user:password}" ;',
  });
});

test('a data generator may write to the topics of its data sets, and nothing else', () => {
  synth((chart) => {
    const world = new World(chart);
    const user: KafkaUser = world.user('data-user');
    const clicks = new KafkaTopic(chart, 'flink.click.streams', { cluster: world.cluster });
    const { apiObject } = generator(world, {
      connection: world.connect(user),
      data: [DataSet.SALES, DataSet.CLICK_STREAM],
      topics: [world.topic, clicks],
    });
    expect(user.acls.map(({ resource, operations }) => `${resource.toString()}: ${operations.join()}`)).toEqual([
      'topic flink.sales.records: Write',
      'topic flink.click.streams: Write',
    ]);
    expect(apiObject.kind).toBe('Deployment');
  });
});

test('a data generator may connect to its listener and its registry, and nobody to it', () => {
  const manifests = synth(SHAPES['mutual TLS and a registry by HTTPS, 0.1.0']);
  const peer = { podSelector: find(manifests, 'Deployment', 'data').spec.selector };
  expect(find(manifests, 'Kafka').spec.kafka.listeners[0].networkPolicyPeers).toEqual([peer]);
  expect(find(manifests, 'NetworkPolicy', 'registry').spec.ingress[0].from).toEqual([peer]);
  expect(find(manifests, 'NetworkPolicy', 'data').spec).toEqual({
    ...peer,
    policyTypes: ['Ingress'],
  });
});

describe('the command that makes a Java key store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'truststore-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs the command of the init container with a `keytool` that writes down what it is given. */
  function run(certificates: string): { status: number | null; imported: string } {
    const imported = join(folder, 'imported');
    writeFileSync(imported, '');
    writeFileSync(join(folder, 'ca.crt'), certificates);
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin', 'keytool'), `#!/bin/sh\necho "$4:" >> ${imported}\ncat >> ${imported}\n`, {
      mode: 0o755,
    });
    const { initContainers } = deploymentOf(SHAPES['mutual TLS and a registry by HTTPS, 0.1.0']).spec.template.spec;
    const [shell, flags, script] = initContainers[1].command;
    // What Kubernetes does to a command, and the paths of this machine.
    const seen = script
      .replace(/\$\$/g, '$')
      .replace('/opt/root-ca', folder)
      .replace(/\/truststore\//g, `${folder}/`);
    const { status } = spawnSync(shell, [flags, seen], { env: { PATH: `${folder}/bin:${process.env.PATH}` } });
    return { status, imported: readFileSync(imported, 'utf8') };
  }

  const pem = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

  test('imports each certificate of the file by itself', () => {
    expect(run(`${pem('one')}\n${pem('two')}`)).toEqual({
      status: 0,
      imported: `ca-1:\n${pem('one')}\nca-2:\n${pem('two')}\n`,
    });
  });

  test('fails if there is no certificate, so that the pod tries again', () => {
    expect(run('').status).not.toBe(0);
  });
});
