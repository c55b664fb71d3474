import { IConstruct } from 'constructs';

const verified = new WeakSet<IConstruct>();

/**
 * Does `work` on an app whose rules are known to hold.
 *
 * cdk8s validates the whole app once more for every chart that it renders; the rules are not asked again meanwhile.
 */
export function asVerified(root: IConstruct, work: () => void): void {
  verified.add(root);
  try {
    work();
  } finally {
    verified.delete(root);
  }
}

/** Whether the rules of the app are known to hold at the moment. */
export function isVerified(root: IConstruct): boolean {
  return verified.has(root);
}
