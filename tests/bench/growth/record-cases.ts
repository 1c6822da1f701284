import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import postgres from 'postgres';
import { backupTables } from '../../../db/backup/tables.ts';
import type { Commit, OpenedEntry } from '../../../engine/index.ts';
import { openEntry } from '../../../engine/replay/index.ts';
import { listScenarioFiles } from '../../../processes/index.ts';
import { startTestDatabase } from '../../postgres/test-database.ts';
import { openPostgresProbe } from '../../scenarios/postgres-probe.ts';
import { runScenario } from '../../scenarios/run-scenario.ts';
import { parseScenario } from '../../scenarios/scenario-format.ts';
import { hospital, type StoreProbe, type World } from '../../scenarios/world.ts';

/** A row as PostgreSQL prints it, by column. */
export type TextRow = Readonly<Record<string, string | null>>;

/** A case as it stood after one of its commands: every row it had, and its history opened. */
export type RecordedCase = {
  readonly caseId: string;
  readonly processKey: string;
  readonly rows: ReadonlyMap<string, readonly TextRow[]>;
  readonly entries: readonly OpenedEntry[];
};

/** Tables with rows of one case; history is kept opened beside them, since it has to be sealed anew for every copy. */
const caseTables: readonly string[] = [
  ...['cases', 'case_actors', 'tasks', 'task_candidates', 'incidents', 'jobs', 'subscriptions', 'open_keys'],
];

/**
 * Plays scenarios of the shipped flows on the real engine and a PostgreSQL of its own, and writes down what each case's rows are after each
 * of its commands. `scenarios` are `<flow>/<file>`.
 */
export async function recordCases(scenarios: readonly string[]): Promise<ReadonlyMap<string, readonly RecordedCase[]>> {
  const running = await startTestDatabase(new Date('2026-03-01T00:00:00Z'));
  const probe = openPostgresProbe(running);
  const owner = postgres(running.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const columns = await columnsOf(owner);
    const recorded = new Map<string, readonly RecordedCase[]>();
    for (const scenario of scenarios) {
      const [flow = '', file = ''] = scenario.split('/');
      const path = (await listScenarioFiles(flow)).find((one) => basename(one, '.json') === file) ?? scenario;
      recorded.set(scenario, await record(await probe.fresh(), path, (caseId) => readRows(owner, columns, caseId)));
    }
    return recorded;
  } finally {
    await owner.end();
    await probe.close();
    await running.close();
  }
}

type Rows = RecordedCase['rows'];

async function record(
  probe: StoreProbe,
  path: string,
  rowsOf: (caseId: string) => Promise<Rows>,
): Promise<RecordedCase[]> {
  const seen: { readonly commit: Commit; readonly rows: Rows }[] = [];
  const { cases } = probe.stores;
  const commit = async (one: Commit) => {
    const outcome = await cases.commit(one);
    if (outcome === 'committed') seen.push({ commit: one, rows: await rowsOf(one.caseId) });
    return outcome;
  };
  const watched = { ...probe, stores: { ...probe.stores, cases: { ...cases, commit } } };
  let world: World | undefined;
  const scenario = parseScenario(JSON.parse(await readFile(path, 'utf8')));
  const onWorld = (one: World) => {
    world = one;
  };
  const { ok, steps } = await runScenario(scenario, { probe: watched, onWorld });
  if (!ok || !world) throw new Error(`Expected ${path} to pass, but ${steps.at(-1)?.failures.join('; ')}`);
  const opened = new Map<string, OpenedEntry[]>();
  const recorded: RecordedCase[] = [];
  for (const { commit: one, rows } of seen) {
    const entries = opened.get(one.caseId) ?? [];
    opened.set(one.caseId, entries);
    entries.push(await open(world, one, wrappedKeyOf(seen, one.caseId)));
    recorded.push({ caseId: one.caseId, processKey: one.case.definition.key, rows, entries: [...entries] });
  }
  return recorded;
}

function wrappedKeyOf(seen: readonly { readonly commit: Commit }[], caseId: string): string {
  const first = seen.find(({ commit }) => commit.caseId === caseId);
  return first?.commit.case.wrappedKey ?? '';
}

async function open({ keyRing }: World, { caseId, entry }: Commit, wrapped: string): Promise<OpenedEntry> {
  const opening = openEntry(entry, await keyRing.open(hospital, caseId, wrapped));
  if (!opening.ok) throw new Error(`Expected entry ${entry.header.seq} to open, but ${opening.path} does not`);
  return opening.entry;
}

/** Columns that are written; numbers the database gives by itself are left to it. */
async function columnsOf(owner: postgres.Sql): Promise<ReadonlyMap<string, readonly string[]>> {
  const given = new Set(await countedColumns(owner));
  const tables = await backupTables(owner);
  return new Map(
    tables
      .filter(({ name }) => caseTables.includes(name))
      .map(({ name, columns }) => [name, columns.filter((column) => !given.has(`${name}.${column}`))]),
  );
}

/** Every row a case has, as it stands now. */
export async function rowsOfCase(owner: postgres.Sql, caseId: string): Promise<Rows> {
  return readRows(owner, await columnsOf(owner), caseId);
}

/** Columns whose numbers the database gives by itself, as `table.column`. */
export async function countedColumns(owner: postgres.Sql): Promise<readonly string[]> {
  const rows = await owner`
    select table_name as "table", column_name as "column" from information_schema.columns where is_identity = 'YES'`;
  return rows.map(({ table, column }) => `${table}.${column}`);
}

async function readRows(
  owner: postgres.Sql,
  columns: ReadonlyMap<string, readonly string[]>,
  caseId: string,
): Promise<Rows> {
  const found = new Map<string, readonly TextRow[]>();
  for (const [table, names] of columns) {
    const rows = await owner`select ${owner(names)} from ${owner(table)} where case_id = ${caseId}`.raw();
    found.set(
      table,
      rows.map((row) =>
        Object.fromEntries(names.map((name, at) => [name, row[at] ? Buffer.from(row[at]).toString() : null])),
      ),
    );
  }
  return found;
}
