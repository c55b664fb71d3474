import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as library from '../../../lib';
import { KafkaCluster, KafkaConnection, KafkaListener, KafkaUser, ScenarioProps } from '../../../lib';

/** What the library knows of a scenario: the constructs that the manifests come from. */
export class ScenarioModel {
  public readonly cluster: KafkaCluster;
  public readonly listeners: readonly KafkaListener[];
  public readonly users: readonly KafkaUser[];
  /** How the Flink job reaches Kafka. */
  public readonly job: KafkaConnection;

  public constructor(scenario: string) {
    const Scenario = scenarioClass(scenario);
    const app = new App();
    const stateDirectory = mkdtempSync(join(tmpdir(), 'state-'));
    try {
      new Scenario(app, { stateDirectory });
    } finally {
      rmSync(stateDirectory, { recursive: true });
    }
    const constructs = app.node.findAll();
    this.listeners = constructs.filter((construct) => construct instanceof KafkaListener);
    this.users = constructs.filter((construct) => construct instanceof KafkaUser);
    this.cluster = this.listeners[0].cluster;
    this.job = only(
      constructs
        .filter((construct) => construct instanceof KafkaConnection)
        // Where nobody logs in, all programs share one connection.
        .filter(({ node }) => node.id === 'job' || node.id === 'connection'),
    );
  }

  /** The listener on a port. */
  public listener(port: number): KafkaListener {
    const found = this.listeners.find((listener) => listener.port === port);
    if (!found) throw new Error(`the library knows no listener on port ${port}`);
    return found;
  }
}

/** The scenario `tls` is the class `TlsScenario`. */
function scenarioClass(scenario: string): new (app: App, props: ScenarioProps) => Chart {
  const found = Object.entries(library).find(([name]) => name.toLowerCase() === `${scenario}scenario`);
  if (!found) throw new Error(`the library has no scenario ${scenario}`);
  return found[1] as new (app: App, props: ScenarioProps) => Chart;
}

function only<T>(things: readonly T[]): T {
  if (things.length !== 1) throw new Error(`${things.length} things, and not one`);
  return things[0];
}
