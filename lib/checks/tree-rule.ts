import { IConstruct } from 'constructs';
import { RuleText } from '../validation/rule';
import { AppModel } from './app-model';

/** What a rule found, and the construct that is to blame. */
export interface Finding {
  readonly construct: IConstruct;
  readonly fault: string;
}

/** One thing that must hold for a whole app: what no construct can see by itself. */
export interface TreeRule extends RuleText {
  /**
   * Whether a fault may follow from another one that the construct to blame reports by itself: it is reported only if
   * there is none, so that one mistake is one message.
   */
  readonly mayFollow?: boolean;
  /** Says what is wrong in the app. */
  readonly findings: (app: AppModel) => Finding[];
}
