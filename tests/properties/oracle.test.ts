import { expect, test } from 'vitest';
import { simulateConformance } from '../simulation/simulate-conformance.ts';

test('engine and oracle play 2,000 random processes alike, in whatever order the file lists them', async () => {
  const { disagreements, kinds } = await simulateConformance({
    count: 2000,
    seed: Number(process.env.SEED ?? 1),
    shuffleEvery: 4,
  });
  expect(disagreements).toEqual([]);
  expect(Object.keys(kinds).length).toBeGreaterThan(110);
  const seldom = Object.entries(kinds).filter(([, { run }]) => run < 3);
  expect(seldom).toEqual([]);
}, 600_000);
