import { afterAll, beforeAll, expect, test } from 'vitest';
import { byOneNode } from '../../db/by-one-node.ts';
import { type Database, openDatabase } from '../../db/connect.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

const place = 12;
let running: TestDatabase;
let other: Database;
beforeAll(async () => {
  running = await startTestDatabase();
  other = openDatabase({ url: running.appUrl, maxConnections: 2 });
});
afterAll(async () => {
  await other?.close();
  await running?.close();
});

test('work is done by one node at a time, and by the next when it is over or failed', async () => {
  const seen = await byOneNode(running.database, place, async () => [
    await byOneNode(other, place, async () => 'meanwhile'),
    await byOneNode(other, place + 1, async () => 'something else'),
  ]);
  expect(seen).toEqual([undefined, 'something else']);
  const failing = byOneNode(running.database, place, () => Promise.reject(new Error('broke off')));
  await expect(failing).rejects.toThrow('broke off');
  expect(await byOneNode(other, place, async () => 'afterwards')).toBe('afterwards');
});
