import { expect, test } from 'vitest';
import { clampInstant, createAheadClock, createVirtualClock } from './clock.ts';
import { createSeededRandomness, uuidV7 } from './randomness.ts';

test('a virtual clock stands still and never goes back', () => {
  const clock = createVirtualClock('2026-03-02T00:00:00.000Z');
  clock.moveTo('2026-03-01T00:00:00.000Z');
  expect(clock.now()).toBe('2026-03-02T00:00:00.000Z');
  clock.moveBy(72 * 3_600_000);
  expect(clock.now()).toBe('2026-03-05T00:00:00.000Z');
});

test('a clock moved ahead keeps running with its base', () => {
  const base = createVirtualClock('2026-03-02T00:00:00.000Z');
  const clock = createAheadClock(base);
  clock.moveTo('2026-03-02T10:00:00.000Z');
  base.moveBy(1_000);
  expect(clock.now()).toBe('2026-03-02T10:00:01.000Z');
});

test('what a case records never goes back in time', () => {
  expect(clampInstant('2026-03-02T00:00:00.000Z', '2026-03-02T00:00:05.000Z')).toBe('2026-03-02T00:00:05.000Z');
  expect(clampInstant('2026-03-02T00:00:09.000Z', '2026-03-02T00:00:05.000Z')).toBe('2026-03-02T00:00:09.000Z');
});

test('an id carries its instant, version 7 and the RFC variant', () => {
  const id = uuidV7('2026-03-02T00:00:00.000Z', createSeededRandomness('a'));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(Date.parse('2026-03-02T00:00:00.000Z'));
});

test('ids made later sort later', () => {
  const randomness = createSeededRandomness('b');
  const ids = ['2026-03-02T00:00:00.000Z', '2026-03-02T00:00:00.001Z', '2031-01-01T00:00:00.000Z'].map((at) =>
    uuidV7(at, randomness),
  );
  expect([...ids].sort()).toEqual(ids);
});
