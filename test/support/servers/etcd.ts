import { execFileSync } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';
import { freePorts } from './ports';
import { Server } from './server';

/** The database of an API server. It keeps nothing after it has stopped. */
export class Etcd extends Server {
  public static readonly PROGRAM = 'etcd';

  /** An etcd on free ports, with its data in a folder. */
  public static async in(folder: string): Promise<Etcd> {
    const [client, peer] = await freePorts(2);
    return new Etcd(folder, `http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`);
  }

  private constructor(
    folder: string,
    public readonly url: string,
    private readonly peerUrl: string,
  ) {
    super('etcd', folder);
  }

  protected command(): string[] {
    const args = [
      ...['--name', 'test', '--data-dir', join(this.folder, 'etcd')],
      ...['--listen-client-urls', this.url, '--advertise-client-urls', this.url],
      ...['--listen-peer-urls', this.peerUrl, '--initial-advertise-peer-urls', this.peerUrl],
      ...['--initial-cluster', `test=${this.peerUrl}`, '--logger', 'zap', '--log-level', 'warn'],
    ];
    // Nothing needs to survive a crash, and waiting for the disk takes most of the time. Older versions cannot do without.
    const help = execFileSync(Etcd.PROGRAM, ['--help'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return [Etcd.PROGRAM, ...args, ...(help.includes('unsafe-no-fsync') ? ['--unsafe-no-fsync'] : [])];
  }

  protected answers(): Promise<boolean> {
    return new Promise((resolve) => {
      get(`${this.url}/health`, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      }).once('error', () => resolve(false));
    });
  }
}
