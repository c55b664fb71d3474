import { Construct } from 'constructs';

/**
 * `id`, or the next free variant of it if `scope` has such a child already: a name that is given twice becomes a fault
 * that a rule reports beside all others, and not the end of the run.
 */
export function childId(scope: Construct, id: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    if (!scope.node.tryFindChild(candidate)) return candidate;
  }
}
