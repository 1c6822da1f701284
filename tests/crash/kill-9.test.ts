import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyRing } from '../../db/key-ring.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { trailOf, verifyCase } from '../../engine/index.ts';
import { clerk, must, openEngine, tenantId } from '../engine/engine-under-test.ts';
import { crashBody, sampleFlow } from '../engine/sample-flow.ts';
import { startTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

const cases = 6;

let running: TestDatabase;
let owner: postgres.Sql;
beforeAll(async () => {
  running = await startTestDatabase();
  owner = postgres(running.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(
    'create table outside_acts (key text, case_id uuid); grant insert on outside_acts to meridian_app',
  );
  const opened = await openEngine(sampleFlow('crash', crashBody), { stores: createPostgresStores(running.database) });
  must(await opened.engine.publish({ tenantId, by: clerk, pkg: sampleFlow('crash', crashBody) }));
});
afterAll(async () => {
  await owner?.end();
  await running?.close();
});

/** Lets a worker run until `commits` more commits are stored, then kills it. True when it finished by itself before. */
async function runWorker(commits: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), running.appUrl, String(cases)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  let over = false;
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  void exit.then(() => {
    over = true;
  });
  const before = await countEntries();
  while (!over && (await countEntries()) < before + commits) await sleep(3);
  child.kill('SIGKILL');
  const code = await exit;
  if (code !== 0 && code !== null)
    throw new Error(`Expected the worker to go on, but it ended with ${code}: ${errors}`);
  return code === 0;
}

async function countEntries(): Promise<number> {
  const [row] = await owner`select count(*)::int as entries from history`;
  return Number(row?.entries);
}

test('cases worked on by a process killed again and again finish, each exactly once', {
  timeout: 240_000,
}, async () => {
  const stores = createPostgresStores(running.database);
  let kills = 0;
  // Each run gets a few commits further, so it ends; where it dies depends on the machine's mood, which is the point.
  for (let finished = false; !finished; kills += finished ? 0 : 1) {
    finished = await runWorker(1 + (kills % 4));
    // As the next node does at its start: nobody waits for the leases of the killed to run out.
    await stores.jobs.returnLeases();
  }
  expect(kills).toBeGreaterThanOrEqual(6);

  const keyRing = createKeyRing(new Uint8Array(32).fill(7));
  const rows = await owner`select case_id from cases where tenant_id = ${tenantId}`;
  expect(rows).toHaveLength(cases);
  for (const { case_id: caseId } of rows) {
    const { case: stored } = await stores.cases.load({ tenantId, caseId });
    if (!stored) throw new Error('Expected the case');
    const entries = await stores.cases.entries({ tenantId, caseId });
    expect(trailOf(entries.flatMap(({ header }) => header.events)).completed).toEqual({
      ...{ S1: 1, A1_Charge: 1, B1_Refund: 1, E1_Paid: 1, A2_Hand: 1, E2: 1 },
    });
    expect(entries.map((entry) => entry.header.command.type)).toEqual([
      ...['StartCase', 'CompleteTask', 'CompleteJob', 'DeliverMessage', 'CompleteTask'],
    ]);
    const key = await keyRing.open(tenantId, caseId, stored.wrappedKey);
    expect(verifyCase({ entries, storedState: stored.state, head: stored.lastHash, key }).ok).toBe(true);
  }
  // At least once, always with the same key: what was sent twice is recognised by it.
  const acts = await owner`select key, count(*)::int as times from outside_acts group by key`;
  expect(acts).toHaveLength(cases);
  expect(await owner`select 1 from jobs`).toHaveLength(0);
  expect(await owner`select 1 from tasks where status = 'open'`).toHaveLength(0);
});
