import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import {
  CustomScenario,
  KafkaCluster,
  KafkaListener,
  KafkaUser,
  MtlsScenario,
  OAuthScenario,
  PlaintextScenario,
  ScramScenario,
  TlsScenario,
} from '../../../lib';

const SCENARIOS = {
  plaintext: PlaintextScenario,
  tls: TlsScenario,
  mtls: MtlsScenario,
  scram: ScramScenario,
  oauth: OAuthScenario,
  custom: CustomScenario,
};

/** What the library knows of a scenario: the constructs that the manifests come from. */
export class ScenarioModel {
  public readonly cluster: KafkaCluster;
  public readonly listeners: readonly KafkaListener[];
  public readonly users: readonly KafkaUser[];

  public constructor(scenario: string) {
    const Scenario = SCENARIOS[scenario as keyof typeof SCENARIOS];
    const app = new App();
    new Scenario(app, { stateDirectory: mkdtempSync(join(tmpdir(), 'state-')) });
    const constructs = app.node.findAll();
    this.listeners = constructs.filter((construct) => construct instanceof KafkaListener);
    this.users = constructs.filter((construct) => construct instanceof KafkaUser);
    this.cluster = this.listeners[0].cluster;
  }

  /** The listener on a port. */
  public listener(port: number): KafkaListener {
    const found = this.listeners.find((listener) => listener.port === port);
    if (!found) throw new Error(`the library knows no listener on port ${port}`);
    return found;
  }
}
