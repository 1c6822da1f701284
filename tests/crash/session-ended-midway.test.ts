import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/connect.ts';
import { sampleAt } from '../contracts/sample-commit.ts';
import { startTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

let running: TestDatabase;
let database: Database;
beforeAll(async () => {
  running = await startTestDatabase(new Date(sampleAt));
  database = openDatabase({ url: running.appUrl, maxConnections: 1 });
});
afterAll(async () => {
  await database.close();
  await running.close();
});

/** Ends its own session when thousands of its rows are on their way. */
const endedMidway = () =>
  database.send(
    (raw) => raw`
      select n, case when n = 3000 then pg_terminate_backend(pg_backend_pid()) end as ended from generate_series(1, 5000) as n`,
  );

test('a session that ends in the middle of an answer leaves nothing of it to the next', async () => {
  for (let time = 1; time <= 3; time += 1) {
    await expect(endedMidway()).rejects.toMatchObject({ meaning: 'unknown-outcome' });
    expect(await database.send((raw) => raw`select ${time}::int as time`)).toEqual([{ time }]);
  }
});
