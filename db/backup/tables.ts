import type postgres from 'postgres';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import type { TextRow } from './copy-text.ts';

/** A table as a backup has it; `types` are its columns' as PostgreSQL writes them. */
export type BackupTable = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
};

/** People sign in again after a restore: a session that lives on in a backup could be stolen with it. */
const leftOut = new Set(['sessions', 'login_throttle']);

const found = z.array(
  z.object({
    name: z.string(),
    columns: z.array(z.string()),
    types: z.array(z.string()),
    references: z.array(z.string()).nullable(),
  }),
);

/** Every table with rows to keep and its columns, those a table refers to before it. */
export async function backupTables(sql: postgres.ISql): Promise<readonly BackupTable[]> {
  const rows = await sql`
    select c.relname as name,
           (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
           (select array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as types,
           (select array_agg(r.relname::text) from pg_constraint f join pg_class r on r.oid = f.confrelid
             where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as references
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname`;
  const tables = found.parse(rows).filter(({ name }) => !leftOut.has(name));
  const ordered: BackupTable[] = [];
  const place = (name: string) => {
    const table = tables.find((one) => one.name === name);
    if (!table || ordered.some((one) => one.name === name)) return;
    for (const referred of table.references ?? []) place(referred);
    ordered.push({ name, columns: table.columns, types: table.types });
  };
  for (const { name } of tables) place(name);
  return ordered;
}

/** A table of this database with the columns a folder has of it. Thrown (`CannotStart`) when it has no such table or column. */
export function tableLike(here: readonly BackupTable[], name: string, columns: readonly string[]): BackupTable {
  const table = here.find((one) => one.name === name);
  const types = columns.map((column) => {
    const type = table?.types[table.columns.indexOf(column)];
    if (type !== undefined) return type;
    throw new CannotStart(`Expected column ${column} of table ${name} in this database, but there is none.`);
  });
  return { name, columns, types };
}

/** The migrations a database has had, by their time stamps. */
export async function appliedMigrations(sql: postgres.ISql): Promise<readonly string[]> {
  const rows = await sql`select created_at::text as at from drizzle.__drizzle_migrations order by created_at`;
  return z
    .array(z.object({ at: z.string() }))
    .parse(rows)
    .map(({ at }) => at);
}

/** Rows as the driver hands them out raw, as texts. */
export function textRows(rows: Iterable<Iterable<Uint8Array | null>>): TextRow[] {
  return Array.from(rows, (row) =>
    Array.from(row, (cell) => (cell === null ? null : Buffer.from(cell).toString('utf8'))),
  );
}

/** An instant as the engine writes it. */
export function instantText(sql: postgres.ISql, instant: postgres.PendingQuery<postgres.Row[]>) {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
