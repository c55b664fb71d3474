import { setTimeout as pause } from 'node:timers/promises';
import { Manifest } from '../synth';
import { ask } from './http';
import { ServerProcess } from '../servers/server-process';

/**
 * What the kubelet asks a container over HTTP, and what it does when the answers are bad: a container that does not
 * start in time, or is not alive any more, is ended, and its restart policy brings it back.
 */
export class KubeletProbes {
  private isStopped = false;
  private readonly end: Promise<void>;

  public constructor(
    private readonly container: Manifest['spec'],
    private readonly address: string,
    private readonly process: ServerProcess,
  ) {
    this.end = this.watch();
  }

  /** Whether the readiness probe succeeds now. */
  public isReady(): Promise<boolean> {
    return this.succeeds(this.container.readinessProbe);
  }

  public async stop(): Promise<void> {
    this.isStopped = true;
    await this.end;
  }

  private async watch(): Promise<void> {
    while (!this.isStopped) {
      const { startupProbe, livenessProbe } = this.container;
      // Kubernetes: liveness is asked only after the startup probe has succeeded once.
      const started = !startupProbe || (await this.holdsWithin(startupProbe));
      if (started) await this.untilFailure(livenessProbe);
      if (!this.isStopped) this.process.restart();
    }
  }

  /** Whether the probe succeeds before it has failed as often as it may. */
  private async holdsWithin(probe: Manifest['spec']): Promise<boolean> {
    for (let failures = 0; failures < probe.failureThreshold && !this.isStopped; failures++) {
      if (await this.succeeds(probe)) return true;
      await this.period(probe);
    }
    return false;
  }

  private async untilFailure(probe: Manifest['spec']): Promise<void> {
    for (let failures = 0; failures < probe.failureThreshold && !this.isStopped;) {
      failures = (await this.succeeds(probe)) ? 0 : failures + 1;
      await this.period(probe);
    }
  }

  /** Waits for the probe's period, and ends at once when the container is stopped. */
  private async period({ periodSeconds }: { readonly periodSeconds: number }): Promise<void> {
    const end = Date.now() + periodSeconds * 1000;
    while (Date.now() < end && !this.isStopped) await pause(100);
  }

  private async succeeds({ httpGet: { scheme = 'HTTP', port, path } }: Manifest['spec']): Promise<boolean> {
    const { status } = await ask(`${scheme.toLowerCase()}://${this.address}:${port}${path}`);
    return status >= 200 && status < 400;
  }
}
