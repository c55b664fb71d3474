import { EnvValue } from 'cdk8s-plus-28';
import { literalEnvironment } from '../../kubernetes/workload';

/**
 * The environment variable by which an image of Confluent takes a property.
 *
 * @see confluentinc/cp-docker-utils 1.0.9, cmd/ub/ub.go (`ConvertKey`)
 * @param prefix what the image knows its variables by, such as `SCHEMA_REGISTRY_`
 * @param property the property, such as `kafkastore.topic`
 */
export function variableName(prefix: string, property: string): string {
  const name = property.replace(/_/g, '__').replace(/-/g, '___').replace(/\./g, '_').toUpperCase();
  return `${prefix}${name}`;
}

/**
 * Whether the images can take a property at all: what they make of its variable must be the property again.
 *
 * They see no dot beside a part of one character, lose the case, and cannot tell dots, dashes and underscores in a row
 * apart.
 */
export function isExpressible(property: string): boolean {
  return /^[a-z0-9]+([._-][a-z0-9]+)*$/.test(property) && !/\.[a-z0-9]\./.test(property);
}

/**
 * A value as it has to be written into a file of Java properties, which the images do not do.
 *
 * @see Java 21, java.util.Properties.load(InputStream): backslashes escape, the bytes of the file are ISO 8859-1
 */
export function propertyValue(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/^ |[^\x20-\x7e]/g, (unit) => `\\u${hex(unit)}`);
}

/** The environment variables by which an image of Confluent takes these properties, with exactly these values. */
export function confluentEnvironment(
  prefix: string,
  properties: { readonly [property: string]: string },
): { [variable: string]: EnvValue } {
  return literalEnvironment(
    Object.fromEntries(
      Object.entries(properties).map(([property, value]) => [variableName(prefix, property), propertyValue(value)]),
    ),
  );
}

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}
