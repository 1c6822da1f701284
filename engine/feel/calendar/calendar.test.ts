import { describe, expect, test } from 'vitest';
import { evaluate, type FeelEnv, parseExpression, type WorkCalendar } from '../index.ts';
import { callsCalendar } from './calendar-builtins.ts';

const day = [
  [480, 720],
  [840, 1050],
] as const;

/** Monday to Friday 08:00-12:00 and 14:00-17:30; National Day from 1 to 7 October 2026, worked instead on Sunday 20 September and Saturday 10 October. */
const calendar: WorkCalendar = {
  version: 'test',
  week: [day, day, day, day, day, [], []],
  days: {
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((one) => [`2026-10-0${one}`, []])),
    '2026-09-20': day,
    '2026-10-10': day,
  },
};

/** Wednesday 30 September 2026, 16:00 in the hospital. */
const at = '2026-09-30T08:00:00.000Z';

function value(feel: string, context = {}, env: FeelEnv = { at, zone: 'Asia/Shanghai', calendar }): unknown {
  const parsed = parseExpression(feel);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const result = evaluate(parsed.expression, context, env);
  return result.ok ? result.value : result.message;
}

describe('working days', () => {
  test.each([
    ['over a weekend', 'add working days(date("2026-09-11"), 1)', '2026-09-14'],
    ['into a make-up Sunday', 'add working days(date("2026-09-18"), 1)', '2026-09-20'],
    ['over a holiday', 'add working days(date("2026-09-30"), 1)', '2026-10-08'],
    ['over a holiday and into a make-up Saturday', 'add working days(date("2026-09-30"), 3)', '2026-10-10'],
    ['backwards', 'add working days(date("2026-10-08"), -2)', '2026-09-29'],
    ['none, from a working day', 'add working days(date("2026-09-30"), 0)', '2026-09-30'],
    ['none, from a holiday', 'add working days(date("2026-10-03"), 0)', '2026-10-08'],
    ['at the same time of day', 'add working days(now(), 1)', '2026-10-08T08:00:00.000Z'],
    ['from a text', 'add working days("2026-09-30T20:00:00Z", 1)', '2026-10-07T20:00:00.000Z'],
    ['by name', 'add working days(from: date("2026-09-30"), days: 1)', '2026-10-08'],
  ])('are added %s', (_, feel, expected) => {
    expect(value(feel)).toBe(expected);
  });

  test('are counted from the day after one to the other, backwards below zero', () => {
    expect(value('working days between(date("2026-09-30"), date("2026-10-12"))')).toBe(4);
    expect(value('working days between(date("2026-10-12"), date("2026-09-30"))')).toBe(-4);
    expect(value('working days between(date("2026-09-30"), date("2026-09-30"))')).toBe(0);
  });

  test('are told from free ones, also in a filter', () => {
    expect(value('is working day(date("2026-10-10"))')).toBe(true);
    expect(value('is working day(date("2026-10-11"))')).toBe(false);
    const days = ['2026-09-30', '2026-10-01', '2026-10-08'];
    expect(value('days[is working day(item)]', { days })).toEqual(['2026-09-30', '2026-10-08']);
  });
});

describe('working time', () => {
  test.each([
    ['within a shift', 'PT1H', '2026-09-30T09:00:00.000Z'],
    ['to the very end of one', 'PT1H30M', '2026-09-30T09:30:00.000Z'],
    ['over the holiday into the morning', 'PT2H', '2026-10-08T00:30:00.000Z'],
    ['over noon', 'PT6H', '2026-10-08T06:30:00.000Z'],
    ['over a whole day', 'PT9H30M', '2026-10-09T00:30:00.000Z'],
    ['none, within a shift', 'PT0S', '2026-09-30T08:00:00.000Z'],
  ])('is added %s', (_, duration, expected) => {
    expect(value(`add working time(now(), duration("${duration}"))`)).toBe(expected);
  });

  test('of none begins with the next shift', () => {
    expect(value('add working time(date("2026-10-03"), duration("PT0S"))')).toBe('2026-10-08T00:00:00.000Z');
  });

  test('is counted between two moments, backwards below zero', () => {
    expect(value('working time between(now(), date and time("2026-10-08T10:00:00@Asia/Shanghai"))')).toBe('PT3H30M');
    expect(value('working time between(date and time("2026-10-08T10:00:00@Asia/Shanghai"), now())')).toBe('-PT3H30M');
    expect(value('working time between(now(), now()) = duration("PT0S")')).toBe(true);
  });

  test('is told from noon and night', () => {
    expect(value('is working time(now())')).toBe(true);
    expect(value('is working time(date and time("2026-09-30T12:00:00@Asia/Shanghai"))')).toBe(false);
    expect(value('is working time(date and time("2026-09-30T08:00:00@Asia/Shanghai"))')).toBe(true);
  });

  test('is counted in the zone of the hospital', () => {
    const env = { at, zone: 'UTC', calendar };
    expect(value('is working time(now())', {}, env)).toBe(true);
    expect(value('add working time(now(), duration("PT5H"))', {}, env)).toBe('2026-09-30T15:00:00.000Z');
  });
});

describe('a function of working time', () => {
  test('is null, with a warning, for what it cannot take', () => {
    for (const feel of [
      'add working days(date("2026-09-30"), 1.5)',
      'add working days("soon", 1)',
      'add working time(now(), duration("P1M"))',
      'add working time(now(), duration("-PT1H"))',
      'is working time(date("2026-09-30"))',
    ])
      expect(value(feel)).toBeNull();
  });

  test('fails by name without a calendar', () => {
    expect(value('add working days(date("2026-09-30"), 1)', {}, { at, zone: 'Asia/Shanghai' })).toBe(
      'Expected a working calendar for add working days(), but the hospital has none.',
    );
  });

  test('ends at the limit where nobody ever works', () => {
    const never: WorkCalendar = { ...calendar, week: [[], [], [], [], [], [], []], days: {} };
    const env = { at, zone: 'Asia/Shanghai', calendar: never };
    expect(value('add working days(date("2026-09-30"), 1)', {}, env)).toContain('Expected at most');
    expect(value('add working time(now(), duration("PT1H"))', {}, env)).toContain('Expected at most');
  });

  test('asked again, answers for the instant, the zone and the calendar it is asked in', () => {
    const parsed = parseExpression('add working time(now(), duration("PT5H"))');
    if (!parsed.ok) throw new Error(parsed.error.message);
    const daily: WorkCalendar = { ...calendar, week: [day, day, day, day, day, day, day], days: {} };
    const here = { at, zone: 'Asia/Shanghai', calendar };
    const later = '2026-09-30T09:00:00.000Z';
    const asked = [here, { ...here, at: later }, { ...here, zone: 'UTC' }, { ...here, calendar: daily }, here];
    const answers = asked.map((env) => evaluate(parsed.expression, {}, env));
    expect(answers.map((answer) => answer.ok && answer.value)).toEqual([
      ...['2026-10-08T03:30:00.000Z', '2026-10-08T06:30:00.000Z', '2026-09-30T15:00:00.000Z'],
      ...['2026-10-01T03:30:00.000Z', '2026-10-08T03:30:00.000Z'],
    ]);
  });

  test('is found wherever it is called', () => {
    expect(callsCalendar({ a: ['x', { b: 'if x then add  working\ndays (now(), 2) else null' }] })).toBe(true);
    expect(callsCalendar({ a: 'add(working, days)', b: 'name of a working days between two' })).toBe(false);
  });
});
