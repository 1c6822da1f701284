import { type PredicateTerm, predicateOf } from '../../feel/index.ts';
import type { ScopeDefinition } from '../../ir/definition.ts';
import type { Finding } from '../../ir/finding.ts';
import type { IrNode } from '../../ir/kernel.ts';
import { flowsOut } from '../../ir/routing.ts';
import { type AdviceRule, warning } from './advised.ts';
import { knownValues } from './known-values.ts';
import {
  areIndependent,
  comparisonsOf,
  judge,
  type KnownValues,
  showValue,
  type TermValue,
  valuesOf,
} from './term-values.ts';

/** Most combinations of values looked at for one gateway; where there are more, nothing is said. */
const maximumCombinations = 20_000;

/** Conditions without a default that are all false for some value: a case that has it stops with an incident. */
export const noWayOut: AdviceRule = (advised) => {
  const known = knownValues(advised);
  return Object.values(advised.definition.scopes).flatMap((scope) =>
    Object.values(scope.nodes).flatMap((node) => stuckAt(scope, node, known) ?? []),
  );
};

function stuckAt(scope: ScopeDefinition, node: IrNode, known: ReadonlyMap<string, KnownValues>): Finding | undefined {
  if (node.split === 'parallel' || node.defaultFlow !== undefined) return undefined;
  const conditions = flowsOut(scope, node.id).map(({ flow }) => node.conditions[flow]);
  if (conditions.length === 0) return undefined;
  const predicates = conditions.flatMap((feel) => (feel === undefined ? [] : (predicateOf(feel) ?? [])));
  if (predicates.length < conditions.length) return undefined;
  const dimensions = dimensionsOf(predicates, known);
  const found = dimensions && firstStuck(predicates, dimensions);
  if (!found) return undefined;
  const when = found.join(', ');
  return warning('no-way-out', node.id, `a way out of ${node.id} for every value`, `there is none when ${when}`, {
    when,
  });
}

type Predicates = readonly NonNullable<ReturnType<typeof predicateOf>>[];
type Dimension = { readonly term: PredicateTerm; readonly values: readonly { value: TermValue; shown: string }[] };

/** Terms with the values to look at; nothing when they depend on each other or are too many. */
function dimensionsOf(
  predicates: Predicates,
  known: ReadonlyMap<string, KnownValues>,
): readonly Dimension[] | undefined {
  const byTerm = Map.groupBy(predicates.flatMap(comparisonsOf), ({ term }) => term.text);
  const dimensions = [...byTerm.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const literals = [first, ...others].map(({ literal }) => literal);
    const { term } = first;
    const values = valuesOf(term, literals, known.get(term.text));
    return [{ term, values: values.map((value) => ({ value, shown: showValue(term.text, value, literals) })) }];
  });
  const combinations = dimensions.reduce((product, { values }) => product * values.length, 1);
  return combinations <= maximumCombinations && areIndependent(dimensions.map(({ term }) => term))
    ? dimensions
    : undefined;
}

/** The first combination for which every condition is false, as shown to people. */
function firstStuck(
  predicates: Predicates,
  [dimension, ...others]: readonly Dimension[],
  assigned: ReadonlyMap<string, TermValue> = new Map(),
): readonly string[] | undefined {
  if (!dimension) return predicates.every((one) => judge(one, assigned) === false) ? [] : undefined;
  for (const { value, shown } of dimension.values) {
    const rest = firstStuck(predicates, others, new Map([...assigned, [dimension.term.text, value]]));
    if (rest) return [shown, ...rest];
  }
  return undefined;
}
