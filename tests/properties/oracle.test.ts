import { expect, test } from 'vitest';
import { simulateConformance } from '../simulation/simulate-conformance.ts';

test('engine and oracle play 2,000 random processes alike, in whatever order the file lists them', async () => {
  const { disagreements, blocks } = await simulateConformance({
    count: 2000,
    seed: Number(process.env.SEED ?? 1),
    shuffleEvery: 4,
  });
  expect(disagreements).toEqual([]);
  expect(Object.keys(blocks).length).toBeGreaterThan(40);
}, 600_000);
