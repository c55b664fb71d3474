import { App, Chart, Testing } from 'cdk8s';

/** A Kubernetes object as it is written to a manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  // The objects are of many kinds; tests look at the fields they are about.
  readonly [field: string]: any;
}

/** A chart in namespace `flink`, in an app of its own. */
export function testChart(namespace = 'flink'): Chart {
  return new Chart(Testing.app(), 'test', { namespace });
}

/** The objects of a chart that `build` fills. */
export function synth(build: (chart: Chart) => void): Manifest[] {
  const chart = testChart();
  build(chart);
  return Testing.synth(chart) as Manifest[];
}

/** The one object of a kind, and of a name where there are several. */
export function find(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.filter((m) => m.kind === kind && (name === undefined || m.metadata.name === name));
  if (found.length !== 1) {
    throw new Error(
      `expected one ${kind} ${name ?? ''}, got ${found.length} among ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`,
    );
  }
  return found[0];
}

/** The faults that synthesis reports of a chart that `build` fills, each as `[path] message`; none if it succeeds. */
export function faults(build: (chart: Chart) => void): string[] {
  const chart = testChart();
  build(chart);
  return faultsOf(App.of(chart));
}

/** The faults that synthesis reports of an app. */
export function faultsOf(app: App): string[] {
  const messages = app.node
    .findAll()
    .flatMap((construct) => construct.node.validate().map((message) => `[${construct.node.path}] ${message}`));
  return messages;
}
