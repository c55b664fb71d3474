/** A part of a manifest, whose shape nobody vouches for: users may write any object, and patch ours. */
export type Fields = { readonly [field: string]: unknown };

/** The object at a path of fields; an empty one if there is none. */
export function fieldsAt(value: unknown, ...path: readonly string[]): Fields {
  const found = valueAt(value, path);
  return isFields(found) ? found : {};
}

/** The objects of the list at a path of fields. */
export function listAt(value: unknown, ...path: readonly string[]): Fields[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter(isFields) : [];
}

/** The strings of the list at a path of fields. */
export function textsAt(value: unknown, ...path: readonly string[]): string[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === 'string') : [];
}

/** The string at a path of fields. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((part, field) => (isFields(part) ? part[field] : undefined), value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
