import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/connect.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../db/embedded-server.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { StoreFailure, type Stores } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit } from '../contracts/sample-commit.ts';
import { openTcpProxy, type TcpProxy } from '../postgres/tcp-proxy.ts';

let dataDir: string;
let server: EmbeddedServer;
let proxy: TcpProxy;
let database: Database;
let stores: Stores;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'meridian-away-'));
  chmodSync(dataDir, 0o755);
  server = await startEmbeddedServer({ dataDir, durable: false });
  await migrateDatabase(server.ownerUrl, new Date(sampleAt));
  proxy = await openTcpProxy(server.port);
  database = openDatabase({
    url: proxy.url(server.appUrl),
    maxConnections: 3,
    deadline: 1_000,
    readingDeadline: 1_000,
    mostReaders: 8,
  });
  stores = createPostgresStores(database);
});
afterEach(async () => {
  await database.close();
  await proxy.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The next commit of a case, made again until it is stored; what it failed of on the way. */
async function commitAtLast(id: ReturnType<typeof newCase>): Promise<readonly StoreFailure[]> {
  const failures: StoreFailure[] = [];
  for (;;) {
    try {
      const version = (await stores.cases.load(id)).case?.version ?? 0;
      if ((await stores.cases.commit(sampleCommit(id, version))) === 'committed') return failures;
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      failures.push(error);
      await sleep(50);
    }
  }
}

function meaningsOf(failures: readonly StoreFailure[]): ReadonlySet<string> {
  return new Set(failures.map(({ meaning }) => meaning));
}

test('a server that was stopped and started is found again by the same pool', async () => {
  const id = newCase();
  await commitAtLast(id);
  await server.stop();
  const waiting = Array.from({ length: 8 }, () => commitAtLast(newCase()));
  await sleep(300);
  server = await startEmbeddedServer({ dataDir, durable: false });
  proxy.leadTo(server.port);
  for (const failures of await Promise.all(waiting)) expect(meaningsOf(failures)).not.toContain('refused');
  await commitAtLast(id);
  expect((await stores.cases.load(id)).case?.version).toBe(2);
});

test('a network that swallows everything keeps nobody waiting, and nothing once it carries again', async () => {
  const id = newCase();
  await commitAtLast(id);
  proxy.swallow(true);
  const calls = Array.from({ length: 6 }, (_, n) =>
    stores.cases.load({ ...id, caseId: n === 0 ? id.caseId : newCase().caseId }),
  );
  for (const settled of await Promise.allSettled(calls))
    expect(settled).toMatchObject({ status: 'rejected', reason: { meaning: 'unknown-outcome' } });
  proxy.swallow(false);
  await commitAtLast(id);
});

test('pages are not waited for without an end either, and whoever comes on top is sent away at once', async () => {
  const read = () => database.inTenant(newCase().tenantId, async () => 'read');
  await read();
  proxy.swallow(true);
  const settled = await Promise.allSettled(Array.from({ length: 10 }, read));
  // Whose time runs out second may be told that the pool was given up, not that there was no answer: it means the same.
  expect(settled.map((one) => one.status === 'rejected' && one.reason)).toMatchObject([
    ...Array.from({ length: 8 }, () => ({ meaning: 'unknown-outcome' })),
    ...['CROWDED', 'CROWDED'].map((code) => ({ meaning: 'retry', code })),
  ]);
  proxy.swallow(false);
  expect(await Promise.all(Array.from({ length: 8 }, read))).toEqual(Array.from({ length: 8 }, () => 'read'));
});

test('a server that only reads is left for the one that writes', async () => {
  const id = newCase();
  await commitAtLast(id);
  const owner = postgres(server.ownerUrl, { max: 1, onnotice: () => {} });
  const login = new URL(server.appUrl).username;
  await owner.unsafe(`alter role ${login} set default_transaction_read_only = on`);
  await owner`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${login}`;
  const failures: unknown[] = [];
  // The sessions of before are gone; what comes instead may only read.
  for (let turn = 0; turn < 5; turn += 1)
    failures.push(await stores.cases.commit(sampleCommit(newCase(), 0)).catch((error: unknown) => error));
  expect(failures.at(-1)).toMatchObject({ meaning: 'retry', code: '25006' });
  await owner.unsafe(`alter role ${login} reset default_transaction_read_only`);
  await commitAtLast(id);
  await owner.end();
});
