import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './cache';
import { JavaProbe, Settings } from './java-probe';
import { ClassArchive, JavaProcess, SMALL_JVM } from './jvm';
import { accepts } from './kafka-broker';
import { kafkaClassPath } from './releases';
import { KeyAndCertificate, privateKeyPem } from './x509';
import { SaslMechanism, SecurityProtocol } from '../../../lib';

/** A listener for clients, as a broker is told of it. */
export interface SelfRunListener {
  readonly port: number;
  readonly protocol: SecurityProtocol;
  /** The settings of this listener alone, without `listener.name...` before them; those of its certificate are added. */
  readonly settings?: Settings;
}

/** A Kafka that somebody else runs, as its clients know it. */
export interface SelfRunKafkaProps {
  readonly host: string;
  readonly address: string;
  readonly certificate: KeyAndCertificate;
  /** The listeners for clients, by name. */
  readonly listeners: Readonly<Record<string, SelfRunListener>>;
  /** `SCRAM-SHA-256=[name=...,password=...]` for each user that logs in so. */
  readonly scram?: readonly string[];
  readonly systemProperties?: readonly string[];
}

/** Where whoever runs it may do everything. */
const ADMIN = '127.0.0.1:9098';

/** A real Kafka of one node, configured by hand. */
export class SelfRunKafka {
  /** The settings of whoever runs it. */
  public readonly adminSettings: Settings = { 'bootstrap.servers': ADMIN };
  private process?: JavaProcess;

  public constructor(
    private readonly props: SelfRunKafkaProps,
    private readonly folder: string,
  ) {}

  public async start(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    const configuration = join(this.folder, 'server.properties');
    writeFileSync(configuration, this.properties());
    const classPath = await kafkaClassPath();
    const archive = new ClassArchive('kafka', classPath);
    const logging = `-Dlog4j2.configurationFile=${join(__dirname, 'java', 'log4j2.properties')}`;
    const java = (options: readonly string[], ...args: string[]) => [
      'java',
      ...SMALL_JVM,
      ...options,
      '-Xmx384m',
      logging,
      ...(this.props.systemProperties ?? []),
      '-cp',
      classPath,
      ...args,
    ];
    const scram = (this.props.scram ?? []).flatMap((user) => ['--add-scram', user]);
    const id = 'MkU3OEVBNTcwNTJENDM2Qk';
    const [program, ...args] = java(
      archive.options,
      'kafka.tools.StorageTool',
      'format',
      '-t',
      id,
      '-c',
      configuration,
    );
    await command(program, [...args, ...scram]);
    const server = java(archive.usingOrMaking, '-Dlog.level=INFO', 'kafka.Kafka', configuration);
    this.process = new JavaProcess({ name: 'Kafka', command: server, log: join(this.folder, 'kafka.log') }, archive);
  }

  public async ready(probe: JavaProbe): Promise<void> {
    await this.process?.ready(async () => {
      const ports = Object.values(this.props.listeners).map(({ port }) => port);
      for (const port of ports) if (!(await accepts(this.props.address, port))) return false;
      return (await probe.ask(this.adminSettings, { operation: 'describeCluster' }, 5000)).errors.length === 0;
    }, 60);
  }

  public async stop(): Promise<void> {
    await this.process?.stop();
  }

  private properties(): string {
    const { host, address } = this.props;
    const listeners = Object.entries(this.props.listeners);
    const clients = (at: string) => listeners.map(([name, { port }]) => `,${name}://${at}:${port}`).join('');
    const protocols = listeners.map(([name, { protocol }]) => `,${name}:${protocol}`).join('');
    const settings: Record<string, string | number | boolean> = {
      'process.roles': 'broker,controller',
      'node.id': 1,
      'controller.quorum.voters': '1@127.0.0.1:9099',
      'controller.listener.names': 'CONTROLLER',
      listeners: `CONTROLLER://127.0.0.1:9099,ADMIN://${ADMIN}${clients(address)}`,
      'advertised.listeners': `ADMIN://${ADMIN}${clients(host)}`,
      'listener.security.protocol.map': `CONTROLLER:PLAINTEXT,ADMIN:PLAINTEXT${protocols}`,
      'inter.broker.listener.name': 'ADMIN',
      'log.dirs': join(this.folder, 'data'),
      'offsets.topic.replication.factor': 1,
      'auto.create.topics.enable': false,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
      ...(Object.assign({}, ...listeners.map(([name, listener]) => this.listenerSettings(name, listener))) as Record<
        string,
        string
      >),
    };
    return Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
  }

  private listenerSettings(name: string, { protocol, settings = {} }: SelfRunListener): Settings {
    const { certificate, key } = this.props.certificate;
    const shown = {
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.key': oneLine(privateKeyPem(key)),
      'ssl.keystore.certificate.chain': oneLine(certificate),
    };
    return Object.fromEntries(
      Object.entries({ ...(protocol.endsWith('SSL') ? shown : {}), ...settings }).map(([setting, value]) => [
        `listener.name.${name.toLowerCase()}.${setting}`,
        value,
      ]),
    );
  }
}

/** The settings of a listener that takes one SASL mechanism; SCRAM needs no line for a login module. */
export function saslListener(
  mechanism: SaslMechanism,
  jaas = 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
): Settings {
  return { 'sasl.enabled.mechanisms': mechanism, [`${mechanism.toLowerCase()}.sasl.jaas.config`]: jaas };
}

/** The line of a broker that knows the passwords of its users itself. */
export function plainUsers(passwords: Readonly<Record<string, string>>): string {
  // Between the quotes of a login, which is a value in a file of properties.
  const quoted = (text: string) =>
    text
      .replace(/[\\"]/g, '\\$&')
      .replace(/\\/g, '\\\\')
      .replace(/[^\x20-\x7e]/g, unicodeEscape);
  const users = Object.entries(passwords).map(([name, password]) => `"user_${name}"="${quoted(password)}"`);
  return `org.apache.kafka.common.security.plain.PlainLoginModule required ${users.join(' ')};`;
}

/** The line of a broker whose Kerberos principal is `kafka/<host>`. */
export function kerberosService(host: string, keytab: string): string {
  const module = 'com.sun.security.auth.module.Krb5LoginModule';
  const options = `useKeyTab=true storeKey=true keyTab="${keytab}" principal="kafka/${host}" serviceName="kafka"`;
  return `${module} required ${options};`;
}

/** A PEM text as the value of a property. */
export function oneLine(pem: string): string {
  return pem.trim().replaceAll('\n', '\\n');
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
