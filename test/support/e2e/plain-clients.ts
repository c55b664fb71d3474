import { JavaClientSettings, KafkaConnection, KafkaJsSettings, LibrdkafkaSettings } from '../../../lib';
import { ClientPods } from './client-pods';
import { EmulatedCluster } from './emulated-cluster';
import { Answer, JavaProbe } from './java-probe';
import { askKafkaJs } from './kafkajs-client';
import { askLibrdkafka } from './librdkafka-client';
import { ManifestSet } from './manifest-set';
import { PlainOperation } from './one-shot-client';
import { Manifest } from '../synth';

/** The kinds of clients, each of which is configured with what the library renders for it. */
export const CLIENTS = ['Java', 'librdkafka', 'KafkaJS'] as const;
export type ClientKind = (typeof CLIENTS)[number];

/** The group of those clients that cannot do without one. */
export const CLIENT_GROUP = 'plain-clients';

/** What a client did, and the errors that kept it from doing so. */
export interface Outcome {
  readonly records: readonly string[];
  readonly errors: string;
}

/** Clients of all kinds that see what a pod sees. */
export class PlainClients {
  /**
   * Makes the pod of a workload and starts what is long-lived.
   *
   * @param folder where the volumes of the pod are laid out
   */
  public static async of(workload: Manifest, cluster: EmulatedCluster, folder: string): Promise<PlainClients> {
    const pods = new ClientPods(new ManifestSet([workload]), cluster.secrets, folder);
    pods.recreate();
    return new PlainClients(pods, await pods.startProbe());
  }

  private constructor(
    private readonly pods: ClientPods,
    private readonly probe: JavaProbe,
  ) {}

  /** Replaces the pod by a new one, which sees the Secrets as they are now. */
  public recreate(): void {
    this.pods.recreate();
  }

  /**
   * Does something with a client.
   *
   * @param count how many records are in the topic, for clients that have to be told
   */
  public async ask(
    kind: ClientKind,
    connection: KafkaConnection,
    operation: PlainOperation,
    count = 0,
  ): Promise<Outcome> {
    const { records = [], errors } = await this.answer(kind, connection, operation, count);
    return { records, errors: errors.join(' <- ').replaceAll('\n', ' ') };
  }

  public async stop(): Promise<void> {
    await this.probe.stop();
  }

  private answer(
    kind: ClientKind,
    connection: KafkaConnection,
    operation: PlainOperation,
    count: number,
  ): Promise<Answer> {
    const mounts = this.pods.mounts();
    switch (kind) {
      case 'Java': {
        const told = operation.operation === 'consume' ? { ...operation, count } : operation;
        return this.probe.ask(JavaClientSettings.render(connection), told);
      }
      case 'librdkafka':
        return askLibrdkafka(mounts, LibrdkafkaSettings.render(connection), operation, CLIENT_GROUP);
      case 'KafkaJS':
        return askKafkaJs(mounts, KafkaJsSettings.render(connection), operation, CLIENT_GROUP);
    }
  }
}

/** Everything that is in a topic, as the User Operator sees it, who may do everything. */
export async function everythingIn(topic: string, { broker }: EmulatedCluster): Promise<string[]> {
  const operator = broker.operatorSettings;
  const settings = {
    'bootstrap.servers': operator['bootstrap.servers'],
    'security.protocol': operator['security.protocol'],
    'ssl.ca.pem': operator['ssl.truststore.certificates'],
    'ssl.certificate.pem': operator['ssl.keystore.certificate.chain'],
    'ssl.key.pem': operator['ssl.keystore.key'],
  };
  const client = { settings, secretFiles: {}, formEncoded: [] };
  const { records, errors } = await askLibrdkafka([], client, { operation: 'consume', topic }, CLIENT_GROUP);
  if (!records) throw new Error(`cannot read ${topic}: ${errors.join('\n')}`);
  return records;
}
