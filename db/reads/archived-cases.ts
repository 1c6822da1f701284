import { and, desc, eq, gte, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Database, TenantQueries } from '../connect.ts';
import type { ArchivedCase, CaseQuery, CaseRow } from '../read-models.ts';
import { archivedCases, archives } from '../schema/archives.ts';
import { endOfPrefix } from './cursor.ts';
import { isUuid } from './get-task.ts';
import { idBeginsWith } from './id-begins-with.ts';

type Row = typeof archivedCases.$inferSelect;

/**
 * Archived cases a search finds, newest first. Only what asks by a number finds them: who looks through running work, or at incidents or a person's
 * acts, does not want what left years ago.
 *
 * @param before only cases before this id
 */
export async function findArchived(
  tx: TenantQueries,
  query: CaseQuery,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<readonly CaseRow[]> {
  const { tenantId, patientId, businessKey, processKey, from, to } = query;
  const text = query.text?.trim();
  const byNumber = patientId || businessKey || text;
  if (!byNumber || query.status === 'active' || query.incident || query.caseIds || query.actor) return [];
  const wanted = and(
    eq(archivedCases.tenantId, tenantId),
    isNull(archivedCases.broughtBackAt),
    patientId ? eq(archivedCases.patientId, patientId) : undefined,
    businessKey ? eq(archivedCases.businessKey, businessKey) : undefined,
    processKey ? eq(archivedCases.processKey, processKey) : undefined,
    from ? gte(archivedCases.startedAt, from) : undefined,
    to ? lt(archivedCases.startedAt, to) : undefined,
    text ? beginsWith(text) : undefined,
    before ? lt(archivedCases.caseId, before) : undefined,
  );
  const rows = await tx.select().from(archivedCases).where(wanted).orderBy(desc(archivedCases.caseId)).limit(limit);
  return rows.map(toCaseRow);
}

/** What stays of an archived case. */
export async function getArchivedCase(
  database: Database,
  { tenantId, caseId }: { readonly tenantId: string; readonly caseId: string },
): Promise<ArchivedCase | undefined> {
  if (!isUuid(caseId)) return undefined;
  const [found] = await database.inTenant(tenantId, (tx) =>
    tx
      .select({ row: archivedCases, destroyedAt: archives.destroyedAt })
      .from(archivedCases)
      .innerJoin(
        archives,
        and(eq(archives.tenantId, archivedCases.tenantId), eq(archives.archive, archivedCases.archive)),
      )
      .where(
        and(
          eq(archivedCases.tenantId, tenantId),
          eq(archivedCases.caseId, caseId),
          isNull(archivedCases.broughtBackAt),
        ),
      ),
  );
  if (!found) return undefined;
  const { row, destroyedAt } = found;
  const { endedAt, archive, recordClass, keptUntil, archivedAt } = row;
  return {
    ...numbersOf(row),
    ...{ endedAt, archive, recordClass, keptUntil, archivedAt },
    ...(destroyedAt !== null && { destroyedAt }),
  };
}

function numbersOf({
  caseId,
  processKey,
  definitionVersion: version,
  startedAt,
  businessKey,
  patientId,
  outcome,
}: Row) {
  return {
    ...{ caseId, processKey, version, startedAt },
    ...(businessKey !== null && { businessKey }),
    ...(patientId !== null && { patientId }),
    ...(outcome !== null && { outcome }),
  };
}

function toCaseRow(row: Row): CaseRow {
  const { tenantId, definitionHash, lastAt, endedAt, archivedAt } = row;
  return {
    ...numbersOf(row),
    ...{ tenantId, definitionHash, lastAt, endedAt, archivedAt },
    ...{ status: 'ended', openIncidents: 0 },
  };
}

function beginsWith(text: string): SQL | undefined {
  const within = (column: typeof archivedCases.businessKey | typeof archivedCases.patientId) =>
    sql`(${column} >= ${text} and ${column} < ${endOfPrefix(text)})`;
  return or(
    within(archivedCases.businessKey),
    within(archivedCases.patientId),
    idBeginsWith(text, archivedCases.caseId),
  );
}
