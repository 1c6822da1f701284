import { expect, test } from 'vitest';
import { comparePostgres } from './compare-postgres.ts';

test('schedules end in the same states on PostgreSQL as in memory', { timeout: 600_000 }, async () => {
  const figures = await comparePostgres({ schedules: 15, seed: 1 });
  expect(figures.violations).toBe(0);
  expect(figures.differences).toEqual([]);
  expect(figures.commits).toBeGreaterThan(50);
});
