import { describe, expect, test } from 'vitest';
import { dueOf, instantOf } from './due.ts';

const at = '2026-03-02T00:00:00.000Z';
const zone = 'Asia/Shanghai';

describe('a timer', () => {
  test.each([
    ['duration', 'PT90M', '2026-03-02T01:30:00.000Z'],
    ['duration', 'P1M', '2026-04-02T00:00:00.000Z'],
    ['date', '2026-03-05T08:00', '2026-03-05T00:00:00.000Z'],
    ['date', '2026-03-05T08:00:00Z', '2026-03-05T08:00:00.000Z'],
    ['date', '2026-03-05T08:00:00@Europe/Berlin', '2026-03-05T07:00:00.000Z'],
    ['date', '2026-03-05T08:00:00+01:00[Europe/Berlin]', '2026-03-05T07:00:00.000Z'],
    ['cycle', 'R/PT1H', '2026-03-02T01:00:00.000Z'],
    ['cycle', 'R2/2026-03-03T08:00:00/P1D', '2026-03-03T00:00:00.000Z'],
  ] as const)('of %s %s is due', (kind, text, dueAt) => {
    expect(dueOf(kind, text, at, zone)?.dueAt).toBe(dueAt);
  });

  test('of a calendar day keeps the wall clock where the clocks change', () => {
    expect(dueOf('duration', 'P1D', '2026-03-28T07:00:00.000Z', 'Europe/Berlin')?.dueAt).toBe(
      '2026-03-29T06:00:00.000Z',
    );
    expect(dueOf('duration', 'PT24H', '2026-03-28T07:00:00.000Z', 'Europe/Berlin')?.dueAt).toBe(
      '2026-03-29T07:00:00.000Z',
    );
  });

  test.each(['T08:00', '08:00', '08:00@Europe/Berlin'])('says no day in %s, so it is never due', (text) => {
    expect(dueOf('date', text, at, zone)).toBeUndefined();
  });

  test('counts its firings', () => {
    expect(dueOf('cycle', 'R4/PT10S', at, zone)).toEqual({
      dueAt: '2026-03-02T00:00:10.000Z',
      every: 'PT10S',
      remaining: 3,
    });
    expect(dueOf('cycle', 'R/PT10S', at, zone)).toEqual({ dueAt: '2026-03-02T00:00:10.000Z', every: 'PT10S' });
  });

  test.each(['', 'tomorrow', '-PT1H', 'R0/PT1H', 'R/', 'R/x/PT1H', '2026-13-01'])('says no time with "%s"', (text) => {
    expect([dueOf('duration', text, at, zone), dueOf('date', text, at, zone), dueOf('cycle', text, at, zone)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('reads a date of FEEL', () => {
    expect(instantOf('2026-03-02', zone)).toBe('2026-03-01T16:00:00.000Z');
  });
});
