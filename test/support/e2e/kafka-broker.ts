import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Manifest } from '../synth';
import { command } from './cache';
import { ClusterSecrets, nodesOf } from './cluster-secrets';
import { JavaProbe, Settings } from './java-probe';
import { ManifestSet } from './manifest-set';
import { Pod } from './pod';
import { ClassArchive, JavaProcess, SMALL_JVM } from './jvm';
import { kafkaClassPath } from './releases';
import { ServiceNetwork } from './service-network';
import { aclsOf, brokerPod, readableSecrets, serverProperties, systemProperties } from './strimzi-emulation';

/** The real Kafka that a Kafka resource of one node describes, and what the entity operator does with it. */
export class KafkaBroker {
  private readonly kafka: Manifest;
  private readonly node: string;
  private process?: JavaProcess;

  public constructor(
    private readonly manifests: ManifestSet,
    private readonly secrets: ClusterSecrets,
    private readonly network: ServiceNetwork,
    private readonly folder: string,
  ) {
    this.kafka = manifests.one('Kafka');
    const nodes = nodesOf(this.kafka, manifests);
    if (nodes.length !== 1) throw new Error(`only one node is emulated, not ${nodes.length}`);
    this.node = nodes[0];
  }

  /** Formats the storage and starts Kafka. */
  public async start(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    const address = this.network.address(`${this.kafka.metadata.name}-kafka-bootstrap`);
    const place = { node: this.node, secrets: join(this.folder, 'secrets'), data: join(this.folder, 'data'), address };
    writeFileSync(this.configuration, serverProperties(this.kafka, place));
    this.writeSecrets();
    const format = ['kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qk', '-c', this.configuration];
    const [java, ...args] = await javaCommand((await classArchive()).options);
    await command(java, [...args, ...format]);
    await this.run();
  }

  /** Ends Kafka and starts it with the same data and the present Secrets, as Strimzi does when it rolls a broker. */
  public async restart(probe: JavaProbe): Promise<void> {
    await this.stop();
    this.writeSecrets();
    await this.run();
    await this.ready(probe);
  }

  /** Waits until Kafka answers the entity operator. */
  public async ready(probe: JavaProbe): Promise<void> {
    await this.running.ready(async () => {
      if (!(await accepts(this.network.address(`${this.kafka.metadata.name}-kafka-bootstrap`), 9091))) return false;
      return (await probe.ask(this.operatorSettings, { operation: 'describeCluster' }, 5000)).errors.length === 0;
    }, 60);
  }

  /** Does what the entity operator does: topics, passwords and rights. */
  public async reconcile(probe: JavaProbe): Promise<void> {
    const topics = this.manifests.all('KafkaTopic').map(({ metadata, spec }) => ({
      name: spec.topicName ?? metadata.name,
      partitions: spec.partitions ?? 1,
      config: spec.config,
    }));
    if (topics.length > 0) await probe.must(this.operatorSettings, { operation: 'createTopics', topics });
    const users = this.manifests.all('KafkaUser');
    const passwords = users
      .filter(({ spec }) => spec.authentication?.type === 'scram-sha-512')
      .map(({ metadata: { name } }) => ({ name, password: this.secrets.text(name, 'password') }));
    if (passwords.length > 0)
      await probe.must(this.operatorSettings, { operation: 'createPasswords', users: passwords });
    const acls = users.flatMap(aclsOf);
    if (acls.length > 0) await probe.must(this.operatorSettings, { operation: 'createAcls', acls });
  }

  /** The settings of the User Operator, which may do everything: mutual TLS on port 9091. */
  public get operatorSettings(): Settings {
    const { name, namespace } = this.kafka.metadata;
    return {
      'bootstrap.servers': `${name}-kafka-bootstrap.${namespace}.svc:9091`,
      'security.protocol': 'SSL',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': this.secrets.certificatesIn(`${name}-cluster-ca-cert`),
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.certificate.chain': this.secrets.text(`${name}-entity-user-operator-certs`, 'entity-operator.crt'),
      'ssl.keystore.key': this.secrets.text(`${name}-entity-user-operator-certs`, 'entity-operator.key'),
    };
  }

  /** What Kafka complained about. */
  public complaints(): string {
    return this.process?.complaints() ?? '';
  }

  public async stop(): Promise<void> {
    await this.process?.stop();
  }

  private async run(): Promise<void> {
    const pod = new Pod(brokerPod(this.kafka), this.secrets, join(this.folder, 'volumes'));
    pod.prepare();
    const kafka = [...systemProperties(this.kafka), '-Dlog.level=INFO', 'kafka.Kafka', this.configuration];
    const archive = await classArchive();
    const server = {
      name: 'Kafka',
      command: pod.command('kafka', [...(await javaCommand(archive.usingOrMaking)), ...kafka]),
      env: pod.env('kafka'),
      log: join(this.folder, 'kafka.log'),
    };
    this.process = new JavaProcess(server, archive);
  }

  private get configuration(): string {
    return join(this.folder, 'server.properties');
  }

  private get running(): JavaProcess {
    if (!this.process) throw new Error('Kafka was not started');
    return this.process;
  }

  private writeSecrets(): void {
    for (const name of readableSecrets(this.kafka, this.node)) {
      const folder = join(this.folder, 'secrets', name);
      mkdirSync(folder, { recursive: true });
      for (const [key, value] of this.secrets.secret(name)) {
        writeFileSync(join(folder, key), value);
        chmodSync(join(folder, key), 0o600);
      }
    }
  }
}

async function classArchive(): Promise<ClassArchive> {
  return new ClassArchive('kafka', await kafkaClassPath());
}

async function javaCommand(options: readonly string[]): Promise<string[]> {
  const logging = `-Dlog4j2.configurationFile=${join(__dirname, 'java', 'log4j2.properties')}`;
  return ['java', ...SMALL_JVM, ...options, '-Xmx384m', logging, '-cp', await kafkaClassPath()];
}

/** Whether something listens. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
