import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { StoreFailure, type Stores } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit } from '../contracts/sample-commit.ts';
import { startTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

const TERMINATIONS = 1_000;
const CONNECTIONS = 12;
const WRITERS = 24;

let running: TestDatabase;
beforeAll(async () => {
  running = await startTestDatabase(new Date(sampleAt));
});
afterAll(() => running.close());

/** Ends the application's sessions again and again until so many are gone. */
async function terminate(ownerUrl: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const login = new URL(running.appUrl).username;
  for (let gone = 0; gone < TERMINATIONS; ) {
    const ended = await owner`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${login}`;
    gone += ended.length;
    await sleep(5);
  }
  await owner.end();
}

type Written = {
  readonly id: { tenantId: string; caseId: string };
  acknowledged: number;
  readonly failures: StoreFailure[];
};

/** Writes a case on and on. What failed is looked up, and gone on with from there; reads fail as well, and are made again. */
async function write(stores: Stores, hasEnded: () => boolean): Promise<Written> {
  const written: Written = { id: newCase(), acknowledged: 0, failures: [] };
  for (let version = 0; !hasEnded() || version === 0; ) {
    try {
      const outcome = await stores.cases.commit(sampleCommit(written.id, version));
      if (outcome === 'committed') {
        version += 1;
        written.acknowledged = version;
      } else version = (await stores.cases.load(written.id)).case?.version ?? 0;
      await stores.cases.entries({ ...written.id, fromSeq: version });
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      written.failures.push(error);
    }
  }
  return written;
}

test('a thousand sessions ended under load: no process dies, no call hangs, nothing acknowledged is lost', async () => {
  const database = openDatabase({ url: running.appUrl, maxConnections: CONNECTIONS });
  const stores = createPostgresStores(database);
  let hasEnded = false;
  const writers = Array.from({ length: WRITERS }, () => write(stores, () => hasEnded));
  await terminate(running.ownerUrl);
  hasEnded = true;
  const all = await Promise.all(writers);
  for (const { id, acknowledged } of all) {
    const { case: stored } = await stores.cases.load(id);
    expect(stored?.version).toBeGreaterThanOrEqual(acknowledged);
    const entries = await stores.cases.entries(id);
    expect(entries.map(({ header }) => header.seq)).toEqual(
      Array.from({ length: stored?.version ?? 0 }, (_, n) => n + 1),
    );
  }
  const failures = all.flatMap((one) => one.failures);
  expect(failures.length).toBeGreaterThan(0);
  const kinds = new Set(failures.map(({ meaning, code }) => `${meaning} ${code}`));
  expect([...kinds].filter((kind) => kind.startsWith('refused') || kind.endsWith('DEADLINE'))).toEqual([]);
  await database.close();
});
