import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Person } from '../../engine/index.ts';
import type { TenantQueries } from '../connect.ts';
import { cases } from '../schema/cases.ts';
import { taskCandidates, tasks } from '../schema/tasks.ts';
import { endOfPrefix } from './cursor.ts';

/** Which open tasks are looked for; the database narrows, `checkEligibility` decides. */
export type TaskFilter = {
  readonly tenantId: string;
  readonly person: Person;
  readonly held: 'by-person' | 'by-nobody' | 'either';
  readonly dueBefore?: string;
  readonly search?: string;
  readonly processKey?: string;
};

/** The order of the inbox: urgent first, then by due time, then by age. */
export const taskPlace = z.tuple([z.number(), z.string(), z.string(), z.string(), z.string()]);
/** A place in that order. */
export type TaskPlace = z.infer<typeof taskPlace>;

const noDueDate = '9999-12-31T00:00:00.000Z';

/** Columns of a task in a list. */
const columns = {
  tenantId: tasks.tenantId,
  caseId: tasks.caseId,
  taskId: tasks.taskId,
  processKey: tasks.processKey,
  record: tasks.record,
  assignee: tasks.assignee,
  priority: tasks.priority,
  createdAt: tasks.createdAt,
  dueAt: tasks.dueAt,
  status: tasks.status,
  closedAt: tasks.closedAt,
  closedBy: tasks.closedBy,
  businessKey: cases.businessKey,
  patientId: cases.patientId,
  patient: cases.patient,
  version: cases.definitionVersion,
};

/** A task with its case's header. */
export type TaskRow = Awaited<ReturnType<typeof selectTask>>[number];

const ofCase = and(eq(cases.tenantId, tasks.tenantId), eq(cases.caseId, tasks.caseId));

/** One task, open or closed. */
export function selectTask(tx: TenantQueries, tenantId: string, caseId: string, taskId: string) {
  const wanted = and(eq(tasks.tenantId, tenantId), eq(tasks.caseId, caseId), eq(tasks.taskId, taskId));
  return tx.select(columns).from(tasks).innerJoin(cases, ofCase).where(wanted);
}

/** Open tasks after a place, in the inbox's order. */
export function selectOpenTasks(tx: TenantQueries, filter: TaskFilter, after: TaskPlace | undefined, limit: number) {
  const order = [
    sql`-${tasks.priority}`,
    sql`coalesce(${tasks.dueAt}, ${noDueDate}::timestamptz)`,
    tasks.createdAt,
    tasks.caseId,
    tasks.taskId,
  ];
  const wanted = and(
    eq(tasks.tenantId, filter.tenantId),
    eq(tasks.status, 'open'),
    heldAs(filter),
    filter.dueBefore === undefined ? undefined : sql`${tasks.dueAt} < ${filter.dueBefore}::timestamptz`,
    filter.processKey === undefined ? undefined : eq(tasks.processKey, filter.processKey),
    filter.search === undefined ? undefined : beginsWith(filter.search),
    after &&
      sql`(${sql.join(order, sql`, `)}) > (${after[0]}::integer, ${after[1]}::timestamptz, ${after[2]}::timestamptz, ${after[3]}::uuid, ${after[4]}::text)`,
  );
  return tx
    .select(columns)
    .from(tasks)
    .innerJoin(cases, ofCase)
    .where(wanted)
    .orderBy(...order)
    .limit(limit);
}

/** The place of a row in the inbox's order. */
export function placeOf(row: TaskRow): TaskPlace {
  return [-row.priority, row.dueAt ?? noDueDate, row.createdAt, row.caseId, row.taskId];
}

function heldAs({ tenantId, person, held }: TaskFilter): SQL | undefined {
  const byPerson = eq(tasks.assignee, person.id);
  const roles = ['*', ...person.roles];
  const candidate = sql`(${tasks.caseId}, ${tasks.taskId}) in (
    select ${taskCandidates.caseId}, ${taskCandidates.taskId} from ${taskCandidates}
    where ${and(eq(taskCandidates.tenantId, tenantId), inArray(taskCandidates.role, roles))})`;
  const byNobody = and(isNull(tasks.assignee), candidate);
  if (held === 'by-person') return byPerson;
  return held === 'by-nobody' ? byNobody : or(byPerson, byNobody);
}

function beginsWith(search: string): SQL | undefined {
  const within = (column: SQL | typeof tasks.name | typeof cases.businessKey) =>
    sql`(${column} >= ${search} and ${column} < ${endOfPrefix(search)})`;
  return or(
    within(tasks.name),
    within(cases.businessKey),
    within(sql`${cases.patientId}`),
    within(sql`${cases.patientName}`),
  );
}
