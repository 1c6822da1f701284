import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReadModels } from '../../db/create-read-models.ts';
import { keepHouse } from '../../db/keep-house.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { clerk, must, openEngine, tenantId } from '../engine/engine-under-test.ts';
import { sampleFlow } from '../engine/sample-flow.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let running: TestDatabase;
let owner: postgres.Sql;
let opened: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  running = await startTestDatabase();
  owner = postgres(running.ownerUrl, { max: 1, onnotice: () => {} });
  // The engine's clock stands in a month long past, for which there is no partition.
  opened = await openEngine(sampleFlow(), { stores: createPostgresStores(running.database) });
});
afterAll(async () => {
  await owner?.end();
  await running?.close();
});

const names = async () => {
  const rows =
    await owner`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'history'::regclass`;
  return rows.map(({ name }) => String(name));
};
const countOf = async (table: string) => Number((await owner`select count(*) from ${owner(table)}`)[0]?.count);

test('a case of a month without a partition is stored, and its history moves when the month is made', async () => {
  const { caseId } = await opened.startCase({ orderNo: 'ORD-1', patient: { patientId: 'P000001', name: '王小一' } });
  must(await opened.engine.claim({ tenantId, by: clerk, key: 'claim', caseId, taskId: await firstTask(caseId) }));
  expect(await countOf('history_of_other_months')).toBe(2);
  const at = opened.clock.now();
  await owner`select ensure_history_partitions(${at}, ${at})`;
  expect(await countOf('history_of_other_months')).toBe(0);
  expect(await names()).toContain(`history_${at.slice(0, 7).replace('-', '')}`);
  const { keyRing, clock, directory } = opened.parts;
  const reads = createReadModels({ database: running.database, keyRing, clock, directory });
  expect(await reads.listHistory({ tenantId, caseId })).toMatchObject({
    chain: { status: 'intact', entries: 2 },
    replaysToStoredState: true,
  });
  must(await opened.engine.release({ tenantId, by: clerk, key: 'release', caseId, taskId: await firstTask(caseId) }));
});

async function firstTask(caseId: string): Promise<string> {
  return (await opened.see(caseId)).view.tasks[0]?.taskId ?? '';
}

test('a node makes the coming months by itself, also when none were made for long', async () => {
  const ahead = (await names())
    .filter((name) => /^history_\d/.test(name))
    .sort()
    .at(-1);
  await owner.unsafe(`drop table ${ahead}`);
  expect(await keepHouse(running.database)).toMatchObject({ partitions: 1 });
  expect(await names()).toContain(ahead);
  expect(await keepHouse(running.database)).toMatchObject({ partitions: 0 });
});

test('old answers and messages go, young ones and those still to be delivered stay', async () => {
  const answer = (key: string, days: number) => owner`
    insert into answers values (${tenantId}, 'somebody', ${key}, '', '', now() - make_interval(days => ${days}))`;
  const message = (id: string, days: number) => owner`
    insert into messages (tenant_id, message_id, message_name, correlation_key, payload, source, status, published_at, expires_at)
    values (${tenantId}, ${id}, 'm', 'k', '{}', 'test', 'delivered', now() - make_interval(days => ${days}), now() - make_interval(days => ${days}))`;
  await Promise.all([answer('old', 31), answer('young', 29)]);
  for (const [id, days] of [
    ['old', 40],
    ['under-way', 40],
    ['young', 3],
  ] as const)
    await message(id, days);
  await owner`insert into message_receipts values (${tenantId}, 'old', 'r'), (${tenantId}, 'young', 'r')`;
  await owner`
    insert into jobs (tenant_id, job_key, kind, work, due_at, run_at)
    values (${tenantId}, 'message:under-way:r', 'message', '{}', now(), now())`;
  const kept = await keepHouse(running.database);
  expect(kept?.removed).toMatchObject({ messages: 1, sessions: 0 });
  const keys = await owner`select request_key from answers where actor_id = 'somebody'`;
  expect(keys.map((row) => row.request_key)).toEqual(['young']);
  const left = await owner`select message_id from messages where source = 'test' order by 1`;
  expect(left.map((row) => row.message_id)).toEqual(['under-way', 'young']);
  expect(await countOf('message_receipts')).toBe(1);
});

test('the application itself cannot remove what is young, nor rows of any other kind', async () => {
  const { raw } = running.database;
  await owner`insert into answers values (${tenantId}, 'somebody', 'just-now', '', '', now() - interval '2 hours')`;
  await raw`select remove_short_lived('answers', interval '0', 1000)`;
  expect(await owner`select 1 from answers where request_key = 'just-now'`).toHaveLength(1);
  await expect(raw`select remove_short_lived('history', interval '1 year', 1000)`).rejects.toThrow(/none/);
  await expect(raw`delete from answers`).rejects.toThrow(/permission denied/);
});
