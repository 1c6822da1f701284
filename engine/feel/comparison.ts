import { FeelDateTime, FeelRange } from 'feelin';
import { inOneZone } from './date-times.ts';
import { chargeSurface, chargeWhole, warn, zoneOfRun } from './evaluation-run.ts';
import { feelTypeOf } from './feel-type.ts';
import { nativeOperator } from './native-operators.ts';

/** Operators that order two values. */
export type OrderOperator = '<' | '<=' | '>' | '>=';

const ORDER: Record<OrderOperator, (a: unknown, b: unknown) => unknown> = {
  '<': nativeOperator('a < b'),
  '<=': nativeOperator('a <= b'),
  '>': nativeOperator('a > b'),
  '>=': nativeOperator('a >= b'),
};
const nativeEquals = nativeOperator('a = b');

const ORDERED = new Set(['number', 'string', 'date', 'time', 'date and time', 'duration']);

function asBoolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

function notComparable(a: unknown, b: unknown): null {
  return warn('not-comparable', `Expected two values of one type, but got ${feelTypeOf(a)} and ${feelTypeOf(b)}.`);
}

/**
 * `a < b` and its like. Values of different types, or null, are not comparable: null with a warning.
 * (feelin answers `"5" > 3` with true.)
 */
export function order(operator: OrderOperator, a: unknown, b: unknown): boolean | null {
  const type = feelTypeOf(a);
  if (type !== feelTypeOf(b) || !ORDERED.has(type)) return notComparable(a, b);
  chargeSurface(a);
  const [left, right] = inOneZone(a, b, zoneOfRun());
  return asBoolean(ORDER[operator](left, right));
}

/** `a = b`: null with a warning when the types differ, false when just one is null. */
export function equal(a: unknown, b: unknown): boolean | null {
  if (a === null || b === null || a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  chargeSurface(a);
  if (typeof a !== 'object' && typeof a === typeof b) return a === b;
  chargeWhole(a);
  chargeWhole(b);
  const [left, right] = inOneZone(a, b, zoneOfRun());
  const result = asBoolean(nativeEquals(left, right));
  return result === null ? notComparable(a, b) : result;
}

/** Whether two FEEL values are equal for sure. */
export function feelEquals(a: unknown, b: unknown): boolean {
  return feelTypeOf(a) === feelTypeOf(b) && equal(a, b) === true;
}

/** `!=`: the negation of `=`, null staying null. */
export function notEqual(a: unknown, b: unknown): boolean | null {
  const result = equal(a, b);
  return result === null ? null : !result;
}

/** `value between from and to`, both included. */
export function between(value: unknown, from: unknown, to: unknown): boolean | null {
  const low = order('>=', value, from);
  const high = order('<=', value, to);
  if (low === false || high === false) return false;
  return low === null || high === null ? null : true;
}

/** The test `!= x` as a value, since FEEL has no range for it. */
class NotEqualTest {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** Makes the test `!= x`. */
export function notEqualTest(value: unknown): unknown {
  return new NotEqualTest(value);
}

function inRange(value: unknown, range: FeelRange): boolean | null {
  if (range.valueType !== null && range.valueType.replace('date time', 'date and time') !== feelTypeOf(value)) {
    return notComparable(value, range.start ?? range.end);
  }
  if (!(value instanceof FeelDateTime)) return asBoolean(range.includes(value));
  const above = range.start === null || order(range['start included'] ? '>=' : '>', value, range.start);
  const below = range.end === null || order(range['end included'] ? '<=' : '<', value, range.end);
  if (above === null || below === null) return null;
  return above && below;
}

/** Whether `value` passes one test: a range, a list it is in, or a value it equals. */
export function passesTest(value: unknown, test: unknown): boolean | null {
  if (test instanceof NotEqualTest) return notEqual(value, test.value);
  if (test instanceof FeelRange) return inRange(value, test);
  if (Array.isArray(test) && !Array.isArray(value)) return passesAnyTest(value, test);
  if (feelTypeOf(test) !== feelTypeOf(value)) return Array.isArray(test) ? passesAnyTest(value, test) : false;
  if (equal(value, test) === true) return true;
  return Array.isArray(test) ? passesAnyTest(value, test) : false;
}

/** `value in (test, test, …)`: true when one passes, null when none does and one cannot be told. */
export function passesAnyTest(value: unknown, tests: unknown): boolean | null {
  if (tests === null || tests === undefined) return null;
  let unknown = false;
  for (const test of Array.isArray(tests) ? tests : [tests]) {
    const result = passesTest(value, test);
    if (result === true) return true;
    if (result === null) unknown = true;
  }
  return unknown ? null : false;
}

/** A unary test that is an expression without `?`: a boolean result answers for itself unless the input is boolean too. */
export function passesComputedTest(value: unknown, test: unknown): boolean | null {
  if (typeof test === 'boolean' && typeof value !== 'boolean') return test;
  return passesTest(value, test);
}
