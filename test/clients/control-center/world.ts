import { Chart } from 'cdk8s';
import { ControlCenter, ControlCenterLicense, ControlCenterProps } from '../../../lib';
import { Manifest, find, synth } from '../../support/synth';
import { parseProperties } from '../confluent/parse-properties';
import { connect } from '../ksqldb/world';
import { certificate } from '../world';

/** The certificate of a Control Center named `center`. */
export const TLS = certificate(ControlCenter.dnsNames('center', 'flink'));

/** A Control Center named `center` that shows HTTPS and logs in by SCRAM. */
export function center(chart: Chart, props: Partial<ControlCenterProps> = {}): ControlCenter {
  const connection = props.connection ?? connect(chart);
  const own = 'certificate' in props || 'unencrypted' in props ? {} : { certificate: TLS };
  return new ControlCenter(chart, 'center', { license: ControlCenterLicense.trial(), ...own, ...props, connection });
}

/** The settings of a Control Center, by name. */
export function settingsOf(manifests: readonly Manifest[]): Record<string, string> {
  return parseProperties(find(manifests, 'ConfigMap', 'center-configuration').data['control-center.properties']);
}

/** The settings of a Control Center. */
export function settings(build: (chart: Chart) => Partial<ControlCenterProps>): Record<string, string> {
  return settingsOf(synth((chart) => center(chart, build(chart))));
}
