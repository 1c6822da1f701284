import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createPostgresStores } from '../../db/stores.ts';
import { newCase, sampleCommit } from '../contracts/sample-commit.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let running: TestDatabase;
beforeAll(async () => {
  running = await startTestDatabase(new Date('2026-03-02T00:00:00Z'));
});
afterAll(() => running?.close());

const names = (rows: readonly unknown[]) => rows.map((row) => z.object({ name: z.string() }).parse(row).name);

test('every table with a hospital in it has row-level security', async () => {
  const open = await running.database.raw`
    select distinct c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relrowsecurity`;
  expect(names(open)).toEqual([]);
});

test('the hospital is the first column of every primary key', async () => {
  const others = await running.database.raw`
    select c.relname as name from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and a.attname <> 'tenant_id'`;
  expect(names(others)).toEqual([]);
});

test('a query that forgets the hospital sees nothing', async () => {
  const id = newCase();
  await createPostgresStores(running.database).cases.commit(sampleCommit(id, 0));
  for (const table of ['cases', 'history', 'tasks', 'jobs', 'answers'])
    expect(await running.database.raw`select 1 from ${running.database.raw(table)}`).toHaveLength(0);
  const other = newCase();
  const seen = await running.database.inTenant(other.tenantId, (tx) => tx.query.cases.findMany());
  expect(seen).toEqual([]);
  expect(await running.database.inTenant(id.tenantId, (tx) => tx.query.cases.findMany())).toHaveLength(1);
});

test('a hospital cannot write rows of another', async () => {
  const mine = newCase();
  const write = running.database.raw.begin((tx) => [
    tx`select set_config('app.tenant', ${mine.tenantId}, true)`,
    tx`insert into case_keys values (${newCase().tenantId}::uuid, ${mine.caseId}::uuid, 'x')`,
  ]);
  await expect(write).rejects.toThrow(/row-level security/);
});

test('the application owns nothing and may not change what happened', async () => {
  const { raw } = running.database;
  const [role] =
    await raw`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  expect(
    await raw`select 1 from pg_class where relowner = (select oid from pg_roles where rolname = current_user)`,
  ).toHaveLength(0);
  for (const statement of [
    'update history set hash = hash',
    'delete from history',
    'truncate history',
    'delete from answers',
    'update definitions set content = content',
    'drop table cases',
    'alter table cases disable row level security',
  ])
    await expect(raw.unsafe(statement), statement).rejects.toThrow(/permission denied|must be owner/);
});
