import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../postgres/test-database.ts';
import { measureBurst } from './timer-burst.ts';

let running: TestDatabase;
beforeAll(async () => {
  running = await startTestDatabase();
});
afterAll(() => running?.close());

test('every timer of a burst goes off, worked off by several nodes', async () => {
  const burst = await measureBurst(running, new Uint8Array(32).fill(5), { timers: 60, nodes: 2 });
  expect(burst).toMatchObject({ timers: 60, nodes: 2 });
  expect(burst.times).toBeGreaterThan(0);
}, 120_000);
