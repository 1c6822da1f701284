import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDatabaseClock } from '../../db/database-clock.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let running: TestDatabase;
beforeAll(async () => {
  running = await startTestDatabase();
});
afterAll(() => running.close());

async function databaseTime(): Promise<number> {
  const [row] = await running.database.raw`select extract(epoch from clock_timestamp()) * 1000 as at`;
  return Number(row?.at);
}

test("a node's clock shows the database's time, whatever the machine's says", async () => {
  const wrong = Date.now() - 3_600_000;
  const machine = vi.spyOn(Date, 'now').mockImplementation(() => wrong);
  const clock = await createDatabaseClock(running.database);
  const [before, shown, after] = [await databaseTime(), Date.parse(clock.now()), await databaseTime()];
  machine.mockRestore();
  clock.stop();
  expect(shown).toBeGreaterThan(before - 1_000);
  expect(shown).toBeLessThan(after + 1_000);
});
