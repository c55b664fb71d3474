/**
 * The `value` of an environment variable whose content shall be exactly `text`.
 *
 * Kubernetes replaces `$(NAME)` by another variable and `$$` by `$`, and it breaks up a character outside ASCII that
 * follows a `$`. All other dollar signs mean themselves.
 *
 * @see Kubernetes 1.35, third_party/forked/golang/expansion/expand.go
 */
export function literalEnvValue(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\$(?=[$(]|[^\x00-\x7f])/g, '$$$$');
}
