import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../synth';
import { ClusterSecrets } from './cluster-secrets';
import { JavaProbe } from './java-probe';
import { ManifestSet } from './manifest-set';
import { Mount, Pod, podSpecOf } from './pod';

/** Pods of all workloads of a scenario at once, and Kafka clients that see what they see. */
export class ClientPods {
  private readonly pods: readonly { readonly manifest: Manifest; readonly pod: Pod }[];

  /**
   * @param folder where their volumes are laid out; a folder of these pods alone
   */
  public constructor(
    manifests: ManifestSet,
    secrets: ClusterSecrets,
    private readonly folder: string,
  ) {
    const workloads = [...manifests.all('Deployment'), ...manifests.all('FlinkDeployment')];
    this.pods = workloads.map((manifest) => {
      const name = `${manifest.kind}-${manifest.metadata.name}`;
      return { manifest, pod: new Pod(podSpecOf(manifest), secrets, join(folder, name)) };
    });
  }

  /** Makes the pods, or replaces them by new ones, with the Secrets as they are now. */
  public recreate(): void {
    for (const { pod } of this.pods) pod.recreate();
  }

  /** Shows the pods that run the present values of a Secret. */
  public refresh(secretName: string): void {
    for (const { pod } of this.pods) pod.refresh(secretName);
  }

  /** Starts Kafka clients that see what the main containers see, also of pods that replace the present ones. */
  public startProbe(): Promise<JavaProbe> {
    mkdirSync(this.folder, { recursive: true });
    return JavaProbe.start(this.folder, this.mounts());
  }

  /** What the main containers see, together; those of one kind of workload if it is given. */
  public mounts(kind?: 'Deployment' | 'FlinkDeployment'): Mount[] {
    const wanted = this.pods.filter(({ manifest }) => kind === undefined || manifest.kind === kind);
    return wanted.flatMap(({ manifest, pod }) =>
      podSpecOf(manifest).containers.flatMap(({ name }) => pod.mounts(name)),
    );
  }
}
