import { FeelRange } from 'feelin';
import { chargeSteps, chargeSurface, warn } from './evaluation-run.ts';
import { feelTypeOf } from './feel-type.ts';
import { EvaluationLimitExceeded, MAX_RANGE } from './limits.ts';

/** What `for`, `some` and `every` go over: a list, or one value as a list of one; null stays null with a warning. */
export function iterated(source: unknown): unknown {
  if (source === null || source === undefined) {
    return warn('invalid-type', 'Expected a list to go over, but got null.');
  }
  if (source instanceof FeelRange) return iteratedRange(source.start, source.end);
  const list = Array.isArray(source) ? source : [source];
  chargeSteps(list.length);
  return list;
}

/** `from..to` as a list, upwards or downwards. Throws `EvaluationLimitExceeded` beyond `MAX_RANGE` numbers. */
export function iteratedRange(from: unknown, to: unknown): unknown {
  if (typeof from !== 'number' || typeof to !== 'number' || !Number.isInteger(from) || !Number.isInteger(to)) {
    return warn('invalid-type', `Expected whole numbers around .., but got ${feelTypeOf(from)} and ${feelTypeOf(to)}.`);
  }
  const length = Math.abs(to - from) + 1;
  if (length > MAX_RANGE) {
    throw new EvaluationLimitExceeded(`Expected a range of at most ${MAX_RANGE} numbers, but it has ${length}.`);
  }
  chargeSteps(length);
  const direction = to < from ? -1 : 1;
  return Array.from({ length }, (_, index) => from + index * direction);
}

/** What a filter goes over; null stays null, anything else is charged. */
export function filtered(source: unknown): unknown {
  if (source === undefined) return null;
  chargeSurface(source);
  // feelin lays every item's entries over the surroundings before it asks the filter.
  if (Array.isArray(source)) for (const item of source) chargeSurface(item);
  return source;
}

/** One call of a function written in FEEL; always true. */
export function countCall(): boolean {
  chargeSteps(10);
  return true;
}
