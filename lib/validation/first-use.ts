import { IConstruct } from 'constructs';

const seen = new WeakSet<IConstruct>();
const ruled = new WeakSet<IConstruct>();
const hooks: ((root: IConstruct) => void)[] = [];

/** Has `hook` run once for every app that a construct with rules appears in. */
export function onFirstUse(hook: (root: IConstruct) => void): void {
  hooks.push(hook);
}

/** Takes note that `construct` has rules. */
export function noteRules(construct: IConstruct): void {
  const { root } = construct.node;
  ruled.add(construct);
  if (seen.has(root)) return;
  seen.add(root);
  hooks.forEach((hook) => hook(root));
}

/** The innermost construct with rules around `construct`, or itself; none if it belongs to the user alone. */
export function innermostWithRules(construct: IConstruct): IConstruct | undefined {
  return construct.node.scopes.reverse().find((scope) => ruled.has(scope));
}
