import { IConstruct, IValidation } from 'constructs';
import { onFirstUse } from '../validation/first-use';
import { faultMessage } from '../validation/rule';
import { isVerified } from '../validation/verified';
import { AppModel } from './app-model';
import { TREE_RULES } from './tree-rules';

/**
 * Checks a whole app when its root is validated, which happens before the rest of it, and lets each construct that is
 * to blame report its own messages, so that they come with its path.
 */
class TreeChecks implements IValidation {
  private messages = new Map<IConstruct, Set<string>>();
  private readonly reporters = new WeakSet<IConstruct>();

  public constructor(private readonly root: IConstruct) {}

  public validate(): string[] {
    // Not to be taken for faults that the constructs report by themselves.
    this.messages = new Map();
    if (!isVerified(this.root)) this.messages = treeMessages(this.root);
    for (const construct of this.messages.keys()) this.reportFrom(construct);
    return [];
  }

  private reportFrom(construct: IConstruct): void {
    if (this.reporters.has(construct)) return;
    this.reporters.add(construct);
    construct.node.addValidation({ validate: () => [...(this.messages.get(construct) ?? [])] });
  }
}

function treeMessages(root: IConstruct): Map<IConstruct, Set<string>> {
  const app = new AppModel(root);
  const messages = new Map<IConstruct, Set<string>>();
  for (const rule of TREE_RULES) {
    for (const { construct, fault } of rule.findings(app)) {
      if (rule.mayFollow && hasFaults(construct)) continue;
      messages.set(construct, (messages.get(construct) ?? new Set()).add(faultMessage(rule, fault)));
    }
  }
  return messages;
}

function hasFaults(construct: IConstruct): boolean {
  return construct.node.findAll().some(({ node }) => node.validate().length > 0);
}

onFirstUse((root) => root.node.addValidation(new TreeChecks(root)));
