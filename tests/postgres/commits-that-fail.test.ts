import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresStores } from '../../db/stores.ts';
import { type Commit, StoreFailure } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit } from '../contracts/sample-commit.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let running: TestDatabase;
beforeAll(async () => {
  running = await startTestDatabase(new Date(sampleAt));
});
afterAll(() => running.close());

function broken(commit: Commit): Commit {
  // A text PostgreSQL does not take; the engine lets none through.
  return { ...commit, case: { ...commit.case, state: '{"a":"\u0000"}' } };
}

test('one commit that cannot be written takes none of those beside it with it', async () => {
  const { cases } = createPostgresStores(running.database);
  const { tenantId } = newCase();
  const ids = Array.from({ length: 40 }, () => ({ tenantId, caseId: newCase().caseId }));
  const settled = await Promise.allSettled(
    ids.map((id, n) => cases.commit(n === 7 ? broken(sampleCommit(id, 0)) : sampleCommit(id, 0))),
  );
  expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(settled[7]).toMatchObject({ status: 'rejected', reason: { meaning: 'refused' } });
  const stored = await Promise.all(ids.map(async (id) => (await cases.load(id)).case?.version));
  expect(stored).toEqual(ids.map((_, n) => (n === 7 ? undefined : 1)));
});

test('a failure says what it means, and nothing of what was to be written', async () => {
  const { cases } = createPostgresStores(running.database);
  const failure = await cases.commit(broken(sampleCommit(newCase(), 0))).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreFailure);
  expect(failure).toMatchObject({ meaning: 'refused' });
  expect(failure).not.toHaveProperty('cause');
  expect(String(failure)).not.toContain('sample');
});

test('a case whose row somebody holds is waited for by nobody else, and is said to be tried again', async () => {
  const { cases } = createPostgresStores(running.database);
  const { tenantId } = newCase();
  const ids = Array.from({ length: 20 }, () => ({ tenantId, caseId: newCase().caseId }));
  await Promise.all(ids.map((id) => cases.commit(sampleCommit(id, 0))));
  const [held] = ids;
  if (!held) throw new Error('Expected a case');
  let release = () => {};
  const holding = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHeld = () => {};
  const heldNow = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  const holder = running.database.inTenant(tenantId, async (tx) => {
    await tx.execute(`select 1 from cases where case_id = '${held.caseId}' for update`);
    isHeld();
    await holding;
  });
  await heldNow;
  const commits = ids.map((id) => cases.commit(sampleCommit(id, 1)));
  const [first, ...rest] = commits;
  expect(new Set(await Promise.all(rest))).toEqual(new Set(['committed']));
  await expect(first).rejects.toMatchObject({ meaning: 'retry', code: '55P03' });
  release();
  await holder;
  expect(await cases.commit(sampleCommit(held, 1))).toBe('committed');
});
