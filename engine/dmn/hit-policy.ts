import { Decimal } from 'decimal.js';
import { feelEquals } from '../feel/index.ts';
import type { Aggregation } from './decision-model.ts';
import { DecisionFailure } from './failure.ts';

/** A matching rule with its outputs, one for each output column. */
export type Match = { readonly ruleId: string; readonly outputs: readonly unknown[] };

/** `ANY`: all matching rules must say the same. */
export function agreed(matches: readonly Match[]): Match | undefined {
  const [first, ...rest] = matches;
  const differs = rest.find(
    (match) => !match.outputs.every((output, index) => feelEquals(output, first?.outputs[index])),
  );
  if (differs !== undefined) {
    const rules = `${first?.ruleId} and ${differs.ruleId}`;
    throw new DecisionFailure('rules-disagree', `Expected rules with one answer, but ${rules} disagree`);
  }
  return first;
}

/**
 * Matches from the highest to the lowest priority: by the first column's output values, then the second's. Rules of equal
 * priority keep their order. `priorities` holds each column's declared values, highest first.
 */
export function byPriority(matches: readonly Match[], priorities: readonly (readonly unknown[])[]): Match[] {
  const ranked = matches.map((match) => ({
    match,
    ranks: match.outputs.map((output, index) => rank(output, priorities[index])),
  }));
  ranked.sort((a, b) => {
    for (const [index, left] of a.ranks.entries()) {
      const difference = left - (b.ranks[index] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return ranked.map(({ match }) => match);
}

function rank(output: unknown, values: readonly unknown[] | undefined): number {
  if (values === undefined || values.length === 0) return 0;
  const found = values.findIndex((value) => feelEquals(value, output));
  if (found >= 0) return found;
  throw new DecisionFailure(
    'output-without-priority',
    'Expected an output among the declared output values, but it is not',
  );
}

/** `COLLECT` with an aggregator, over the single output of all matches. */
export function aggregated(aggregation: Aggregation, values: readonly unknown[]): number | null {
  if (aggregation === 'COUNT') return values.length;
  const numbers: Decimal[] = [];
  for (const value of values) {
    if (typeof value !== 'number') {
      throw new DecisionFailure(
        'cannot-aggregate',
        `Expected numbers for ${aggregation}, but a rule gives something else`,
      );
    }
    numbers.push(new Decimal(value));
  }
  const [first, ...rest] = numbers;
  if (first === undefined) return null;
  switch (aggregation) {
    case 'SUM':
      return rest.reduce((sum, number) => sum.plus(number), first).toNumber();
    case 'MIN':
      return Decimal.min(first, ...rest).toNumber();
    case 'MAX':
      return Decimal.max(first, ...rest).toNumber();
  }
}
