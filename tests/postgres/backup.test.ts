import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBackup, restoreBackup } from '../../db/backup/restore-backup.ts';
import { masterKeyOf, sealedFile } from '../../db/backup/sealed-folder.ts';
import { UnreadableBackup } from '../../db/backup/sealed-stream.ts';
import { backupTables } from '../../db/backup/tables.ts';
import { verifyAllCases } from '../../db/backup/verify-all-cases.ts';
import { writeBackup } from '../../db/backup/write-backup.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { openEngine } from '../engine/engine-under-test.ts';
import { sampleFlow } from '../engine/sample-flow.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

const passphrase = 'a long winter in the north';
const masterKey = new Uint8Array(32).fill(7);
const months = new Date('2026-03-02T00:00:00Z');

const folder = mkdtempSync(join(tmpdir(), 'meridian-backup-'));
const kept = join(folder, 'kept');
let from: TestDatabase;
let to: TestDatabase;
let opened: Awaited<ReturnType<typeof openEngine>>;

beforeAll(async () => {
  [from, to] = await Promise.all([startTestDatabase(months), startTestDatabase()]);
  opened = await openEngine(sampleFlow(), { stores: createPostgresStores(from.database) });
  for (const n of [1, 2, 3])
    await opened.startCase({ orderNo: `ORD-${n}`, patient: { patientId: `P00000${n}`, name: '王小\t\\N\n一' } });
  await writeBackup({ ownerUrl: from.ownerUrl, masterKey, folder: kept, passphrase });
});
afterAll(async () => {
  await Promise.all([from?.close(), to?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** A digest of every table's rows. */
async function contentOf({ ownerUrl }: TestDatabase): Promise<Readonly<Record<string, string>>> {
  const sql = postgres(ownerUrl, { max: 1 });
  const digests: Record<string, string> = {};
  for (const { name } of await backupTables(sql)) {
    const rows = await text(await sql`copy (select * from ${sql(name)} t order by t::text) to stdout`.readable());
    digests[name] = rows === '' ? '' : createHash('sha256').update(rows).digest('hex');
  }
  await sql.end();
  return digests;
}

/** A copy of the backup in which one file was changed. */
async function damaged(name: string, change: (path: string) => Promise<void>) {
  const copy = join(folder, `damaged-${name}`);
  await cp(kept, copy, { recursive: true });
  await change(sealedFile(copy, 'cases'));
  return openBackup(copy, passphrase);
}

async function flipAByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
  await writeFile(path, bytes);
}

describe('a backup', () => {
  test('shows nothing to somebody without its passphrase', async () => {
    await expect(openBackup(kept, 'a long summer in the south')).rejects.toThrow(UnreadableBackup);
    for (const file of ['manifest.json', 'cases.sealed', 'tasks.sealed', 'master.key.sealed'])
      expect((await readFile(join(kept, file))).includes('P000001'), file).toBe(false);
    expect(Buffer.from(await masterKeyOf(await openBackup(kept, passphrase)))).toEqual(Buffer.from(masterKey));
  });

  test('is never written over another', async () => {
    await expect(writeBackup({ ownerUrl: from.ownerUrl, masterKey, folder: kept, passphrase })).rejects.toThrow(
      /EEXIST/,
    );
  });

  test.each([
    ['changed', flipAByte],
    ['cut', async (path: string) => truncate(path, (await readFile(path)).length - 3)],
    ['emptied', (path: string) => truncate(path, 0)],
  ])('of which a file was %s is refused, and nothing of it stays', async (name, change) => {
    const empty = await contentOf(to);
    const backup = await damaged(name, change);
    await expect(restoreBackup(to.ownerUrl, backup)).rejects.toThrow(UnreadableBackup);
    expect(await contentOf(to)).toEqual(empty);
  });

  test('whose manifest was changed is refused', async () => {
    const copy = await damaged('manifest', async (path) => {
      const manifest = join(path, '..', 'manifest.json');
      await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"rows": 3', '"rows": 2'));
    }).catch((error: unknown) => error);
    expect(copy).toBeInstanceOf(UnreadableBackup);
  });
});

describe('a row the database refuses', () => {
  test.each([
    ['cases', "check (business_key <> 'ORD-2')"],
    ['history', "check (header not like '%sample%')"],
  ])('of table %s ends the restore with its name and nothing of its values, and nothing stays', async (table, rule) => {
    const empty = await contentOf(to);
    const backup = await openBackup(kept, passphrase);
    const sql = postgres(to.ownerUrl, { max: 1 });
    await sql.unsafe(`alter table ${table} add constraint refuses ${rule}`);
    const refusal: unknown = await restoreBackup(to.ownerUrl, backup).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnreadableBackup);
    expect(String(refusal)).toMatch(new RegExp(`table ${table} .* \\(23514, refuses\\)`));
    expect(String(refusal)).not.toMatch(/王小|P00000/);
    await sql.unsafe(`alter table ${table} drop constraint refuses`);
    await sql.end();
    expect(await contentOf(to)).toEqual(empty);
  });
});

describe('a restored backup', () => {
  test('holds every row as it was, proves every case, and refuses a second restore', async () => {
    const backup = await openBackup(kept, passphrase);
    await restoreBackup(to.ownerUrl, backup);
    expect(await contentOf(to)).toEqual(await contentOf(from));
    const { keyRing } = opened.parts;
    const parts = { ownerUrl: to.ownerUrl, database: to.database, keyRing };
    expect(await verifyAllCases(parts)).toEqual({ cases: 3, broken: [], brokenCount: 0 });
    await expect(restoreBackup(to.ownerUrl, backup)).rejects.toThrow(/Expected an empty database/);
  });

  test('goes on where it was: new rows get new numbers, and a case that was tampered with does not prove', async () => {
    const { startCase, parts, clock } = await openEngine(sampleFlow(), { stores: createPostgresStores(to.database) });
    clock.moveBy(86_400_000);
    await startCase({ orderNo: 'ORD-9', patient: { patientId: 'P000009', name: '王小九' } });
    const sql = postgres(to.ownerUrl, { max: 1 });
    await sql`update cases set state = replace(state, 'ORD-1', 'ORD-7') where business_key = 'ORD-1'`;
    await sql.end();
    const { keyRing } = parts;
    const verdict = await verifyAllCases({ ownerUrl: to.ownerUrl, database: to.database, keyRing });
    expect(verdict).toMatchObject({ brokenCount: 1 });
  });
});
