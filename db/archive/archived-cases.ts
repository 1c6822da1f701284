import type { KeyRing } from '../../engine/index.ts';
import type { TextRow } from '../backup/copy-text.ts';
import type { Manifest } from '../backup/manifest.ts';
import { type KeyedFolder, readRows } from '../backup/sealed-folder.ts';
import { UnreadableBackup } from '../backup/sealed-stream.ts';
import { isProved, proveCase } from '../prove-case.ts';
import { toSealedEntry } from '../stores/sealed-entry.ts';

/** Tables an archive takes a case's rows of, the case first. Their keys begin with hospital and case. */
export const caseTables = ['cases', 'case_keys', 'case_actors', 'tasks', 'history'] as const;
/** One of them. */
export type CaseTable = (typeof caseTables)[number];

/** An archive's files and what is in them. */
export type ArchiveFiles = KeyedFolder & Pick<Manifest, 'tables'>;

/** A case as an archive holds it: its rows by table. */
export type HeldCase = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly rows: Readonly<Record<CaseTable, readonly TextRow[]>>;
  /** A value of a row by its column. */
  value(table: CaseTable, row: TextRow | undefined, column: string): string;
};

/**
 * Reads an archive's cases from its files, one after the other. Ends with `UnreadableBackup` when a file was changed or cut, or has rows of a
 * case that is not there.
 */
export async function* heldCases(archive: ArchiveFiles): AsyncGenerator<HeldCase> {
  const columns = columnsOf(archive);
  const value: HeldCase['value'] = (table, row, column) => row?.[columns(table).indexOf(column)] ?? '';
  const others = await Promise.all(
    caseTables.slice(1).map(async (table) => [table, await follow(readRows(archive, table))] as const),
  );
  for await (const row of readRows(archive, 'cases')) {
    const [tenantId, caseId] = [value('cases', row, 'tenant_id'), value('cases', row, 'case_id')];
    const rows: Record<CaseTable, readonly TextRow[]> = {
      cases: [row],
      case_keys: [],
      case_actors: [],
      tasks: [],
      history: [],
    };
    for (const [table, following] of others)
      rows[table] = await following.takeWhile(
        (one) => value(table, one, 'tenant_id') === tenantId && value(table, one, 'case_id') === caseId,
      );
    yield { tenantId, caseId, rows, value };
  }
  for (const [table, { isOver }] of others)
    if (!isOver())
      throw new UnreadableBackup(`Expected rows of table ${table} of the archive's cases only, but there are others.`);
}

/** The columns of a table in these files. */
export function columnsOf({ tables }: Pick<Manifest, 'tables'>): (table: string) => readonly string[] {
  const known = new Map(tables.map(({ name, columns }) => [name, columns]));
  return (table) => {
    const columns = known.get(table);
    if (!columns) throw new UnreadableBackup(`Expected an archive with table ${table}, but it has none.`);
    return columns;
  };
}

async function follow(rows: AsyncGenerator<TextRow>) {
  let next = await rows.next();
  return {
    async takeWhile(isWanted: (row: TextRow) => boolean): Promise<readonly TextRow[]> {
      const taken: TextRow[] = [];
      for (; !next.done && isWanted(next.value); next = await rows.next()) taken.push(next.value);
      return taken;
    },
    isOver: () => next.done === true,
  };
}

/** Whether a held case proves: its chain is unbroken, and its history replays to its state. */
export async function provesHeld({ tenantId, caseId, rows, value }: HeldCase, keyRing: KeyRing): Promise<boolean> {
  const [row] = rows.cases;
  const wrapped = value('case_keys', rows.case_keys[0], 'wrapped_key');
  try {
    const entries = rows.history.map((entry) =>
      toSealedEntry({
        header: value('history', entry, 'header'),
        sealedValues: value('history', entry, 'sealed_values'),
        valuesRoot: value('history', entry, 'values_root'),
        previousHash: value('history', entry, 'previous_hash'),
        hash: value('history', entry, 'hash'),
      }),
    );
    const stored = {
      state: value('cases', row, 'state'),
      lastHash: value('cases', row, 'last_hash'),
      version: Number(value('cases', row, 'version')),
      entries,
    };
    return isProved(proveCase(stored, wrapped === '' ? undefined : await keyRing.open(tenantId, caseId, wrapped)));
  } catch {
    // A text that is none of ours, or a key that opens nothing: not proved.
    return false;
  }
}
