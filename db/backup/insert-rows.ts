import type postgres from 'postgres';
import type { TextRow } from './copy-text.ts';
import { UnreadableBackup } from './sealed-stream.ts';
import type { BackupTable } from './tables.ts';

/** Rows that a statement is given at once: so many, or so many characters. */
const mostRows = 500;
const mostText = 4_000_000;

/**
 * Puts rows, given as texts in the order of `columns`, into a table as they are, and says how many it took. Not by `copy … from stdin`: the
 * driver waits for ever when the server refuses a row.
 *
 * @param options.ifFree rows whose key is there already are passed over
 * @throws `UnreadableBackup` when the server refuses a row; the message names the table and why, and nothing of the row
 */
export async function insertRows(
  sql: postgres.ISql,
  table: BackupTable,
  rows: AsyncIterable<TextRow> | Iterable<TextRow>,
  { ifFree = false }: { readonly ifFree?: boolean } = {},
): Promise<number> {
  let taken = 0;
  for await (const batch of batched(rows)) {
    const columns = table.columns.map((_, column) => batch.map((row) => row[column] ?? null));
    const written = await sql.unsafe(insertion(table, ifFree), columns).catch((error: unknown) => {
      throw refused(table.name, error);
    });
    taken += written.count;
  }
  return taken;
}

async function* batched(rows: AsyncIterable<TextRow> | Iterable<TextRow>) {
  let batch: TextRow[] = [];
  let text = 0;
  for await (const row of rows) {
    batch.push(row);
    text += row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
    if (batch.length < mostRows && text < mostText) continue;
    yield batch;
    [batch, text] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

function insertion({ name, columns, types }: BackupTable, ifFree: boolean): string {
  const quoted = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;
  const list = (each: (index: number) => string) => columns.map((_, index) => each(index)).join(', ');
  return `insert into ${quoted(name)} (${columns.map(quoted).join(', ')}) overriding system value
    select ${list((index) => `c${index}::${types[index]}`)}
    from unnest(${list((index) => `$${index + 1}::text[]`)}) as given (${list((index) => `c${index}`)})
    ${ifFree ? 'on conflict do nothing' : ''}`;
}

/** PostgreSQL's own error carries the row; what is said carries nothing of it. */
function refused(table: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return error;
  const constraint = 'constraint_name' in error && error.constraint_name ? `, ${error.constraint_name}` : '';
  return new UnreadableBackup(
    `Expected rows of table ${table} that the database takes, but it refused one (${error.code}${constraint}).`,
  );
}
