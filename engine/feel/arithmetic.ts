import { Decimal } from 'decimal.js';
import { FeelDateTime, FeelDuration } from 'feelin';
import { inOneZone, moved } from './date-times.ts';
import { chargeSteps, chargeSurface, warn, zoneOfRun } from './evaluation-run.ts';
import { feelTypeOf } from './feel-type.ts';
import { EvaluationLimitExceeded, MAX_TEXT_LENGTH } from './limits.ts';
import { nativeOperator } from './native-operators.ts';

/**
 * Numbers as FEEL means them: every operand is the decimal number its shortest notation says, the operation is done with
 * 34 digits (IEEE decimal128, as DMN asks), and the result is the nearest JSON number. So 0.1 + 0.2 = 0.3.
 */
export const FeelDecimal = Decimal.clone({
  precision: 34,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -40,
  toExpPos: 40,
});

/** Back to a JSON number, or null with a warning when JSON has none for it. */
export function fromDecimal(value: Decimal): number | null {
  const number = value.toNumber();
  if (!Number.isFinite(number)) return warn('invalid-arguments', 'Expected a finite number, but the result is none.');
  return Object.is(number, -0) ? 0 : number;
}

/** Steps of an operation that takes some fifty microseconds: temporals and powers. */
const COSTLY = 20;

type Operator = '+' | '-' | '*' | '/' | '**';

const NATIVE: Record<Operator, (a: unknown, b: unknown) => unknown> = {
  '+': nativeOperator('a + b'),
  '-': nativeOperator('a - b'),
  '*': nativeOperator('a * b'),
  '/': nativeOperator('a / b'),
  '**': nativeOperator('a ** b'),
};

function ofNumbers(operator: Operator, a: number, b: number): number | null {
  const left = new FeelDecimal(a);
  switch (operator) {
    case '+':
      return fromDecimal(left.plus(b));
    case '-':
      return fromDecimal(left.minus(b));
    case '*':
      return fromDecimal(left.times(b));
    case '/':
      return b === 0 ? warn('invalid-arguments', 'Expected a divisor, but it is 0.') : fromDecimal(left.div(b));
    case '**':
      chargeSteps(COSTLY);
      return fromDecimal(left.pow(b));
  }
}

/** `a operator b` for numbers, texts and temporals; null with a warning for anything else. */
export function arithmetic(operator: Operator, a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return ofNumbers(operator, a, b);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return concatenated(a, b);
  chargeSteps(COSTLY);
  const scaled = scaledDuration(operator, a, b);
  if (scaled !== undefined) return scaled;
  const shifted = movedInTime(operator, a, b);
  if (shifted !== undefined) return shifted;
  const [left, right] = operator === '-' ? inOneZone(a, b, zoneOfRun()) : [a, b];
  const result = NATIVE[operator](left, right) ?? null;
  if (result === null) {
    warn('invalid-type', `Expected operands that ${operator} fits, but got ${feelTypeOf(a)} and ${feelTypeOf(b)}.`);
  }
  return result;
}

/** A date and time plus or minus a duration, the short way where there is one. */
function movedInTime(operator: Operator, a: unknown, b: unknown): FeelDateTime | undefined {
  if (a instanceof FeelDateTime && b instanceof FeelDuration) {
    if (operator === '+') return moved(a, b, 1);
    return operator === '-' ? moved(a, b, -1) : undefined;
  }
  return operator === '+' && a instanceof FeelDuration && b instanceof FeelDateTime ? moved(b, a, 1) : undefined;
}

function concatenated(a: string, b: string): string {
  if (a.length + b.length > MAX_TEXT_LENGTH) {
    throw new EvaluationLimitExceeded(`Expected a text of at most ${MAX_TEXT_LENGTH} characters, but it is longer.`);
  }
  chargeSurface(a);
  chargeSurface(b);
  return a + b;
}

/** `duration * number` and `duration / number`, which feelin leaves out. */
function scaledDuration(operator: Operator, a: unknown, b: unknown): unknown {
  if (operator === '*' && typeof a === 'number') return typeof b === 'number' ? undefined : scaledDuration('*', b, a);
  if (typeof b !== 'number' || feelTypeOf(a) !== 'duration') return undefined;
  if (operator === '*') return multiplyDuration(a, new FeelDecimal(b));
  if (operator === '/' && b !== 0) return multiplyDuration(a, new FeelDecimal(1).div(b));
  return undefined;
}

const negated = nativeOperator('a - b');

function multiplyDuration(value: unknown, factor: Decimal): unknown {
  const parts = durationParts(String(value));
  if (parts === undefined) return undefined;
  const amount = parts.amount.times(factor);
  if (parts.unit === 'months') return durationFromText(`P${amount.abs().trunc().toFixed()}M`, amount.isNegative());
  return durationFromText(`PT${amount.abs().toDecimalPlaces(3).toFixed()}S`, amount.isNegative());
}

const durationOf = nativeOperator('duration(a)');

/** An ISO duration text as a FEEL duration; null when it is none. */
export function parseDuration(text: string): unknown {
  return durationOf(text, null) ?? null;
}

function durationFromText(text: string, negative: boolean): unknown {
  const positive = parseDuration(text);
  return negative ? negated(parseDuration('PT0S'), positive) : positive;
}

const DURATION = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Total of an ISO duration in months or in seconds; undefined when it mixes both. */
function durationParts(text: string): { unit: 'months' | 'seconds'; amount: Decimal } | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part) => new FeelDecimal(part ?? 0));
  if (!years || !months || !weeks || !days || !hours || !minutes || !seconds) return undefined;
  const sign = match[1] === '-' ? -1 : 1;
  const inMonths = years.times(12).plus(months);
  const inDays = weeks.times(7).plus(days);
  const inSeconds = inDays.times(24).plus(hours).times(60).plus(minutes).times(60).plus(seconds);
  if (!inMonths.isZero()) return inSeconds.isZero() ? { unit: 'months', amount: inMonths.times(sign) } : undefined;
  return { unit: 'seconds', amount: inSeconds.times(sign) };
}

/** `-a`. */
export function negate(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : -value;
  if (feelTypeOf(value) === 'duration') return multiplyDuration(value, new FeelDecimal(-1));
  return warn('invalid-type', `Expected a number or duration after -, but got ${feelTypeOf(value)}.`);
}
