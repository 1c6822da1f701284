import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { instantOfWallClock, isInstant, wallClock } from './local-time.ts';

const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
const times = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) });

test('what clocks show is what luxon says, or is left to it', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(...zones), (time, zone) => {
      const at = new Date(time).toISOString();
      const shown = wallClock(at, zone);
      const expected = DateTime.fromISO(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
      expect([undefined, expected]).toContain(shown);
      const back = instantOfWallClock(expected, zone);
      const utc = DateTime.fromISO(expected, { zone }).toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
      expect([undefined, utc]).toContain(back);
    }),
    { numRuns: 2_000 },
  );
});

test('the hospital goes the short way', () => {
  expect(wallClock('2026-03-02T00:30:00.000Z', 'Asia/Shanghai')).toBe('2026-03-02T08:30:00.000');
  expect(instantOfWallClock('2026-03-02T08:30:00.5', 'Asia/Shanghai')).toBe('2026-03-02T00:30:00.500Z');
});

test.each([
  ['2026-03-29T02:30:00', 'Europe/Berlin'],
  ['2026-02-30T00:00:00', 'Asia/Shanghai'],
  ['2026-03-02', 'Asia/Shanghai'],
  ['2026-03-02T08:30:00', 'Nowhere/Land'],
  ['1950-03-02T08:30:00', 'Asia/Shanghai'],
])('%s in %s is left to luxon', (text, zone) => {
  expect(instantOfWallClock(text, zone)).toBeUndefined();
});

test('an instant is written in one way', () => {
  expect(isInstant('2026-03-02T00:30:00.000Z')).toBe(true);
  for (const text of ['2026-03-02T00:30:00Z', '2026-02-30T00:30:00.000Z', '2026-03-02T08:30:00.000+08', '24'])
    expect(isInstant(text)).toBe(false);
});
