import { Decimal } from 'decimal.js';
import { FeelDecimal, fromDecimal } from './arithmetic.ts';
import { type Builtin, refuseArguments } from './builtin.ts';
import { order } from './comparison.ts';
import { chargeSteps } from './evaluation-run.ts';

/** `f(list)` or `f(a, b, …)`: the list either way. */
function asList(args: readonly unknown[]): readonly unknown[] {
  const [only] = args;
  const list = args.length === 1 && Array.isArray(only) ? only : args;
  chargeSteps(list.length);
  return list;
}

function decimalsOf(list: readonly unknown[]): Decimal[] | undefined {
  const decimals: Decimal[] = [];
  for (const item of list) {
    if (typeof item !== 'number') return undefined;
    decimals.push(new FeelDecimal(item));
  }
  return decimals;
}

/** A function of a list of numbers. An empty list gives null without a warning, as DMN says. */
function ofNumbers(name: string, compute: (numbers: Decimal[]) => Decimal | null): Builtin {
  return {
    parameters: ['...list'],
    predicate: false,
    call: (...args) => {
      const numbers = decimalsOf(asList(args));
      if (numbers === undefined) return refuseArguments(name, args);
      if (numbers.length === 0) return null;
      const result = compute(numbers);
      return result === null ? null : fromDecimal(result);
    },
  };
}

const ZERO = new FeelDecimal(0);
const total = (numbers: readonly Decimal[]): Decimal => numbers.reduce((sum, number) => sum.plus(number), ZERO);
const mean = (numbers: readonly Decimal[]): Decimal => total(numbers).div(numbers.length);

function median(numbers: readonly Decimal[]): Decimal | null {
  const sorted = [...numbers].sort((a, b) => a.comparedTo(b));
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : upper.plus(lower).div(2);
}

function standardDeviation(numbers: readonly Decimal[]): Decimal | null {
  if (numbers.length < 2) return null;
  const middle = mean(numbers);
  return total(numbers.map((number) => number.minus(middle).pow(2)))
    .div(numbers.length - 1)
    .sqrt();
}

/** `min` or `max` of numbers, texts, dates, times or durations of one type. */
function extreme(name: string, operator: '<' | '>'): Builtin {
  return {
    parameters: ['...list'],
    predicate: false,
    call: (...args) => {
      const [first, ...rest] = asList(args);
      let best: unknown = first ?? null;
      for (const item of rest) {
        const better = order(operator, item, best);
        if (better === null) return refuseArguments(name, args);
        if (better) best = item;
      }
      return best;
    },
  };
}

const MAX_SCALE = 30;

/** A function `f(n, scale)` that rounds; `optional` scale is 0. */
function rounding(name: string, mode: Decimal.Rounding, optional: boolean): Builtin {
  return {
    parameters: ['n', 'scale'],
    predicate: false,
    call: (n, scale) => {
      const digits = scale === undefined && optional ? 0 : scale;
      if (typeof n !== 'number' || typeof digits !== 'number') return refuseArguments(name, [n, scale]);
      if (!Number.isInteger(digits) || Math.abs(digits) > MAX_SCALE) return refuseArguments(name, [n, scale]);
      const shift = new FeelDecimal(10).pow(digits);
      return fromDecimal(new FeelDecimal(n).times(shift).toDecimalPlaces(0, mode).div(shift));
    },
  };
}

/** `modulo(dividend, divisor)`: the sign is the divisor's, as DMN says. */
const modulo: Builtin = {
  parameters: ['dividend', 'divisor'],
  predicate: false,
  call: (dividend, divisor) => {
    if (typeof dividend !== 'number' || typeof divisor !== 'number' || divisor === 0) {
      return refuseArguments('modulo', [dividend, divisor]);
    }
    const quotient = new FeelDecimal(dividend).div(divisor).floor();
    return fromDecimal(new FeelDecimal(dividend).minus(quotient.times(divisor)));
  },
};

/** The functions on numbers, in decimal arithmetic. */
export const NUMBER_BUILTINS: Readonly<Record<string, Builtin>> = {
  sum: ofNumbers('sum', total),
  mean: ofNumbers('mean', mean),
  median: ofNumbers('median', median),
  stddev: ofNumbers('stddev', standardDeviation),
  product: ofNumbers('product', (numbers) =>
    numbers.reduce((result, number) => result.times(number), new FeelDecimal(1)),
  ),
  min: extreme('min', '<'),
  max: extreme('max', '>'),
  decimal: rounding('decimal', Decimal.ROUND_HALF_EVEN, false),
  floor: rounding('floor', Decimal.ROUND_FLOOR, true),
  ceiling: rounding('ceiling', Decimal.ROUND_CEIL, true),
  'round up': rounding('round up', Decimal.ROUND_UP, false),
  'round down': rounding('round down', Decimal.ROUND_DOWN, false),
  'round half up': rounding('round half up', Decimal.ROUND_HALF_UP, false),
  'round half down': rounding('round half down', Decimal.ROUND_HALF_DOWN, false),
  modulo,
};
