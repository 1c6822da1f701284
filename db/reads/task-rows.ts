import { and, eq, lt, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Person } from '../../engine/index.ts';
import type { TenantQueries } from '../connect.ts';
import { cases } from '../schema/cases.ts';
import { noDueDate, taskCandidates, tasks } from '../schema/tasks.ts';
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

const order = [
  sql`-${tasks.priority}`,
  sql`coalesce(${tasks.dueAt}, ${noDueDate}::timestamptz)`,
  tasks.createdAt,
  tasks.caseId,
  tasks.taskId,
];
const candidateOrder = [
  ...[taskCandidates.urgency, taskCandidates.dueAt, taskCandidates.createdAt, taskCandidates.caseId],
  taskCandidates.taskId,
];

/** A page of a list of open tasks: those after a place, so many at most. */
type Slice = { readonly after: TaskPlace | undefined; readonly limit: number };

/**
 * Open tasks after a place, in the inbox's order. What the person's groups may take is read off `task_candidates_in_order`, one short stretch
 * for each role and department: the cost goes by the length of the page, not by how many tasks wait.
 */
export function selectOpenTasks(tx: TenantQueries, filter: TaskFilter, slice: Slice) {
  const places = [
    ...(filter.held === 'by-nobody' ? [] : [heldPlaces(tx, filter, slice)]),
    ...(filter.held === 'by-person' ? [] : [offeredPlaces(filter, slice)]),
  ];
  const wanted = and(
    eq(tasks.tenantId, filter.tenantId),
    eq(tasks.status, 'open'),
    sql`(${tasks.caseId}, ${tasks.taskId}) in (${sql.join(places, sql` union all `)})`,
  );
  return tx
    .select(columns)
    .from(tasks)
    .innerJoin(cases, ofCase)
    .where(wanted)
    .orderBy(...order)
    .limit(slice.limit);
}

/** Tasks the person holds: few, whatever the hospital's size. */
function heldPlaces(tx: TenantQueries, filter: TaskFilter, { after, limit }: Slice): SQL {
  const { tenantId, person, dueBefore } = filter;
  const wanted = and(
    ...[eq(tasks.tenantId, tenantId), eq(tasks.status, 'open'), eq(tasks.assignee, person.id), narrowedBy(filter)],
    dueBefore === undefined ? undefined : lt(tasks.dueAt, dueBefore),
    after && isAfter(order, after),
  );
  const found = tx.select({ caseId: tasks.caseId, taskId: tasks.taskId }).from(tasks).innerJoin(cases, ofCase);
  return sql`(${found
    .where(wanted)
    .orderBy(...order)
    .limit(limit)})`;
}

/** Tasks nobody holds and one of the person's roles may take, where they are for any department or the person's. */
function offeredPlaces(filter: TaskFilter, { after, limit }: Slice): SQL {
  const { tenantId, person, dueBefore } = filter;
  const groups = ['*', ...person.roles].flatMap((role) => ['', person.department].map((of) => sql`(${role}, ${of})`));
  const narrowed = narrowedBy(filter);
  const itsTask = sql`(${tasks.tenantId}, ${tasks.caseId}, ${tasks.taskId}) = (${sql.join([taskCandidates.tenantId, taskCandidates.caseId, taskCandidates.taskId], sql`, `)})`;
  const wanted = and(
    eq(taskCandidates.tenantId, tenantId),
    sql`${taskCandidates.role} = groups.role and ${taskCandidates.department} = groups.department and not ${taskCandidates.held}`,
    dueBefore === undefined ? undefined : lt(taskCandidates.dueAt, dueBefore),
    after && isAfter(candidateOrder, after),
    narrowed && sql`exists (select 1 from ${tasks} join ${cases} on ${ofCase} where ${and(itsTask, narrowed)})`,
  );
  const inOrder = sql.join(candidateOrder, sql`, `);
  return sql`(select case_id, task_id from (
    select distinct found.* from (values ${sql.join(groups, sql`, `)}) as groups (role, department) cross join lateral (
      select ${inOrder} from ${taskCandidates} where ${wanted} order by ${inOrder} limit ${limit}) as found
    order by urgency, due_at, created_at, case_id, task_id limit ${limit}) as offered)`;
}

function isAfter(columnsInOrder: readonly SQLWrapper[], after: TaskPlace): SQL {
  return sql`(${sql.join([...columnsInOrder], sql`, `)}) > (${after[0]}::integer, ${after[1]}::timestamptz, ${after[2]}::timestamptz, ${after[3]}::uuid, ${after[4]}::text)`;
}

/** What is asked beyond whose task it is; undefined when nothing is. */
function narrowedBy({ processKey, search }: TaskFilter): SQL | undefined {
  return and(
    processKey === undefined ? undefined : eq(tasks.processKey, processKey),
    search === undefined ? undefined : beginsWith(search),
  );
}

/** The place of a row in the inbox's order. */
export function placeOf(row: TaskRow): TaskPlace {
  return [-row.priority, row.dueAt ?? noDueDate, row.createdAt, row.caseId, row.taskId];
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
