/*
 * Checks that what the package exports is documented: `tsx tools/api-check.ts`, after `npm run build`.
 *
 * It reads what jsii found: every type and member has a summary (members of enums speak for themselves, members that
 * implement an interface have the summary there), every parameter is explained (but for constructors that are marked
 * internal), and every optional property of a struct says what holds when it is left out.
 */
import { readFileSync } from 'node:fs';
import { countChecks } from './counts';

interface Docs {
  readonly docs?: {
    readonly summary?: string;
    readonly default?: string;
    readonly custom?: { readonly internal?: string };
  };
}

interface Member extends Docs {
  readonly name?: string;
  readonly optional?: boolean;
  readonly overrides?: string;
  readonly parameters?: readonly (Docs & { readonly name: string })[];
}

interface Type extends Docs {
  readonly fqn: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly initializer?: Member;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
}

const { types } = JSON.parse(readFileSync('.jsii', 'utf8')) as { types: Record<string, Type> };

const faults = Object.values(types).map(faultsOf);
faults.flat().forEach((fault) => console.error(`FAULT ${fault}`));
const faulty = faults.filter((ofType) => ofType.length > 0).length;
countChecks(faults.length - faulty, faulty);

function faultsOf({ fqn, docs, datatype, properties = [], methods = [], initializer }: Type): string[] {
  const callables = [...methods, ...(initializer ? [{ ...initializer, name: 'constructor' }] : [])];
  return [
    ...unless(docs?.summary, `${fqn} has no doc comment`),
    ...[...properties, ...methods].flatMap((member) =>
      unless(member.docs?.summary ?? member.overrides, `${fqn}.${member.name ?? ''} has no doc comment`),
    ),
    ...properties
      .filter(({ optional }) => datatype && optional)
      .flatMap((property) => unless(property.docs?.default, `${fqn}.${property.name ?? ''} has no @default`)),
    ...callables
      .filter(({ overrides, docs }) => !overrides && !docs?.custom?.internal)
      .flatMap(({ name = '', parameters = [] }) =>
        parameters.flatMap((p) => unless(p.docs?.summary, `${fqn}.${name} does not explain parameter '${p.name}'`)),
      ),
  ];
}

function unless(documented: string | undefined, fault: string): string[] {
  return documented ? [] : [fault];
}
