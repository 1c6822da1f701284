import { and, asc, count, desc, eq, inArray, lt, lte, notExists, sql } from 'drizzle-orm';
import type { Instant } from '../../engine/index.ts';
import type { Database, TenantQueries } from '../connect.ts';
import type { IncidentGroup, OperationsQuery, QuietCase, WaitingStep, WorkQueue, WorkTopic } from '../read-models.ts';
import { cases } from '../schema/cases.ts';
import { incidents, tasks } from '../schema/tasks.ts';
import { jobs, subscriptions } from '../schema/work.ts';

const mostGroups = 100;
const mostSteps = 20;
const mostCases = 20;

/** Work of the engine that waits, by kind. */
export function listWorkQueues(database: Database, { tenantId, now }: OperationsQuery): Promise<readonly WorkQueue[]> {
  const due = lte(jobs.dueAt, now);
  return database.inTenant(tenantId, (tx) =>
    tx
      .select({
        kind: jobs.kind,
        waiting: count(),
        due: sql<number>`count(*) filter (where ${due})`.mapWith(Number),
        retrying: sql<number>`count(*) filter (where ${jobs.attempt} > 0 and ${jobs.leaseToken} is null)`.mapWith(
          Number,
        ),
        underWay: sql<number>`count(*) filter (where ${jobs.leaseToken} is not null)`.mapWith(Number),
        oldestDueAt: sql<Instant | null>`min(${jobs.dueAt}) filter (where ${due})`.mapWith(jobs.dueAt),
      })
      .from(jobs)
      .where(eq(jobs.tenantId, tenantId))
      .groupBy(jobs.kind)
      .orderBy(asc(jobs.kind)),
  );
}

/** Work of the engine that waits, by the system it is for. */
export function listWorkTopics(database: Database, { tenantId }: OperationsQuery): Promise<readonly WorkTopic[]> {
  const topic = sql<string>`${jobs}.topic`;
  return database.inTenant(tenantId, (tx) =>
    tx.select({ topic, jobs: count() }).from(jobs).where(eq(jobs.tenantId, tenantId)).groupBy(topic).orderBy(topic),
  );
}

/** Open incidents by what caused them: flow, step and kind. Most cases first. */
export function listIncidentGroups(
  database: Database,
  { tenantId }: OperationsQuery,
): Promise<readonly IncidentGroup[]> {
  return database.inTenant(tenantId, (tx) =>
    tx
      .select({
        processKey: cases.processKey,
        elementId: incidents.elementId,
        code: incidents.code,
        incidents: count(),
        oldestAt: sql`min(${incidents.raisedAt})`.mapWith(incidents.raisedAt),
        newestAt: sql`max(${incidents.raisedAt})`.mapWith(incidents.raisedAt),
      })
      .from(incidents)
      .innerJoin(cases, and(eq(cases.tenantId, incidents.tenantId), eq(cases.caseId, incidents.caseId)))
      .where(eq(incidents.tenantId, tenantId))
      .groupBy(cases.processKey, incidents.elementId, incidents.code)
      .orderBy(desc(count()), asc(cases.processKey), asc(incidents.elementId))
      .limit(mostGroups),
  );
}

/** Steps at which people's work waits; those with the most overdue first. */
export function listWaitingSteps(
  database: Database,
  { tenantId, now }: OperationsQuery,
): Promise<readonly WaitingStep[]> {
  const overdue = sql<number>`count(*) filter (where ${lt(tasks.dueAt, now)})`.mapWith(Number);
  return database.inTenant(tenantId, (tx) =>
    tx
      .select({
        processKey: tasks.processKey,
        elementId: tasks.elementId,
        name: sql<string>`min(${tasks.name})`,
        open: count(),
        overdue,
        oldestAt: sql`min(${tasks.createdAt})`.mapWith(tasks.createdAt),
      })
      .from(tasks)
      .where(and(eq(tasks.tenantId, tenantId), eq(tasks.status, 'open')))
      .groupBy(tasks.processKey, tasks.elementId)
      .orderBy(desc(overdue), desc(count()))
      .limit(mostSteps),
  );
}

/**
 * Running cases in which nothing has happened for longest. Sorted without an index: one on `last_at` would cost every commit its cheap update.
 * `stuck` when nothing is open that could move them: no task, no timer or
 * delivery, no message awaited, no incident.
 */
export function listQuietCases(database: Database, { tenantId }: OperationsQuery): Promise<readonly QuietCase[]> {
  return database.inTenant(tenantId, (tx) => {
    // Chosen first: what is open is then asked of the few that are shown, not read for all that run.
    const quiet = tx
      .select({ caseId: cases.caseId })
      .from(cases)
      .where(and(eq(cases.tenantId, tenantId), eq(cases.status, 'active')))
      .orderBy(asc(cases.lastAt))
      .limit(mostCases);
    return tx
      .select({
        caseId: cases.caseId,
        processKey: cases.processKey,
        businessKey: cases.businessKey,
        startedAt: cases.startedAt,
        lastAt: cases.lastAt,
        stuck: sql<boolean>`${and(...openWork(tx).map((open) => notExists(open)))}`,
      })
      .from(cases)
      .where(and(eq(cases.tenantId, tenantId), inArray(cases.caseId, quiet)))
      .orderBy(asc(cases.lastAt));
  });
}

/** What keeps a case of the outer query going. */
function openWork(tx: TenantQueries) {
  const one = { found: sql`1` };
  const mine = (table: typeof tasks | typeof jobs | typeof subscriptions | typeof incidents) =>
    and(eq(table.tenantId, cases.tenantId), eq(table.caseId, cases.caseId));
  return [
    tx
      .select(one)
      .from(tasks)
      .where(and(mine(tasks), eq(tasks.status, 'open'))),
    tx.select(one).from(jobs).where(mine(jobs)),
    tx.select(one).from(subscriptions).where(mine(subscriptions)),
    tx.select(one).from(incidents).where(mine(incidents)),
  ];
}
