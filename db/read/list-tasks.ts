import { and, asc, eq, exists, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { checkEligibility, type Person, type TaskRecord } from '../../engine/index.ts';
import type { TenantQueries } from '../connect.ts';
import type { TaskList, TaskListItem, TaskListQuery, TaskListView } from '../read-models.ts';
import { caseActors, cases } from '../schema/cases.ts';
import { taskCandidates, tasks } from '../schema/tasks.ts';
import { present, type ReadContext } from './read-context.ts';

/** Tasks counted at most; also the most that are looked at for one page. */
const countLimit = 1000;

type Row = { readonly task: typeof tasks.$inferSelect; readonly case: typeof cases.$inferSelect };
type Actors = Readonly<Record<string, readonly string[]>>;

/**
 * The inbox. SQL narrows by role and text, then every row goes through `checkEligibility`: what is listed is exactly what may be worked on.
 * Ordered by due time (none last), then by age.
 */
export async function listTasks({ database, directory, clock }: ReadContext, query: TaskListQuery): Promise<TaskList> {
  const { tenantId, person, view } = query;
  const now = clock.now();
  const { rows, actors } = await database.inTenant(tenantId, async (tx) => {
    const found = await select(tx, query);
    return { rows: found, actors: await actorsOf(tx, tenantId, found) };
  });
  const alone = once(async (roles: readonly string[]) => directory.peopleOnDuty(tenantId, now, roles));
  const open: (TaskListItem & { readonly mine: boolean })[] = [];
  for (const row of rows) {
    const task = recordOf(row.task);
    const mine = task.assignee === person.id;
    if (mine || (await mayTake(task, person, actors.get(row.case.caseId) ?? {}, alone)))
      open.push({ ...toItem(row, task, now), mine });
  }
  const shown = open.filter((item) => isIn(view, item));
  const start = query.cursor === undefined ? 0 : shown.findIndex((item) => cursorOf(item) === query.cursor) + 1;
  const items = shown.slice(start, start + query.limit);
  const last = items.at(-1);
  const more = last !== undefined && start + query.limit < shown.length;
  return {
    items: items.map(({ mine: _, ...item }) => item),
    counts: { mine: count(open, 'mine'), groups: count(open, 'groups'), overdue: count(open, 'overdue') },
    ...(more && { nextCursor: cursorOf(last) }),
  };
}

const cursorOf = (item: TaskListItem) => `${item.caseId}/${item.task.taskId}`;
const isIn = (view: TaskListView, item: { mine: boolean; overdue: boolean }) =>
  view === 'overdue' ? item.overdue : item.mine === (view === 'mine');
const count = (items: readonly { mine: boolean; overdue: boolean }[], view: TaskListView) =>
  items.filter((item) => isIn(view, item)).length;

function select(tx: TenantQueries, { tenantId, person, search, processKey }: TaskListQuery): Promise<Row[]> {
  const roles = ['*', ...person.roles];
  const candidate = tx
    .select({ one: sql`1` })
    .from(taskCandidates)
    .where(
      and(
        eq(taskCandidates.tenantId, tasks.tenantId),
        eq(taskCandidates.caseId, tasks.caseId),
        eq(taskCandidates.taskId, tasks.taskId),
        inArray(taskCandidates.role, roles),
      ),
    );
  return tx
    .select({ task: tasks, case: cases })
    .from(tasks)
    .innerJoin(cases, and(eq(cases.tenantId, tasks.tenantId), eq(cases.caseId, tasks.caseId)))
    .where(
      and(
        eq(tasks.tenantId, tenantId),
        eq(tasks.status, 'open'),
        or(eq(tasks.assignee, person.id), and(isNull(tasks.assignee), exists(candidate))),
        processKey === undefined ? undefined : eq(tasks.processKey, processKey),
        search ? matches(search) : undefined,
      ),
    )
    .orderBy(sql`${tasks.dueAt} asc nulls last`, asc(tasks.createdAt), asc(tasks.caseId), asc(tasks.taskId))
    .limit(countLimit);
}

function matches(text: string): SQL | undefined {
  const begins = (
    column: typeof tasks.name | typeof cases.businessKey | typeof cases.patientId | typeof cases.patientName,
  ) => sql`starts_with(${column}, ${text})`;
  return or(begins(tasks.name), begins(cases.businessKey), begins(cases.patientId), begins(cases.patientName));
}

/** Who completed which element, for the cases of these rows. */
async function actorsOf(
  tx: TenantQueries,
  tenantId: string,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, Actors>> {
  const ids = [...new Set(rows.map((row) => row.case.caseId))];
  if (ids.length === 0) return new Map();
  const found = await tx
    .select()
    .from(caseActors)
    .where(and(eq(caseActors.tenantId, tenantId), inArray(caseActors.caseId, ids), ne(caseActors.elementId, '')));
  const byCase = new Map<string, Record<string, string[]>>();
  for (const { caseId, elementId, actorId } of found) {
    const actors = byCase.get(caseId) ?? {};
    byCase.set(caseId, { ...actors, [elementId]: [...(actors[elementId] ?? []), actorId] });
  }
  return byCase;
}

/** A task closed to a person by a separation of duties is still listed where a documented override is open to them: nobody else is there. */
async function mayTake(
  task: TaskRecord,
  person: Person,
  actors: Actors,
  onDuty: (roles: readonly string[]) => Promise<readonly Person[]>,
): Promise<boolean> {
  const rule = task.eligibility;
  const verdict = checkEligibility(rule, person, actors);
  if (verdict.ok) return true;
  if (verdict.rejection.code !== 'separation-of-duties' || rule.override !== 'documented') return false;
  const others = (await onDuty(rule.roles)).filter(
    (other) => other.id !== person.id && checkEligibility(rule, other, actors).ok,
  );
  return others.length === 0;
}

function once<T>(ask: (roles: readonly string[]) => Promise<T>): (roles: readonly string[]) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (roles) => {
    const key = roles.join(' ');
    const answer = answers.get(key) ?? ask(roles);
    answers.set(key, answer);
    return answer;
  };
}

/** The record as it opened, with who holds it now. */
export function recordOf(row: typeof tasks.$inferSelect): TaskRecord {
  // Written by the commit from a TaskRecord.
  const { assignee: _, ...record }: TaskRecord = JSON.parse(row.record);
  return { ...record, ...present('assignee', row.assignee) };
}

/** A task as lists and pages show it. */
export function toItem(row: Row, task: TaskRecord, now: string): TaskListItem {
  const { tenantId, caseId, processKey, businessKey, patientId, patient } = row.case;
  return {
    tenantId,
    caseId,
    task,
    processKey,
    ...present('businessKey', businessKey),
    ...present('patientId', patientId),
    ...(patient !== null && { patient: JSON.parse(patient) }),
    overdue: row.task.status === 'open' && task.dueAt !== undefined && task.dueAt < now,
  };
}
