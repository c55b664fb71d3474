/**
 * The container security context of the "restricted" Pod Security Standard.
 *
 * @see Kubernetes 1.35, "Pod Security Standards", profile Restricted
 */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The pod security context of the "restricted" Pod Security Standard. */
export const RESTRICTED_POD = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
