import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ClientSystem, SystemClient, SystemPod } from './client-systems';
import { ClusterSecrets } from './cluster-secrets';
import { Answer, JavaProbe } from './java-probe';
import { askKafkaJs } from './kafkajs-client';
import { askKcat } from './kcat';
import { askLibrdkafka } from './librdkafka-client';
import { ManifestSet } from './manifest-set';
import { PlainOperation } from './one-shot-client';
import { Mount } from './pod';

/** What the clients of a system came to, by their names: the errors, nothing if they were let in. */
export type Logins = Readonly<Record<string, string>>;

/** A path of a file or folder that a pod has mounted. */
const MOUNTED = /\/(?:opt|mnt)\/[\w./-]+/g;

/** The settings of what reads files for a client. */
const PROVIDER = /^config\.providers\./;

/** Systems that log in by the same way, each with the files of its own pod. */
export class SystemLogins {
  private readonly pods = new Map<string, SystemPod>();
  private readonly probes = new Map<string, JavaProbe>();
  private count = 0;

  /**
   * @param folder a folder of these systems alone
   * @param topic where they write to
   */
  public constructor(
    private readonly systems: ReadonlyMap<ClientSystem, ManifestSet>,
    private readonly secrets: ClusterSecrets,
    private readonly folder: string,
    private readonly topic: string,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** Makes the pods, and one Java virtual machine for all that start theirs with the same options. */
  public async start(): Promise<void> {
    this.recreate();
    const mounts = new Map<string, Mount[]>();
    for (const pod of this.pods.values()) mounts.set(key(pod), [...(mounts.get(key(pod)) ?? []), ...pod.mounts]);
    for (const [options, seen] of mounts) {
      this.probes.set(options, await JavaProbe.start(this.folder, seen, options.split(' ').filter(Boolean)));
    }
  }

  /** Makes new pods in place of the present ones, with the Secrets as they are now. */
  public recreate(): void {
    for (const [system, manifests] of this.systems) {
      const pod = system.pod(manifests, this.secrets, join(this.folder, system.name.replace(/\W+/g, '-')));
      for (const [name, client] of Object.entries(pod.clients)) refuseStrange(`${system.name}, ${name}`, client, pod);
      this.pods.set(system.name, pod);
    }
  }

  /** Logs in as every client of every system. */
  public async all(): Promise<ReadonlyMap<string, Logins>> {
    const known = new Map<string, Promise<string>>();
    const logins = [...this.pods].map(async ([system, pod]) => {
      const ends = Object.entries(pod.clients).map(async ([name, client]) => {
        // Clients in the same place with the same settings have the same fate.
        const same = JSON.stringify([client.kind === 'Java' ? key(pod) : system, client]);
        const login = known.get(same) ?? this.login(pod, client);
        known.set(same, login);
        return [name, await login] as const;
      });
      return [system, Object.fromEntries(await Promise.all(ends))] as const;
    });
    return new Map(await Promise.all(logins));
  }

  /** What the clients of each system are, by their names. */
  public get kinds(): ReadonlyMap<string, Readonly<Record<string, SystemClient['kind']>>> {
    return new Map(
      [...this.pods].map(([system, { clients }]) => [
        system,
        Object.fromEntries(Object.entries(clients).map(([name, { kind }]) => [name, kind])),
      ]),
    );
  }

  /** Whether the first client of a system is let in. */
  public async isLetIn(system: string): Promise<boolean> {
    const pod = this.pod(system);
    return (await this.login(pod, Object.values(pod.clients)[0])) === '';
  }

  /** The settings of a system that no client of Kafka knows. */
  public async unknownSettings(system: string): Promise<string[]> {
    const pod = this.pod(system);
    const unknown = Object.values(pod.clients).map(async (client) => {
      // librdkafka refuses what it does not know, and KafkaJS has no settings by name.
      if (client.kind !== 'Java') return [];
      const own = Object.entries(client.settings).filter(([name]) => !PROVIDER.test(name));
      return this.probe(pod).must(Object.fromEntries(own), { operation: 'unknownSettings' });
    });
    return (await Promise.all(unknown)).flat();
  }

  public async stop(): Promise<void> {
    await Promise.all([...this.probes.values()].map((probe) => probe.stop()));
  }

  private async login(pod: SystemPod, client: SystemClient): Promise<string> {
    const { errors } = await this.answer(pod, client);
    return errors.join(' <- ').replaceAll('\n', ' ');
  }

  private answer(pod: SystemPod, client: SystemClient): Promise<Answer> {
    const produce: PlainOperation = { operation: 'produce', topic: this.topic, values: ['hello'] };
    switch (client.kind) {
      case 'Java':
        return this.probe(pod).ask(client.settings, client.writes ? produce : { operation: 'describeCluster' });
      case 'librdkafka': {
        const { settings, secretFiles } = client.settings;
        if (settings['sasl.mechanism'] !== 'GSSAPI' || Object.keys(secretFiles).length > 0)
          return askLibrdkafka(pod.mounts, client.settings, produce, 'unused');
        // A ticket that is there would be used instead of the keytab.
        const tickets = join(this.folder, `tickets-${this.count++}`);
        const answer = askKcat(settings, produce, { ...client.env, KRB5CCNAME: `FILE:${tickets}` }, pod.mounts);
        rmSync(tickets, { force: true });
        return Promise.resolve(answer);
      }
      case 'KafkaJS':
        return askKafkaJs(pod.mounts, client.settings, produce, 'unused');
    }
  }

  private pod(system: string): SystemPod {
    const found = this.pods.get(system);
    if (!found) throw new Error(`no system ${system}`);
    return found;
  }

  private probe(pod: SystemPod): JavaProbe {
    const found = this.probes.get(key(pod));
    if (!found) throw new Error(`no virtual machine with ${key(pod)}`);
    return found;
  }
}

function key({ jvmOptions }: SystemPod): string {
  return jvmOptions.join(' ');
}

/** Virtual machines see the files of several pods: a path that is not of the system's own pod must not pass. */
function refuseStrange(name: string, client: SystemClient, { mounts, jvmOptions }: SystemPod): void {
  const paths = `${valuesOf(client).join('\n')}\n${jvmOptions.join('\n')}`.match(MOUNTED) ?? [];
  const strange = paths.filter(
    (path) => !mounts.some(({ target }) => path === target || path.startsWith(`${target}/`)),
  );
  if (strange.length > 0) throw new Error(`${name}: the pod has not mounted ${strange.join(', ')}`);
}

function valuesOf(client: SystemClient): string[] {
  switch (client.kind) {
    case 'Java':
      return Object.entries(client.settings).flatMap(([name, value]) => (PROVIDER.test(name) ? [] : [value]));
    case 'librdkafka':
      return [...Object.values(client.settings.settings), ...Object.values(client.settings.secretFiles)];
    case 'KafkaJS':
      return [client.settings];
  }
}
