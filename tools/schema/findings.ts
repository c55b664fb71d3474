/** A Kubernetes object as it stands in a manifest. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

/** Finds what is wrong with an object of one kind: one text for each fault. */
export type Validator = (object: KubernetesObject) => string[];

/** The kind of an object as people write it: `Kafka (kafka.strimzi.io/v1)`. */
export function kindOf({ apiVersion, kind }: KubernetesObject): string {
  return `${kind} (${apiVersion})`;
}
