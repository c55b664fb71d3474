const DATA_KEY = /^[-._a-zA-Z0-9]+$/;

/**
 * Whether `key` may stand in the data of a Secret.
 *
 * @see Kubernetes 1.35, staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go, IsConfigMapKey
 */
export function isSecretDataKey(key: string): boolean {
  return key.length <= 253 && DATA_KEY.test(key) && key !== '.' && !key.startsWith('..');
}
