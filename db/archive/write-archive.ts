import type postgres from 'postgres';
import { z } from 'zod';
import type { Manifest } from '../backup/manifest.ts';
import { type KeyedFolder, writeMasterKey, writeRows } from '../backup/sealed-folder.ts';
import { type BackupTable, backupTables, tableLike, textRows } from '../backup/tables.ts';
import { type ArchiveFiles, caseTables } from './archived-cases.ts';
import { type CaseName, inPortions } from './choose-cases.ts';

/** Cases whose rows are read by one statement. */
const casesAtOnce = 100;

/** Writes the rows of ended cases, the definitions they ran on and the master key into a folder. It is no archive before it has a manifest. */
export async function writeArchiveFiles(
  sql: postgres.ISql,
  made: KeyedFolder,
  { cases, masterKey }: { readonly cases: readonly CaseName[]; readonly masterKey: Uint8Array },
  onTable: (name: string, rows: number) => void,
): Promise<ArchiveFiles> {
  const here = await backupTables(sql);
  const tables: Manifest['tables'] = [];
  const write = async (name: string, rows: (table: BackupTable) => AsyncIterable<ReturnType<typeof textRows>>) => {
    const columns = here.find((one) => one.name === name)?.columns ?? [];
    const written = await writeRows(made, name, rows(tableLike(here, name, columns)));
    tables.push({ name, columns: [...columns], rows: written });
    onTable(name, written);
  };
  for (const name of caseTables) await write(name, (table) => rowsOfCases(sql, table, cases));
  await write('definitions', (table) => definitionsOf(sql, table, cases));
  await writeMasterKey(made, masterKey);
  return { ...made, tables };
}

/** In the order of the cases: whoever reads the files follows them side by side. */
async function* rowsOfCases(sql: postgres.ISql, { name, columns }: BackupTable, cases: readonly CaseName[]) {
  // Hospital, case, and what tells rows of a case apart: entries must follow each other.
  const order = sql(columns.slice(0, 3));
  for (const { tenantId, caseIds } of inPortions(cases, casesAtOnce)) {
    const rows = await sql`
      select ${sql(columns)} from ${sql(name)}
       where tenant_id = ${tenantId} and case_id = any(${[...caseIds]}::uuid[])
         and case_id between ${caseIds.at(0) ?? ''} and ${caseIds.at(-1) ?? ''}
       order by ${order}`.raw();
    yield textRows(rows);
  }
}

const versions = z.array(z.object({ key: z.string(), version: z.number() }));

/** Every version an entry of these cases was decided on: a case may have moved from one to another. */
async function* definitionsOf(sql: postgres.ISql, { columns }: BackupTable, cases: readonly CaseName[]) {
  const written = new Set<string>();
  for (const { tenantId, caseIds } of inPortions(cases, casesAtOnce)) {
    const used = await sql`
      select distinct header::jsonb #>> '{definition,key}' as key, (header::jsonb #>> '{definition,version}')::integer as version
        from history
       where tenant_id = ${tenantId} and case_id = any(${[...caseIds]}::uuid[])
         and case_id between ${caseIds.at(0) ?? ''} and ${caseIds.at(-1) ?? ''}`;
    for (const { key, version } of versions.parse(used)) {
      const name = `${tenantId}/${key}/${version}`;
      if (written.has(name)) continue;
      written.add(name);
      const rows = await sql`
        select ${sql(columns)} from definitions where tenant_id = ${tenantId} and key = ${key} and version = ${version}`.raw();
      yield textRows(rows);
    }
  }
}
