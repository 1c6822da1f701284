import postgres from 'postgres';
import { z } from 'zod';
import type { Manifest } from './manifest.ts';
import { finishFolder, makeFolder, writeMasterKey, writeRows } from './sealed-folder.ts';
import { appliedMigrations, type BackupTable, backupTables, instantText, textRows } from './tables.ts';

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
  const made = await makeFolder(parts.folder, parts.passphrase);
  const client = postgres(parts.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const content = await client.begin('isolation level repeatable read read only', async (sql) => {
      // An owner who is held to one hospital's rows gets an error instead of a part of them.
      await sql`set local row_security = off`;
      const tables: Manifest['tables'] = [];
      for (const table of await backupTables(sql)) {
        const rows = await writeRows(made, table.name, rowsOf(sql, table));
        parts.onTable?.(table.name, rows);
        tables.push({ name: table.name, columns: [...table.columns], rows });
      }
      return { ...(await momentOf(sql)), tables };
    });
    await writeMasterKey(made, parts.masterKey);
    return (await finishFolder(made, content)).manifest;
  } finally {
    await client.end({ timeout: 5 });
  }
}

const batchSize = 500;

/**
 * A table's rows as PostgreSQL writes them. Not by `copy … to stdout`: the driver stops reading when the last row comes while the
 * reader is behind, and the connection hangs.
 */
async function* rowsOf(sql: postgres.ISql, { name, columns }: BackupTable) {
  for await (const batch of sql`select ${sql(columns)} from ${sql(name)}`.raw().cursor(batchSize))
    yield textRows(batch);
}

const moment = z.object({ madeAt: z.string(), historyFrom: z.string(), historyTo: z.string() });

async function momentOf(sql: postgres.ISql): Promise<z.infer<typeof moment> & { migrations: string[] }> {
  const [row] = await sql`
    select ${instantText(sql, sql`now()`)} as "madeAt",
           ${instantText(sql, sql`coalesce(min(started_at), now())`)} as "historyFrom",
           ${instantText(sql, sql`coalesce(max(started_at), now())`)} as "historyTo"
      from cases`;
  return { ...moment.parse(row), migrations: [...(await appliedMigrations(sql))] };
}
