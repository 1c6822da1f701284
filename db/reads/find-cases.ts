import { and, asc, count, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../engine/index.ts';
import type { Database, TenantQueries } from '../connect.ts';
import type { CaseQuery, CaseRow, FoundIncident, Page } from '../read-models.ts';
import { caseActors, cases } from '../schema/cases.ts';
import { incidents } from '../schema/tasks.ts';
import { findArchived } from './archived-cases.ts';
import { caseCursor, endOfPrefix, pageLimit, parseCursor, printCursor } from './cursor.ts';
import { idBeginsWith } from './id-begins-with.ts';
import { readObject } from './json-object.ts';

/** Columns of a case in a list: everything but the state. */
const columns = {
  tenantId: cases.tenantId,
  caseId: cases.caseId,
  processKey: cases.processKey,
  definitionVersion: cases.definitionVersion,
  definitionHash: cases.definitionHash,
  businessKey: cases.businessKey,
  patientId: cases.patientId,
  patient: cases.patient,
  status: cases.status,
  outcome: cases.outcome,
  startedAt: cases.startedAt,
  lastAt: cases.lastAt,
  endedAt: cases.endedAt,
};

type Row = Pick<typeof cases.$inferSelect, keyof typeof columns>;

/** Finds cases, newest first. */
export async function findCases(database: Database, query: CaseQuery): Promise<Page<CaseRow>> {
  const limit = pageLimit(query.limit);
  return database.inTenant(query.tenantId, async (tx) => {
    const rows = await rowsLike(tx, query, limit + 1);
    const ids = rows.map((row) => row.caseId);
    const stuck = await countIncidents(tx, query.tenantId, ids);
    const archived = await findArchived(tx, query, {
      before: parseCursor(query.cursor, caseCursor)?.[0],
      limit: limit + 1,
    });
    const found = [...rows.map((row) => toCaseRow(row, stuck.get(row.caseId) ?? 0)), ...archived].sort(newestFirst);
    const last = found[limit - 1];
    return {
      items: found.slice(0, limit),
      ...(found.length > limit && last && { nextCursor: printCursor([last.caseId]) }),
    };
  });
}

/** Rows of such cases, newest first. */
async function rowsLike(tx: TenantQueries, query: CaseQuery, limit: number): Promise<readonly Row[]> {
  if (query.actor !== undefined) return rowsOfActor(tx, query, query.actor, limit);
  return tx.select(columns).from(cases).where(conditionsOf(query)).orderBy(desc(cases.caseId)).limit(limit);
}

/**
 * Those somebody acted in. They are read off the index of who acted, newest first, and each case is looked up until the page is full: joined the other way
 * round, everybody's cases were read until enough of theirs were among them.
 */
async function rowsOfActor(tx: TenantQueries, query: CaseQuery, actor: string, limit: number): Promise<readonly Row[]> {
  const acted = tx
    .selectDistinct({ caseId: caseActors.caseId })
    .from(caseActors)
    .where(and(actedBy(query.tenantId, actor), idsOf(caseActors.caseId, query)))
    .orderBy(desc(caseActors.caseId))
    .as('acted');
  // A key has one row; the limit keeps the planner from turning the join round.
  const found = tx
    .select(columns)
    .from(cases)
    .where(and(sql`${cases.caseId} = ${acted.caseId}`, conditionsOf({ ...query, actor: undefined })))
    .limit(1)
    .as('found');
  const rows = await tx.select().from(acted).crossJoinLateral(found).orderBy(desc(acted.caseId)).limit(limit);
  return rows.map((row) => row.found);
}

/** Ids are of one length and in small letters, as PostgreSQL writes them: their order is that of their texts. */
function newestFirst(a: CaseRow, b: CaseRow): number {
  return a.caseId < b.caseId ? 1 : -1;
}

/** The ids of such cases, newest first. */
export function findCaseIds(database: Database, query: CaseQuery): Promise<readonly string[]> {
  return database.inTenant(query.tenantId, async (tx) => {
    const wanted = conditionsOf(query);
    const found = tx.select({ caseId: cases.caseId }).from(cases).where(wanted).orderBy(desc(cases.caseId));
    return (await found.limit(query.limit)).map(({ caseId }) => caseId);
  });
}

/** Open incidents of such cases, oldest first. */
export function findIncidents(database: Database, query: CaseQuery): Promise<readonly FoundIncident[]> {
  const { caseId, incidentId, elementId, code, raisedAt, tenantId } = incidents;
  return database.inTenant(query.tenantId, (tx) =>
    tx
      .select({ caseId, incidentId, elementId, code })
      .from(incidents)
      .innerJoin(cases, and(eq(cases.tenantId, tenantId), eq(cases.caseId, caseId)))
      .where(and(incidentsLike(query.tenantId, query.incident), conditionsOf(query)))
      .orderBy(asc(raisedAt), asc(caseId), asc(incidentId))
      .limit(query.limit),
  );
}

/** How many incidents each case has open; cases without any are left out. */
export async function countIncidents(
  tx: TenantQueries,
  tenantId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (caseIds.length === 0) return new Map();
  const wanted = and(eq(incidents.tenantId, tenantId), inArray(incidents.caseId, [...caseIds]));
  const rows = await tx
    .select({ caseId: incidents.caseId, open: count() })
    .from(incidents)
    .where(wanted)
    .groupBy(incidents.caseId);
  return new Map(rows.map((row) => [row.caseId, row.open]));
}

/** A case's row as lists show it. */
export function toCaseRow(row: Row, openIncidents: number): CaseRow {
  const { businessKey, patientId, outcome, endedAt } = row;
  const { tenantId, caseId, processKey, definitionHash, status, startedAt, lastAt } = row;
  const patient = readObject(row.patient);
  return {
    ...{ tenantId, caseId, processKey, definitionHash, status, startedAt, lastAt, openIncidents },
    version: row.definitionVersion,
    ...(businessKey !== null && { businessKey }),
    ...(patientId !== null && { patientId }),
    ...(patient && { patient }),
    ...(outcome !== null && { outcome }),
    ...(endedAt !== null && { endedAt }),
  };
}

function conditionsOf(query: CaseQuery): SQL | undefined {
  const { tenantId, patientId, businessKey, processKey, status, incident, caseIds, actor, from, to } = query;
  const text = query.text?.trim();
  return and(
    eq(cases.tenantId, tenantId),
    patientId ? eq(cases.patientId, patientId) : undefined,
    businessKey ? eq(cases.businessKey, businessKey) : undefined,
    processKey ? eq(cases.processKey, processKey) : undefined,
    status ? eq(cases.status, status) : undefined,
    incident ? hasIncident(tenantId, incident) : undefined,
    caseIds ? inArray(cases.caseId, [...caseIds]) : undefined,
    from ? gte(cases.startedAt, from) : undefined,
    to ? lt(cases.startedAt, to) : undefined,
    idsOf(cases.caseId, query),
    actor ? actedIn(tenantId, actor) : undefined,
    text ? beginsWith(text) : undefined,
  );
}

/** Between which ids such cases are: a time of start is a range of them, and so is a page. */
function idsOf(
  caseId: typeof cases.caseId | typeof caseActors.caseId,
  { from, to, cursor }: CaseQuery,
): SQL | undefined {
  const [before] = parseCursor(cursor, caseCursor) ?? [];
  return and(
    from ? gte(caseId, firstIdOf(from, -idSlack)) : undefined,
    to ? lt(caseId, firstIdOf(to, idSlack)) : undefined,
    before ? lt(caseId, before) : undefined,
  );
}

/** A case's id is made just before it begins, by the clock of whichever node that is: a day either way is more than enough. */
const idSlack = 86_400_000;

/** The least id of a case begun so many milliseconds after an instant: ids are UUIDv7, so that a time of start is a range of the primary key. */
function firstIdOf(at: Instant, later: number): string {
  const time = Math.max(0, Date.parse(at) + later);
  const hex = time.toString(16).padStart(12, '0').padEnd(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function incidentsLike(tenantId: string, { elementId, code }: CaseQuery['incident'] = {}): SQL | undefined {
  return and(
    eq(incidents.tenantId, tenantId),
    elementId === undefined ? undefined : eq(incidents.elementId, elementId),
    code === undefined ? undefined : eq(incidents.code, code),
  );
}

function hasIncident(tenantId: string, incident: CaseQuery['incident']): SQL {
  const open = incidentsLike(tenantId, incident);
  return sql`${cases.caseId} in (select ${incidents.caseId} from ${incidents} where ${open})`;
}

function actedIn(tenantId: string, actorId: string): SQL {
  return sql`${cases.caseId} in (select ${caseActors.caseId} from ${caseActors} where ${actedBy(tenantId, actorId)})`;
}

function actedBy(tenantId: string, actorId: string): SQL | undefined {
  return and(eq(caseActors.tenantId, tenantId), eq(caseActors.actorId, actorId));
}

function beginsWith(text: string): SQL | undefined {
  const within = (column: typeof cases.businessKey | typeof cases.patientId | typeof cases.patientName) =>
    sql`(${column} >= ${text} and ${column} < ${endOfPrefix(text)})`;
  return or(
    within(cases.businessKey),
    within(cases.patientId),
    within(cases.patientName),
    idBeginsWith(text, cases.caseId),
  );
}
