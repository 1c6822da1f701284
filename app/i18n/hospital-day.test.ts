import { expect, it } from 'vitest';
import { startOfDay } from './hospital-day.ts';

it('a day begins when the hospital says so', () => {
  expect(startOfDay('2026-03-02')).toBe('2026-03-01T16:00:00.000Z');
  expect(startOfDay('2028-02-29')).toBe('2028-02-28T16:00:00.000Z');
});

it.each(['', '2026-3-2', '2026-13-01', '2026-02-31', '2026-00-10', 'yesterday', '2026-03-02T08:00'])(
  '%s is no day',
  (text) => {
    expect(startOfDay(text)).toBeUndefined();
  },
);
