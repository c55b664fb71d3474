import { Manifest } from '../../support/synth';
import { parseProperties } from './parse-properties';

/**
 * What Confluent's images make of the name of a variable, without the prefix: every dot is a single underscore between
 * two other characters, found from left to right.
 *
 * @see confluentinc/cp-docker-utils 1.0.9, cmd/ub/ub.go (`ConvertKey`)
 */
export function convertKey(name: string): string {
  return name
    .replace(/[^_]_[^_]/g, (found) => found.replace('_', '.'))
    .replace(/___/g, '-')
    .replace(/__/g, '_')
    .toLowerCase();
}

/** The variables of the container as Kubernetes sets them; what it fills in itself is in angle brackets. */
export function variables(workload: Manifest): Record<string, string> {
  const [container] = workload.spec.template.spec.containers;
  const values: Record<string, string> = {};
  for (const { name, value, valueFrom } of container.env ?? []) {
    values[name] = valueFrom
      ? `<${valueFrom.fieldRef.fieldPath}>`
      : value.replace(/\$\$|\$\((\w+)\)/g, (all: string, variable?: string) =>
          variable === undefined ? '$' : (values[variable] ?? all),
        );
  }
  return values;
}

/** The properties that the program reads, by the rules of its image. */
export function properties(workload: Manifest, prefix: string): Record<string, string> {
  const lines = Object.entries(variables(workload))
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => `${convertKey(name.slice(prefix.length))}=${value}\n`);
  return parseProperties(lines.join(''));
}
