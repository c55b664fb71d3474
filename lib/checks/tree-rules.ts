import { NUMERIC_STRING_RULES } from './numeric-string-rules';
import { OBJECT_RULES } from './object-rules';
import { POD_RULES } from './pod-rules';
import { SECRET_REFERENCE_RULES } from './secret-reference-rules';
import { SECRET_RULES } from './secret-rules';
import { TOPIC_NAME_RULES } from './topic-name-rules';
import { TreeRule } from './tree-rule';
import { UNUSED_USER_RULES } from './unused-user-rules';

/** The rules about a whole app, in the order in which their messages are reported. */
export const TREE_RULES: readonly TreeRule[] = [
  ...OBJECT_RULES,
  ...SECRET_RULES,
  ...SECRET_REFERENCE_RULES,
  ...POD_RULES,
  ...UNUSED_USER_RULES,
  ...TOPIC_NAME_RULES,
  ...NUMERIC_STRING_RULES,
];
