import postgres from 'postgres';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { insertRows } from './insert-rows.ts';
import type { Manifest } from './manifest.ts';
import { openFolder, readRows, type SealedFolder } from './sealed-folder.ts';
import { UnreadableBackup } from './sealed-stream.ts';
import { appliedMigrations, type BackupTable, backupTables, tableLike } from './tables.ts';

/** Opens a backup. Thrown (`UnreadableBackup`) when there is none, it was changed, or the passphrase is another. */
export async function openBackup(folder: string, passphrase: string): Promise<SealedFolder> {
  const backup = await openFolder(folder, passphrase);
  if (backup.manifest.archive)
    throw new UnreadableBackup(
      `Expected a backup in ${folder}, but it is an archive. Bring cases back from it with: npm run archive -- --bring-back`,
    );
  return backup;
}

/**
 * Puts a backup's rows into an empty, migrated database: all of them, or none. Answers how many deliveries wait to leave.
 * Thrown (`CannotStart`) when the database has rows, or another version's tables; (`UnreadableBackup`) when a file was changed or cut.
 */
export async function restoreBackup(
  ownerUrl: string,
  backup: SealedFolder,
  onTable?: (name: string, rows: number) => void,
): Promise<{ readonly waiting: number }> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const tables = await requireSameVersion(client, backup.manifest);
    const { historyFrom, historyTo } = backup.manifest;
    await client`select ensure_history_partitions(${historyFrom}::timestamptz - interval '1 month', ${historyTo}::timestamptz + interval '1 month')`;
    return await client.begin(async (sql) => {
      await sql`set local row_security = off`;
      for (const table of tables) await requireEmpty(sql, table);
      for (const { name, columns, rows } of backup.manifest.tables) {
        await readTable(sql, tableLike(tables, name, columns), rows, backup);
        onTable?.(name, rows);
      }
      await countOn(sql);
      return { waiting: await waitingDeliveries(sql) };
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function requireSameVersion(sql: postgres.ISql, manifest: Manifest): Promise<readonly BackupTable[]> {
  const here = await appliedMigrations(sql);
  const tables = await backupTables(sql);
  if (here.join() === manifest.migrations.join() && tables.length === manifest.tables.length) return tables;
  throw new CannotStart(
    `Expected a backup of this version of Meridian (${here.length} changes of the database), but it was made by another ` +
      `(${manifest.migrations.length}). Restore it with the version that made it; this version then brings it up to date when it starts.`,
  );
}

async function requireEmpty(sql: postgres.ISql, { name }: BackupTable): Promise<void> {
  const rows = await sql`select 1 from ${sql(name)} limit 1`;
  if (rows.length > 0)
    throw new CannotStart(
      `Expected an empty database to restore into, but table ${name} has rows. Name a new data folder (setting DATA_DIR) or an empty ` +
        'database (setting DATABASE_URL). Nothing was changed.',
    );
}

async function readTable(sql: postgres.ISql, table: BackupTable, rows: number, backup: SealedFolder): Promise<void> {
  const found = await insertRows(sql, table, readRows(backup, table.name));
  if (found !== rows)
    throw new UnreadableBackup(`Expected ${rows} rows of table ${table.name} in the backup, but it has ${found}.`);
}

async function waitingDeliveries(sql: postgres.ISql): Promise<number> {
  const [row] = await sql`select count(*)::int as waiting from jobs where kind = 'delivery'`;
  return z.object({ waiting: z.number() }).parse(row).waiting;
}

/** Numbers given from now on come after those that were restored. */
async function countOn(sql: postgres.ISql): Promise<void> {
  const counters = await sql`
    select table_name as "table", column_name as "column"
      from information_schema.columns
     where table_schema = 'public' and is_identity = 'YES'`;
  for (const { table, column } of z.array(z.object({ table: z.string(), column: z.string() })).parse(counters)) {
    await sql`
      select setval(pg_get_serial_sequence(${table}, ${column}), coalesce((select max(${sql(column)}) from ${sql(table)}), 0) + 1, false)`;
  }
}
