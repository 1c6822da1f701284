import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../core/json.ts';
import {
  evaluate,
  evaluateCondition,
  evaluateUnaryTest,
  parseExpression,
  parseUnaryTests,
  variablesOf,
} from './index.ts';

const env = { at: '2026-03-02T00:30:00.000Z', zone: 'Asia/Shanghai' };

function parsed(source: string, names: readonly string[] = []) {
  const result = parseExpression(source, { names });
  if (!result.ok) throw new Error(`${source}: ${result.error.message}`);
  return result.expression;
}

function run(source: string, context: JsonObject = {}, names: readonly string[] = []) {
  return evaluate(parsed(source, names), context, env);
}

function answer(source: string, context: JsonObject = {}, names: readonly string[] = []): Json {
  const result = run(source, context, names);
  if (!result.ok) throw new Error(`${source}: ${result.message}`);
  return result.value;
}

function errorOf(source: string) {
  const result = parseExpression(source);
  return result.ok ? undefined : result.error;
}

describe('values', () => {
  const lines = [
    { lineId: 'L1', price: 1250, count: 2, done: true, name: '阿莫西林胶囊' },
    { lineId: 'L2', price: 999, count: 1, done: false, name: '头孢' },
  ];
  test.each<[string, JsonObject, Json]>([
    ['= 1 + 2', {}, 3],
    ['0.1 + 0.2', {}, 0.3],
    ['0.1 + 0.2 = 0.3', {}, true],
    ['1.1 * 3', {}, 3.3],
    ['sum([0.1, 0.2, 0.3])', {}, 0.6],
    ['sum(for l in lines return l.price * l.count)', { lines }, 3499],
    ['0.3 - 0.1', {}, 0.2],
    ['-x', { x: 5 }, -5],
    ['2 ** 10', {}, 1024],
    ['7 / 2', {}, 3.5],
    ['1e3', {}, 1000],
    ['9007199254740991 - 1', {}, 9007199254740990],
    ['decimal(2.345, 2)', {}, 2.34],
    ['round half up(2.345, 2)', {}, 2.35],
    ['floor(-1.5)', {}, -2],
    ['modulo(-12, 5)', {}, 3],
    ['min(["2026-01-02", "2026-01-01"])', {}, '2026-01-01'],
    ['患者.年龄 >= 18', { 患者: { 年龄: 20 } }, true],
    ['lines[price > 1000].lineId', { lines }, ['L1']],
    ['lines[item.price > 1000][1].lineId', { lines }, 'L1'],
    ['lines[not(done)].lineId', { lines }, ['L2']],
    ['lines[contains(name, "头孢")].lineId', { lines }, ['L2']],
    ['lines[1].price', { lines }, 1250],
    ['lines[-1].price', { lines }, 999],
    ['count(lines) > count', { lines, count: 1 }, true],
    ['some l in lines satisfies l.price > 1000', { lines }, true],
    ['every l in lines satisfies l.price > 1000', { lines }, false],
    ['for i in 3..1 return i', {}, [3, 2, 1]],
    ['for i in 0..0 return i', {}, [0]],
    ['for i in 1..3 return if i = 1 then 1 else partial[-1] * 2', {}, [1, 2, 4]],
    ['x in (1, [3..5], > 10)', { x: 4 }, true],
    ['x in (1, [3..5], > 10)', { x: 2 }, false],
    ['x in ["a", "b"]', { x: 'b' }, true],
    ['x in xs', { x: 'b', xs: ['a', 'b'] }, true],
    ['x between 1 and 3', { x: 3 }, true],
    ['list contains(codes, "J01")', { codes: ['J01', 'N02'] }, true],
    ['distinct values([1, "1", {a: 1}, {a: 1}, null, null])', {}, [1, '1', { a: 1 }, null]],
    ['union([1, 2], [2, 3])', {}, [1, 2, 3]],
    ['is empty([])', {}, true],
    ['list contains(xs, {a: 1})', { xs: [{ a: 1 }] }, true],
    ['{a: 1, b: a + 1}', {}, { a: 1, b: 2 }],
    ['{"a b": 1}', {}, { 'a b': 1 }],
    ['order.`line no` + 1', { order: { 'line no': 4 } }, 5],
    ['if ok then "y" else "n"', { ok: null }, 'n'],
    ['sort(xs, function(a, b) a > b)', { xs: [1, 3, 2] }, [3, 2, 1]],
    ['get or else(missing, 7)', {}, 7],
    ['is defined(x)', { x: null }, false],
    ['string join(for l in lines return l.lineId, ",")', { lines }, 'L1,L2'],
    ['"a" + "b"', {}, 'ab'],
    ['matches(x, "^\\d{3}-[A-Z]+$")', { x: '123-AB' }, true],
    ['[1, 2, 3][item >= 2]', {}, [2, 3]],
    ['[1, 20][> 10]', {}, [20]],
    ['x instance of number', { x: 1 }, true],
    ['1 /* one */ + 1', {}, 2],
  ])('%s', (source, context, expected) => {
    expect(answer(source, context)).toEqual(expected);
  });

  test('names with spaces and signs are read when they are declared', () => {
    const names = ['Applicant Age', 'a-b'];
    expect(answer('Applicant Age + a-b', { 'Applicant Age': 3, 'a-b': 4 }, names)).toBe(7);
    expect(answer('for Applicant Age in [1, 2] return Applicant Age * 2', {}, names)).toEqual([2, 4]);
    expect(answer('a-b', { a: 5, b: 3 })).toBe(2);
  });

  test('what is read is listed once each', () => {
    expect(variablesOf(parsed('a.b + count(lines[q > min]) + (for i in xs return i + a)'))).toEqual([
      'a',
      'lines',
      'q',
      'min',
      'xs',
    ]);
  });
});

describe('time', () => {
  test.each<[string, JsonObject, Json]>([
    ['now()', {}, '2026-03-02T00:30:00.000Z'],
    ['today()', {}, '2026-03-02'],
    ['now() + duration("PT72H")', {}, '2026-03-05T00:30:00.000Z'],
    ['now() > date and time(t)', { t: '2026-03-02T00:29:59.999Z' }, true],
    ['now() = date and time("2026-03-02T08:30:00")', {}, true],
    ['date and time(t) in [date and time("2026-03-02T08:00:00")..now()]', { t: '2026-03-02T00:10:00.000Z' }, true],
    ['string(now() - date and time(t))', { t: '2026-03-01T00:30:00.000Z' }, 'P1D'],
    ['now() - date and time(t) > duration("PT24H")', { t: '2026-03-01T00:29:00.000Z' }, true],
    ['duration("PT1H") * 3', {}, 'PT3H'],
    ['date("2026-03-02").year', {}, 2026],
    ['date(birthDate) <= today() - duration("P14Y")', { birthDate: '2012-03-02' }, true],
    ['@"2026-03-02" + @"P1D"', {}, '2026-03-03'],
    ['day of week(today())', {}, 'Monday'],
  ])('%s', (source, context, expected) => {
    expect(answer(source, context)).toEqual(expected);
  });

  test('the evening before midnight UTC is the next day in Shanghai', () => {
    const late = { at: '2026-03-01T17:00:00.000Z', zone: 'Asia/Shanghai' };
    expect(evaluate(parsed('today()'), {}, late)).toMatchObject({ ok: true, value: '2026-03-02' });
  });
});

describe('what is not known is never a false', () => {
  test.each<[string, JsonObject, string]>([
    ['amount > 100', {}, 'unknown-variable'],
    ['amount > 100', { amount: null }, 'not-comparable'],
    ['amount > 100', { amount: '500' }, 'not-comparable'],
    ['amount in (> 100)', { amount: '500' }, 'not-comparable'],
    ['patient.age > 3', { patient: {} }, 'unknown-property'],
    ['dueAt < now()', { dueAt: '2026-03-01' }, 'not-comparable'],
    ['"5" = 5', {}, 'not-comparable'],
    ['count > 3', {}, 'unknown-variable'],
    ['some x in lines satisfies x > 3', { lines: null }, 'invalid-type'],
  ])('%s with %j', (source, context, code) => {
    const result = evaluateCondition(parsed(source), context, env);
    expect(result).toMatchObject({ ok: false, code: 'not-boolean' });
    expect(result.warnings.map((warning) => warning.code)).toContain(code);
  });

  test('a value stands in no message', () => {
    const result = evaluateCondition(parsed('name + 1 > "x"'), { name: '张三' }, env);
    expect(JSON.stringify(result)).not.toContain('张三');
  });

  test('equality with null is known', () => {
    expect(answer('x = null', {})).toBe(true);
    expect(answer('x != null', { x: 1 })).toBe(true);
  });

  test('a function is no result', () => {
    expect(run('function(x) x')).toMatchObject({ ok: false, code: 'not-json' });
  });
});

describe('unary tests', () => {
  test.each<[string, Json, boolean]>([
    ['-', null, true],
    ['"a", "b"', 'b', true],
    ['not("a", "b")', 'b', false],
    ['not("a", "b")', 'c', true],
    ['< 3', 2, true],
    ['< 3', '2', false],
    ['[1..3)', 3, false],
    ['> 3, 1', 1, true],
    ['true', true, true],
    ['true', 1, false],
    ['null', null, true],
    ['? > 3 and ? < 9', 5, true],
    ['contains(?, "x")', 'axb', true],
    ['!= 3', 4, true],
    ['limit', 7, true],
    ['codes', 'J01', true],
    ['date("2026-01-01")', '2026-01-01', false],
  ])('%s on %j', (source, input, expected) => {
    const tests = parseUnaryTests(source);
    if (!tests.ok) throw new Error(tests.error.message);
    const result = evaluateUnaryTest(tests.expression, input, { limit: 7, codes: ['J01'] }, env);
    expect(result).toMatchObject({ ok: true, value: expected });
  });
});

describe('what is refused when it is deployed', () => {
  test.each<[string, string]>([
    ['a = ', 'syntax'],
    ['', 'syntax'],
    ['a b c', 'syntax'],
    ['frobnicate(1)', 'unknown-function'],
    [`a${' '.repeat(4000)}`, 'too-long'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'too-deep'],
    ['for i in 1..1000000000 return i', 'range-too-large'],
    ['matches(x, "^(a+)+$")', 'risky-pattern'],
    ['{f: function(n) f(n + 1), r: f(1)}.r', 'unknown-function'],
    ['__add(1, 2)', 'unknown-function'],
    ['__now', 'unsupported'],
  ])('%s', (source, code) => {
    expect(errorOf(source)?.code).toBe(code);
  });

  test('the place is where the source has it, the = counted', () => {
    expect(errorOf('= 1 + nope(2)')).toMatchObject({ from: 6, to: 10 });
  });

  test('a long chain is not deep', () => {
    expect(errorOf(Array.from({ length: 300 }, (_, index) => `x${index}`).join(' or '))).toBeUndefined();
  });
});

describe('what would not end meets its limit', () => {
  test.each<[string, JsonObject]>([
    ['for i in 1..n return i', { n: 1e9 }],
    ['for i in 1..5000, j in 1..5000 return i * j', {}],
    ['{f: function(x) x(x), r: f(f)}.r', {}],
    ['{f: function(x, n) if n = 0 then 1 else x(x, n - 1) + x(x, n - 1), r: f(f, 40)}.r', {}],
    ['matches(x, p)', { x: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!', p: '^(a+)+$' }],
    ['for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]', {}],
    ['for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])', {}],
    ['for i in 1..60 return if i = 1 then "x" else partial[-1] + partial[-1]', {}],
    ['string join(for i in 1..9000 return "0123456789abcdef")', {}],
    ['for i in 1..9000 return replace(x, "a", "b")', { x: 'a'.repeat(90_000) }],
    ['for i in 1..9000 return upper case(x)', { x: 'a'.repeat(90_000) }],
    ['for i in 1..9000 return reverse(xs)', { xs: Array.from({ length: 5_000 }, (_, index) => index) }],
    ['for i in 1..9000 return 1.5 ** 2.5', {}],
    ['distinct values(xs)', { xs: Array.from({ length: 60_000 }, (_, index) => ({ a: index })) }],
  ])('%s', (source, context) => {
    expect(run(source, context)).toMatchObject({ ok: false, code: 'limit-exceeded' });
  });
});

describe('numbers are decimal', () => {
  /** A decimal of up to six places as an integer of millionths and as a JSON number. */
  const decimal = fc.integer({ min: -999_999_999, max: 999_999_999 }).map((millionths) => ({
    millionths,
    number: Number(`${millionths}e-6`),
  }));

  test('sums, differences and products are those of the decimals written', () => {
    const sum = parsed('a + b');
    const difference = parsed('a - b');
    const product = parsed('a * b');
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const context = { a: a.number, b: b.number };
        const exact = (value: bigint, places: number) => Number(`${value}e-${places}`);
        const [left, right] = [BigInt(a.millionths), BigInt(b.millionths)];
        expect(evaluate(sum, context, env)).toMatchObject({ value: exact(left + right, 6) + 0 });
        expect(evaluate(difference, context, env)).toMatchObject({ value: exact(left - right, 6) + 0 });
        expect(evaluate(product, context, env)).toMatchObject({ value: exact(left * right, 12) + 0 });
      }),
    );
  });

  test('the order of adding does not matter', () => {
    const list = fc.array(decimal, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(list, (numbers) => {
        const xs = numbers.map(({ number }) => number);
        expect(answer('sum(xs)', { xs })).toBe(answer('sum(xs)', { xs: [...xs].reverse() }));
      }),
    );
  });
});

test('prototype members are no variables', () => {
  expect(answer('x.__proto__', { x: {} })).toBeNull();
  expect(answer('x.constructor', { x: {} })).toBeNull();
  expect(answer('toString', {})).toBeNull();
});
