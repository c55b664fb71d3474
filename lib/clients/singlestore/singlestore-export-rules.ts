import { loginSupportRule } from '../../connection/login-mode';
import { Rule, faultIf } from '../../validation/rule';
import { EXPORT_SUPPORT } from './engine-support';
import type { SingleStoreExport } from './singlestore-export';

export const SINGLESTORE_EXPORT_RULES: readonly Rule<SingleStoreExport>[] = [
  loginSupportRule('singlestore-export-login', EXPORT_SUPPORT, ({ node, connection }) => ({
    name: node.id,
    connections: [connection],
  })),
  {
    id: 'singlestore-query',
    holds: 'What is exported is the result of one query.',
    remedy: "write it like 'SELECT TO_JSON(sales.*) FROM sales', without a semicolon at its end",
    source: 'SingleStore 9.0, "SELECT": INTO follows the query',
    faults: ({ node, _props: { query } }) =>
      faultIf(
        !/^\s*(SELECT|WITH)\s/i.test(query) || /;\s*$/.test(query),
        `export '${node.id}' has no query that INTO could follow`,
      ),
  },
];
