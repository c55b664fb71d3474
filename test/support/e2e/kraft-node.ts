import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './cache';
import { ClassArchive, JavaProcess, SMALL_JVM } from './jvm';
import { kafkaClassPath } from './releases';
import { accepts } from './kafka-broker';

/** What a node of a self-run Kafka is started with. */
export interface KraftNodeProps {
  /** Where its files are. */
  readonly folder: string;
  /** The settings of its security. */
  readonly properties: Record<string, string>;
  /** What its storage is formatted with, as words for a shell. */
  readonly formatArguments: readonly string[];
  /** The ports of its listeners `CONTROLLER` and `CLIENTS`. */
  readonly ports: readonly [controller: number, clients: number];
}

/** A node of a Kafka that nobody but its settings tells what to do: broker and controller at once. */
export class KraftNode {
  private process?: JavaProcess;

  public constructor(private readonly props: KraftNodeProps) {}

  /** Formats the storage and starts the node; waits until it takes clients, for which it must log in to itself. */
  public async start(): Promise<void> {
    const { folder, properties, formatArguments, ports } = this.props;
    const [controller, clients] = ports;
    mkdirSync(folder, { recursive: true });
    const settings = {
      ...properties,
      'process.roles': 'broker,controller',
      'node.id': '1',
      'controller.quorum.voters': `1@localhost:${controller}`,
      listeners: `CONTROLLER://localhost:${controller},CLIENTS://localhost:${clients}`,
      'inter.broker.listener.name': 'CLIENTS',
      'log.dirs': join(folder, 'data'),
    };
    const file = join(folder, 'server.properties');
    writeFileSync(
      file,
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );

    const archive = new ClassArchive('kafka', await kafkaClassPath());
    const java = ['-Xmx384m', ...SMALL_JVM];
    const format = ['kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qk', '-c', file];
    const words = ['java', ...java, ...archive.options, '-cp', await kafkaClassPath(), ...format].map(quoted);
    await command('/bin/sh', ['-ec', [...words, ...formatArguments].join(' ')]);

    const logging = `-Dlog4j2.configurationFile=${join(__dirname, 'java', 'log4j2.properties')}`;
    this.process = new JavaProcess(
      {
        name: 'Kafka',
        command: [
          'java',
          ...java,
          ...archive.usingOrMaking,
          logging,
          '-cp',
          await kafkaClassPath(),
          'kafka.Kafka',
          file,
        ],
        log: join(folder, 'kafka.log'),
      },
      archive,
    );
    await this.process.ready(() => accepts('localhost', clients), 120);
  }

  public async stop(): Promise<void> {
    await this.process?.stop();
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
