import { App, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { ScenarioProps } from './scenario-props';

/** A chart and the namespace that it lives in. */
export abstract class ScenarioChart extends Chart {
  /**
   * @param app the app
   * @param id the scenario's name
   * @param props what the scenario leaves open
   */
  protected constructor(app: App, id: string, props: ScenarioProps) {
    const namespace = props.namespace ?? 'flink';
    super(app, id, { namespace });
    // In a file of its own, whose name is the first that `kubectl apply` reads.
    new Namespace(new Chart(app, '00-namespace'), 'Namespace', { metadata: { name: namespace } });
  }
}
