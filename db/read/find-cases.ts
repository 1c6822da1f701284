import { and, count, desc, eq, exists, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { TenantQueries } from '../connect.ts';
import type { CaseQuery, CaseRow, Page } from '../read-models.ts';
import { caseActors, cases } from '../schema/cases.ts';
import { incidents } from '../schema/tasks.ts';
import { present, type ReadContext } from './read-context.ts';

/** Cases that match all conditions, newest first. A case's id begins with its time, so it orders and pages by itself. */
export async function findCases({ database }: ReadContext, query: CaseQuery): Promise<Page<CaseRow>> {
  return database.inTenant(query.tenantId, async (tx) => {
    const rows = await tx
      .select()
      .from(cases)
      .where(conditions(tx, query))
      .orderBy(desc(cases.caseId))
      .limit(query.limit + 1);
    const shown = rows.slice(0, query.limit);
    const open = await openIncidents(
      tx,
      query.tenantId,
      shown.map(({ caseId }) => caseId),
    );
    const items = shown.map((row) => toCaseRow(row, open.get(row.caseId) ?? 0));
    const last = items.at(-1);
    return { items, ...(rows.length > query.limit && last && { nextCursor: last.caseId }) };
  });
}

function conditions(tx: TenantQueries, query: CaseQuery): SQL | undefined {
  const { patientId, businessKey, processKey, status, actor, from, to, text, cursor } = query;
  return and(
    eq(cases.tenantId, query.tenantId),
    patientId === undefined ? undefined : eq(cases.patientId, patientId),
    businessKey === undefined ? undefined : eq(cases.businessKey, businessKey),
    processKey === undefined ? undefined : eq(cases.processKey, processKey),
    status === undefined ? undefined : eq(cases.status, status),
    actor === undefined ? undefined : exists(actsOf(tx, actor)),
    from === undefined ? undefined : gte(cases.startedAt, from),
    to === undefined ? undefined : lt(cases.startedAt, to),
    text ? begins(text) : undefined,
    isUuid(cursor) ? lt(cases.caseId, cursor) : undefined,
  );
}

function actsOf(tx: TenantQueries, actor: string) {
  const ofCase = and(
    eq(caseActors.tenantId, cases.tenantId),
    eq(caseActors.caseId, cases.caseId),
    eq(caseActors.actorId, actor),
  );
  return tx.select({ one: sql`1` }).from(caseActors).where(ofCase);
}

function begins(text: string): SQL | undefined {
  return or(
    sql`starts_with(${cases.caseId}::text, ${text})`,
    sql`starts_with(${cases.businessKey}, ${text})`,
    sql`starts_with(${cases.patientId}, ${text})`,
    sql`starts_with(${cases.patientName}, ${text})`,
  );
}

/** Whether a text is a UUID: what is none can be nobody's id and must not reach a uuid column. */
export function isUuid(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Number of open incidents by case. */
export async function openIncidents(
  tx: TenantQueries,
  tenantId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx
    .select({ caseId: incidents.caseId, open: count() })
    .from(incidents)
    .where(and(eq(incidents.tenantId, tenantId), inArray(incidents.caseId, [...caseIds])))
    .groupBy(incidents.caseId);
  return new Map(rows.map(({ caseId, open }) => [caseId, open]));
}

/** A case's row as lists show it. */
export function toCaseRow(row: typeof cases.$inferSelect, incidentCount: number): CaseRow {
  const { tenantId, caseId, processKey, definitionVersion, definitionHash, status, startedAt, lastAt } = row;
  return {
    ...{ tenantId, caseId, processKey, version: definitionVersion, definitionHash, status, startedAt, lastAt },
    ...present('businessKey', row.businessKey),
    ...present('patientId', row.patientId),
    ...(row.patient !== null && { patient: JSON.parse(row.patient) }),
    ...present('outcome', row.outcome),
    ...present('endedAt', row.endedAt),
    openIncidents: incidentCount,
  };
}
