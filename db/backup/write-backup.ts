import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import postgres from 'postgres';
import { z } from 'zod';
import { copyLine } from './copy-text.ts';
import { type BackupKeys, deriveKeys, type Manifest, newSalt, sealManifest } from './manifest.ts';
import { sealing } from './sealed-stream.ts';
import { appliedMigrations, type BackupTable, backupTables } from './tables.ts';

/** File of the sealed master key; the others are named after their tables. */
export const keyFile = 'master.key';

/** Where a file of a backup stands. */
export function sealedFile(folder: string, name: string): string {
  return join(folder, `${name}.sealed`);
}

/**
 * Writes everything a hospital's database holds, and the master key its cases are read with, into a new folder: one file a table, all of
 * one moment, compressed, encrypted by a key derived from the passphrase. The product may run meanwhile.
 *
 * @param ownerUrl a login that sees every hospital's rows
 * @throws when the folder is there already, or cannot be written; a backup that was broken off has no `manifest.json`
 */
export async function writeBackup(parts: {
  readonly ownerUrl: string;
  readonly masterKey: Uint8Array;
  readonly folder: string;
  readonly passphrase: string;
  readonly onTable?: (name: string, rows: number) => void;
}): Promise<Manifest> {
  const { ownerUrl, folder, passphrase, masterKey } = parts;
  await mkdir(folder, { mode: 0o700 });
  const salt = newSalt();
  const keys = deriveKeys(passphrase, salt);
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const manifest = await client.begin('isolation level repeatable read read only', async (sql) => {
      // An owner who is held to one hospital's rows gets an error instead of a part of them.
      await sql`set local row_security = off`;
      const tables: Manifest['tables'] = [];
      for (const table of await backupTables(sql)) {
        const rows = await writeTable(sql, table, folder, keys);
        parts.onTable?.(table.name, rows);
        tables.push({ name: table.name, columns: [...table.columns], rows });
      }
      return { ...(await momentOf(sql)), format: 1 as const, salt, tables };
    });
    await pipeline(
      Readable.from([Buffer.from(masterKey)]),
      sealing(keys.file(keyFile)),
      createWriteStream(sealedFile(folder, keyFile), { flags: 'wx', flush: true }),
    );
    // Last, and at once: a folder with a manifest is a whole backup.
    const draft = join(folder, 'manifest.draft');
    await writeFile(draft, sealManifest(manifest, keys), { flush: true });
    await rename(draft, join(folder, 'manifest.json'));
    return manifest;
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function writeTable(sql: postgres.ISql, table: BackupTable, folder: string, keys: BackupKeys): Promise<number> {
  let rows = 0;
  async function* lines() {
    for await (const batch of rowsOf(sql, table)) {
      rows += batch.length;
      yield Buffer.from(batch.map((row) => copyLine(row.map((cell) => cell?.toString('utf8') ?? null))).join(''));
    }
  }
  await pipeline(
    Readable.from(lines()),
    createGzip({ level: 3 }),
    sealing(keys.file(table.name)),
    createWriteStream(sealedFile(folder, table.name), { flags: 'wx', flush: true }),
  );
  return rows;
}

const batchSize = 500;

/**
 * A table's rows as PostgreSQL writes them. Not by `copy … to stdout`: the driver stops reading when the last row comes while the
 * reader is behind, and the connection hangs.
 */
function rowsOf(sql: postgres.ISql, { name, columns }: BackupTable): AsyncIterable<(Buffer | null)[][]> {
  return sql`select ${sql(columns)} from ${sql(name)}`.raw().cursor(batchSize);
}

const moment = z.object({ madeAt: z.string(), historyFrom: z.string(), historyTo: z.string() });

async function momentOf(sql: postgres.ISql): Promise<z.infer<typeof moment> & { migrations: string[] }> {
  const [row] = await sql`
    select ${iso(sql, sql`now()`)} as "madeAt",
           ${iso(sql, sql`coalesce(min(started_at), now())`)} as "historyFrom",
           ${iso(sql, sql`coalesce(max(started_at), now())`)} as "historyTo"
      from cases`;
  return { ...moment.parse(row), migrations: [...(await appliedMigrations(sql))] };
}

function iso(sql: postgres.ISql, instant: postgres.PendingQuery<postgres.Row[]>) {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
