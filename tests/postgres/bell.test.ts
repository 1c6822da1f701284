import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bell, createBell } from '../../db/bell.ts';
import { type Database, openDatabase } from '../../db/connect.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let running: TestDatabase;
const databases: Database[] = [];
const bells: Bell[] = [];
beforeAll(async () => {
  running = await startTestDatabase();
});
afterAll(async () => {
  for (const bell of bells) bell.close();
  await Promise.all(databases.map((database) => database.close()));
  await running?.close();
});

/** A node of the installation, and how often its bell rang. */
function node(checkMs?: number) {
  const database = openDatabase({ url: running.appUrl, maxConnections: 2 });
  const heard = { times: 0 };
  const onRing = () => {
    heard.times += 1;
  };
  const bell = createBell(database, { onRing, quietMs: 20, checkMs });
  databases.push(database);
  bells.push(bell);
  return { bell, heard };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds() && waited < 20_000; waited += 20) await pause(20);
  expect(holds()).toBe(true);
}

describe('the bell between nodes', () => {
  test('tells the others and not oneself, once for many changes of a moment', async () => {
    const [one, other] = [node(), node()];
    // Each counts the ring with which it began to listen.
    await until(() => one.heard.times === 1 && other.heard.times === 1);
    for (let n = 0; n < 100; n += 1) one.bell.ring();
    await until(() => other.heard.times === 2);
    await pause(100);
    expect([one.heard.times, other.heard.times]).toEqual([1, 2]);
  });

  test('is heard again after every line was cut', async () => {
    const [one, other] = [node(100), node(100)];
    await until(() => other.heard.times === 1);
    const owner = postgres(running.ownerUrl, { max: 1, onnotice: () => {} });
    await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'meridian'`;
    await owner.end();
    const before = other.heard.times;
    await until(() => {
      one.bell.ring();
      return other.heard.times > before + 2;
    });
  });
});
