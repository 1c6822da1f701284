import { z } from 'zod';
import { compileOnce, defaultRecordClass, type ProcessPackage, type RecordClass } from '../../engine/index.ts';
import { readRows } from '../backup/sealed-folder.ts';
import { type ArchiveFiles, columnsOf, type HeldCase } from './archived-cases.ts';

const root = z.object({ processId: z.string() });

/** Says which class the definition of a held case gives its records; nothing when the definition is not there or no longer compiles. */
export async function readClasses(
  archive: ArchiveFiles,
): Promise<(held: HeldCase) => Promise<RecordClass | undefined>> {
  const columns = columnsOf(archive)('definitions');
  const place = (name: string) => columns.indexOf(name);
  const packages = new Map<string, { readonly pkg: ProcessPackage; readonly hash: string }>();
  for await (const row of readRows(archive, 'definitions')) {
    // Written by a publication from a ProcessPackage.
    const pkg: ProcessPackage = JSON.parse(row[place('content')] ?? '');
    const name = [row[place('tenant_id')], row[place('key')], row[place('version')]].join('/');
    packages.set(name, { pkg, hash: row[place('hash')] ?? '' });
  }
  return async ({ tenantId, rows, value }) => {
    const [row] = rows.cases;
    const of = (column: string) => value('cases', row, column);
    const found = packages.get([tenantId, of('process_key'), of('definition_version')].join('/'));
    const { definition } = found ? await compileOnce(found.pkg, found.hash) : {};
    if (!definition) return undefined;
    return definition.processes[root.parse(JSON.parse(of('state'))).processId]?.recordClass ?? defaultRecordClass;
  };
}
