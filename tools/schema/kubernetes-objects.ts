import { KubernetesObject, Validator } from './findings';

interface Model {
  readonly prototype: { validate(): void };
}

interface ValidationError {
  readonly errors: readonly { readonly instancePath: string; readonly message: string }[];
}

/**
 * The validator of a kind that Kubernetes itself serves; none if there is no such kind.
 *
 * The schemas are those of the package `kubernetes-models`, made from the OpenAPI documents of Kubernetes. They let
 * unknown fields pass, so the object is watched meanwhile: a field that the validator never looks at is one that the
 * schema does not mention.
 */
export function kubernetesValidator({ apiVersion, kind }: KubernetesObject): Validator | undefined {
  const model = modelOf(apiVersion, kind);
  return model && ((object) => faultsOf(model, object));
}

/** What is wrong with an object's metadata, which is alike for all kinds. */
export function metadataFaults(metadata: unknown): string[] {
  const holder = { apiVersion: 'v1', kind: 'ConfigMap', metadata } as KubernetesObject;
  return kubernetesValidator(holder)?.(holder) ?? [];
}

function modelOf(apiVersion: string, kind: string): Model | undefined {
  // The package still knows the beta versions that Kubernetes no longer serves; the project writes stable ones only.
  if (!/^([a-z0-9.]+\/)?v[0-9]+$/.test(apiVersion)) return undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which module is known at run time only
    return (require(`kubernetes-models/${apiVersion}/${kind}`) as Record<string, Model>)[kind];
  } catch {
    return undefined;
  }
}

function faultsOf(model: Model, object: KubernetesObject): string[] {
  const watched = watch(object);
  const faults: string[] = [];
  try {
    model.prototype.validate.call(watched.value);
  } catch (error) {
    if (!isValidationError(error)) throw error;
    faults.push(...error.errors.map(({ instancePath, message }) => `${instancePath}: ${message}`));
  }
  return [...faults, ...watched.unread()];
}

function isValidationError(error: unknown): error is ValidationError {
  return error instanceof Error && 'errors' in error;
}

interface Watched {
  /** What stands in for the value. */
  readonly value: unknown;
  /** The fields that nobody has read, by name and place. */
  unread(path?: string): string[];
}

function watch(target: unknown): Watched {
  if (typeof target !== 'object' || target === null) return { value: target, unread: () => [] };
  const fields = new Map<string, Watched>();
  const value = new Proxy(target, {
    get: (object, field) => {
      if (typeof field === 'symbol' || !Object.hasOwn(object, field)) return Reflect.get(object, field) as unknown;
      const child = fields.get(field) ?? watch(Reflect.get(object, field));
      fields.set(field, child);
      return child.value;
    },
  });
  const unread = (path = ''): string[] =>
    Object.keys(target).flatMap(
      (field) => fields.get(field)?.unread(`${path}/${field}`) ?? [`${path}: unknown field '${field}'`],
    );
  return { value, unread };
}
