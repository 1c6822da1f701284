import type postgres from 'postgres';
import type { TextRow } from '../backup/copy-text.ts';
import { insertRows } from '../backup/insert-rows.ts';
import { readRows } from '../backup/sealed-folder.ts';
import { type BackupTable, backupTables, tableLike } from '../backup/tables.ts';
import type { Database } from '../connect.ts';
import { createKeyRing } from '../key-ring.ts';
import { isProved } from '../prove-case.ts';
import { listHistory } from '../reads/list-history.ts';
import { caseTables, columnsOf, type HeldCase, heldCases, provesHeld } from './archived-cases.ts';
import { aloneAtTheArchives } from './at-the-archives.ts';
import { filesOf, manifestHash, openArchive, requireSameKey } from './open-archive.ts';

/** Why a case was not brought back: the archive has it not, it does not prove there, the database has it, or another archive does by now, or none. */
export type WhyNotBack = 'not-in-archive' | 'not-proved' | 'there-already' | 'not-its-archive';

/** What bringing back came to. */
export type BroughtBack = {
  readonly broughtBack: readonly string[];
  readonly refused: readonly { readonly caseId: string; readonly why: WhyNotBack }[];
};

/**
 * Puts cases of an archive back as they were, each wholly or not at all, and proves them where they are then. The archive keeps them
 * all the same: archiving into its folder again takes them out of the database.
 *
 * @throws `UnreadableBackup` when the archive was changed or the passphrase is another; `CannotStart` when it is another hospital's, or
 * somebody else is at the archives
 */
export async function bringBack(parts: {
  readonly ownerUrl: string;
  readonly database: Database;
  readonly masterKey: Uint8Array;
  readonly folder: string;
  readonly passphrase: string;
  readonly caseIds: readonly string[];
}): Promise<BroughtBack> {
  const archive = await openArchive(parts.folder, parts.passphrase);
  await requireSameKey(archive, parts.masterKey);
  const files = filesOf(archive);
  const keyRing = createKeyRing(parts.masterKey);
  const wanted = new Set(parts.caseIds);
  const broughtBack: string[] = [];
  const refused: BroughtBack['refused'][number][] = [];
  const hash = await manifestHash(parts.folder);
  await aloneAtTheArchives(parts.ownerUrl, async (client) => {
    const here = await backupTables(client);
    const tableOf = (name: string) => tableLike(here, name, columnsOf(files)(name));
    const put = putBack(client, hash, tableOf, () => readRows(files, 'definitions'));
    for await (const held of heldCases(files)) {
      if (wanted.size === 0) break;
      if (!wanted.delete(held.caseId)) continue;
      const why = (await provesHeld(held, keyRing)) ? await put(held) : 'not-proved';
      const stored = why === undefined ? await listHistory({ database: parts.database, keyRing }, held) : undefined;
      if (stored && isProved(stored)) broughtBack.push(held.caseId);
      else refused.push({ caseId: held.caseId, why: why ?? 'not-proved' });
    }
  });
  return {
    broughtBack,
    refused: [...refused, ...[...wanted].map((caseId) => ({ caseId, why: 'not-in-archive' as const }))],
  };
}

/** Puts a case's rows back, if it is kept in the archive with this manifest; answers why it did not. The definitions go before the first. */
function putBack(
  client: postgres.Sql,
  archive: string,
  tableOf: (name: string) => BackupTable,
  definitions: () => AsyncGenerator<TextRow>,
): (held: HeldCase) => Promise<WhyNotBack | undefined> {
  let hasDefinitions = false;
  return async ({ tenantId, caseId, rows, value }) => {
    const startedAt = value('cases', rows.cases[0], 'started_at');
    // A statement of its own: it keeps no commit waiting for the rest.
    await client`select ensure_history_partitions(${startedAt}::text::timestamptz, ${startedAt}::text::timestamptz)`;
    return client.begin(async (sql) => {
      const left = await sql`
        update archived_cases c set brought_back_at = now() from archives a
         where c.tenant_id = ${tenantId} and c.case_id = ${caseId} and c.last_hash = ${value('cases', rows.cases[0], 'last_hash')}
           and a.tenant_id = c.tenant_id and a.archive = c.archive and a.manifest_hash = ${archive} and a.destroying_at is null
           and not exists (select 1 from cases where tenant_id = ${tenantId} and case_id = ${caseId})`;
      if (left.count === 0) {
        const here = await sql`select 1 from cases where tenant_id = ${tenantId} and case_id = ${caseId}`;
        return here.length > 0 ? 'there-already' : 'not-its-archive';
      }
      if (!hasDefinitions) await insertRows(sql, tableOf('definitions'), definitions(), { ifFree: true });
      for (const table of caseTables) await insertRows(sql, tableOf(table), rows[table]);
      hasDefinitions = true;
      return undefined;
    });
  };
}
