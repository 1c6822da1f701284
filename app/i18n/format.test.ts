import { describe, expect, it } from 'vitest';
import { formatInstant, formatInstantShort, formatMoney } from './format.ts';

describe('instants', () => {
  it('show the hospital clock, eight hours ahead of UTC', () => {
    expect(formatInstant('2026-03-02T16:30:00.000Z')).toBe('2026-03-03 00:30');
  });

  it('leave out what the reader knows', () => {
    const now = '2026-03-02T10:00:00.000Z';
    expect(formatInstantShort('2026-03-02T01:00:00.000Z', now)).toBe('09:00');
    expect(formatInstantShort('2026-03-01T01:00:00.000Z', now)).toBe('03-01 09:00');
    expect(formatInstantShort('2025-12-31T15:59:00.000Z', now)).toBe('2025-12-31 23:59');
  });
});

describe('money', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [123_456, '¥1,234.56'],
    [-123_456_789, '-¥1,234,567.89'],
  ])('%i fen is %s', (fen, text) => {
    expect(formatMoney(fen)).toBe(text);
  });
});
