import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parseAllDocuments } from 'yaml';
import { Validator } from './findings';
import { metadataFaults } from './kubernetes-objects';

/** The operators whose resources the project writes: folders of their CustomResourceDefinitions. */
export const OPERATORS = [
  'strimzi-1.2.0',
  'flink-kubernetes-operator-1.15.0',
  'keycloak-26.6.4',
  'cert-manager-1.21.1',
  'apicurio-registry-operator-3.3.1',
  'strimzi-access-operator-with-1.2.0',
  'milvus-operator-1.3.8',
] as const;

/** A schema as a CustomResourceDefinition holds it. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly [keyword: string]: unknown;
}

interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/**
 * The validators of all custom resources that the operators serve, by `<apiVersion> <kind>`.
 *
 * Types, required fields, enums, patterns, limits and unknown fields are checked; rules in CEL
 * (`x-kubernetes-validations`) are not.
 *
 * @param folder holds one folder of CustomResourceDefinitions for each operator
 */
export function customResourceValidators(folder: string): Map<string, Validator> {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  const validators = new Map<string, Validator>();
  for (const { spec } of OPERATORS.flatMap((operator) => definitionsIn(join(folder, operator)))) {
    for (const version of spec.versions.filter(({ served }) => served)) {
      let validate: ValidateFunction<object> | undefined;
      validators.set(`${spec.group}/${version.name} ${spec.names.kind}`, (object) => {
        validate ??= ajv.compile<object>(rootSchema(version.schema.openAPIV3Schema));
        const { metadata, ...content } = object;
        const faults = validate(content) ? [] : (validate.errors ?? []);
        return [...metadataFaults(metadata), ...faults.map(messageOf)];
      });
    }
  }
  return validators;
}

function definitionsIn(folder: string): CustomResourceDefinition[] {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS() as CustomResourceDefinition)
    .filter((content) => content.kind === 'CustomResourceDefinition');
}

/** The schema of a whole object; its metadata is checked apart, because definitions leave it to Kubernetes. */
function rootSchema(schema: Schema): Schema {
  const { metadata: _, ...properties } = schema.properties ?? {};
  return strict({ ...schema, properties: { ...properties, apiVersion: { type: 'string' }, kind: { type: 'string' } } });
}

/**
 * The schema with unknown fields refused.
 *
 * The API server drops what a schema does not mention, unless the schema says that it keeps it. What stands below
 * `anyOf` and its like only narrows, and never mentions fields that the schema around it does not.
 */
function strict(schema: Schema): Schema {
  const { properties, additionalProperties, items } = schema;
  if (schema['x-kubernetes-int-or-string'] && !schema.anyOf)
    return { ...schema, type: undefined, anyOf: INT_OR_STRING };
  const closed =
    schema.type === 'object' && additionalProperties === undefined && !schema['x-kubernetes-preserve-unknown-fields'];
  return {
    ...schema,
    ...(properties ? { properties: mapValues(properties, strict) } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: strict(additionalProperties) } : {}),
    ...(items ? { items: strict(items) } : {}),
    ...(closed ? { additionalProperties: false } : {}),
  };
}

const INT_OR_STRING: readonly Schema[] = [{ type: 'integer' }, { type: 'string' }];

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function messageOf({ instancePath, keyword, message, params }: ErrorObject): string {
  if (keyword === 'additionalProperties')
    return `${instancePath}: unknown field '${String(params.additionalProperty)}'`;
  if (keyword === 'enum') return `${instancePath}: must be one of ${JSON.stringify(params.allowedValues)}`;
  return `${instancePath}: ${message ?? keyword}`;
}
