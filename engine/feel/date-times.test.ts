import fc from 'fast-check';
import { FeelDateTime, FeelDuration, parseDateTime } from 'feelin';
import { expect, test } from 'vitest';
import { arithmetic, parseDuration } from './arithmetic.ts';
import { moved } from './date-times.ts';
import { nowOfRun, withinRun } from './evaluation-run.ts';
import { wallClock } from './local-time.ts';
import { nativeOperator } from './native-operators.ts';

const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Casablanca'];
const zone = fc.constantFrom(...zones, 'Asia/Kathmandu', 'Pacific/Apia', 'UTC', '+08:00', '-03:30');
const times = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) });
const durations = fc.oneof(
  fc
    .tuple(...[40, 60, 100, 200].map((max) => fc.integer({ min: 0, max })), fc.integer({ min: 0, max: 999 }))
    .map(([days, hours, minutes, seconds, ms]) => `P${days}DT${hours}H${minutes}M${seconds}.${ms}S`),
  fc.tuple(fc.nat(3), fc.nat(20)).map(([years, months]) => `P${years}Y${months}M`),
  fc.constantFrom('PT30M', 'P1D', 'PT0S', 'PT24H', 'PT0.000001S', 'P250000Y', 'P273000Y'),
);
const signed = fc.tuple(fc.constantFrom('', '-'), durations).map(([sign, text]) => `${sign}${text}`);

const native = { '+': nativeOperator('a + b'), '-': nativeOperator('a - b') };

function dateTime(text: string): FeelDateTime {
  const value = parseDateTime(text);
  if (!value) throw new Error(`Expected a date and time, but ${text} is none`);
  return value;
}

function duration(text: string): FeelDuration {
  const value = parseDuration(text);
  if (!(value instanceof FeelDuration)) throw new Error(`Expected a duration, but ${text} is none`);
  return value;
}

/** The value, or that there is none. */
function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return 'out of range';
    throw error;
  }
}

test('a date and time moves as feelin moves it, in every zone and across changes of the clocks', () => {
  const shown = fc.tuple(times, zone, fc.constantFrom('', '123456')).map(([time, name, further]) => {
    const local = new Date(time).toISOString().slice(0, -1);
    const suffix = name === 'UTC' ? 'Z' : /^[+-]/.test(name) ? name : `@${name}`;
    return dateTime(`${local}${further}${suffix}`);
  });
  fc.assert(
    fc.property(shown, signed, fc.constantFrom('+', '-'), (value, text, operator) => {
      const by = duration(text);
      const ours = attempt(() => arithmetic(operator, value, by));
      expect(ours).toEqual(attempt(() => native[operator](value, by) ?? null));
      if (operator === '+') expect(attempt(() => arithmetic('+', by, value))).toEqual(ours);
    }),
    { numRuns: 2_000 },
  );
});

test('around a change of the clocks feelin moves it', () => {
  expect(moved(dateTime('2026-03-28T02:30:00@Europe/Berlin'), duration('P1D'), 1)).toBeUndefined();
  expect(moved(dateTime('2026-03-27T08:00:00@Asia/Shanghai'), duration('P1D'), 1)).toBeInstanceOf(FeelDateTime);
});

test('now is what reading its text gives', () => {
  fc.assert(
    fc.property(times, zone, (time, name) => {
      const at = new Date(time).toISOString();
      const shown = wallClock(at, name);
      if (shown === undefined) return;
      const { result } = withinRun({ at, zone: name }, nowOfRun);
      expect(result).toEqual(parseDateTime(`${shown}${name === 'UTC' ? 'Z' : `@${name}`}`));
      expect(String(result?.unwrap())).toBe(String(dateTime(shown).unwrap()));
    }),
    { numRuns: 500 },
  );
});
