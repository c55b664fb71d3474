import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import { freePorts } from './ports';
import { Server } from './server';

/** Where the API server is, and how to speak to it as somebody who may do everything. */
export interface ApiAccess {
  readonly url: string;
  /** The certificate of the server, which is its own authority. */
  readonly certificate: string;
  readonly token: string;
}

/**
 * A Kubernetes API server, with nothing behind it: no controllers, no scheduler, no nodes.
 *
 * It authenticates, authorizes (RBAC), admits, validates and stores as any other of its version. It makes its own
 * certificate when it starts.
 */
export class KubeApiServer extends Server {
  /** An API server on a free port. */
  public static async in(folder: string, program: string, etcdUrl: string): Promise<KubeApiServer> {
    const [port] = await freePorts(1);
    return new KubeApiServer(folder, program, etcdUrl, port);
  }

  private readonly token = randomBytes(16).toString('hex');

  private constructor(
    folder: string,
    private readonly program: string,
    private readonly etcdUrl: string,
    private readonly port: number,
  ) {
    super('kube-apiserver', folder);
  }

  /** How to speak to it, once it is ready. */
  public access(): ApiAccess {
    return {
      url: `https://127.0.0.1:${this.port}`,
      certificate: readFileSync(this.certificateFile, 'utf8'),
      token: this.token,
    };
  }

  protected command(): string[] {
    const tokens = this.write('tokens.csv', `${this.token},admin,admin,"system:masters"\n`);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const accountKey = this.write(
      'service-accounts.pem',
      privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
    );
    const args = {
      'etcd-servers': this.etcdUrl,
      'bind-address': '127.0.0.1',
      'secure-port': this.port,
      'cert-dir': this.certificateFolder,
      'advertise-address': '127.0.0.1',
      'endpoint-reconciler-type': 'none',
      'token-auth-file': tokens,
      'authorization-mode': 'RBAC',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': accountKey,
      'service-account-signing-key-file': accountKey,
      'service-cluster-ip-range': '10.96.0.0/16',
      // It keeps volumes that are in use from being deleted, and counts on a controller to say when they no longer are.
      'disable-admission-plugins': 'StorageObjectInUseProtection',
      'enable-priority-and-fairness': false,
      profiling: false,
    };
    return [this.program, ...Object.entries(args).map(([name, value]) => `--${name}=${value}`)];
  }

  protected async answers(): Promise<boolean> {
    if (!existsSync(this.certificateFile)) return false;
    const client = new ApiClient(this.access());
    try {
      return (await client.request('GET', '/readyz')).status === 200;
    } catch {
      return false; // it does not listen yet
    } finally {
      client.close();
    }
  }

  private get certificateFolder(): string {
    return join(this.folder, 'certificates');
  }

  private get certificateFile(): string {
    return join(this.certificateFolder, 'apiserver.crt');
  }

  private write(name: string, content: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  }
}
