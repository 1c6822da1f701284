import { and, eq, inArray } from 'drizzle-orm';
import {
  type Clock,
  checkEligibility,
  type Directory,
  type Instant,
  type Person,
  type TaskRecord,
} from '../../engine/index.ts';
import type { Database, TenantQueries } from '../connect.ts';
import type { TaskList, TaskListItem, TaskListQuery, TaskListView } from '../read-models.ts';
import { caseActors } from '../schema/cases.ts';
import { pageLimit, parseCursor, printCursor } from './cursor.ts';
import { readObject, readTask } from './json-object.ts';
import { placeOf, selectOpenTasks, type TaskFilter, type TaskPlace, type TaskRow, taskPlace } from './task-rows.ts';

/** What the inbox needs besides the database: the directory tells whether somebody else is there, for overrides. */
export type InboxParts = { readonly database: Database; readonly clock: Clock; readonly directory: Directory };

const batch = 200;
const countLimit = 1_000;

/** A page of the inbox. The database narrows by role and holder; every item then passed `checkEligibility` on the facts of its case. */
export async function listTasks(parts: InboxParts, query: TaskListQuery): Promise<TaskList> {
  const now = parts.clock.now();
  return parts.database.inTenant(query.tenantId, async (tx) => {
    const onDuty = once((roles: readonly string[]) => parts.directory.peopleOnDuty(query.tenantId, now, roles));
    const scan: Scan = { tx, now, onDuty };
    const limit = pageLimit(query.limit);
    const items: Found[] = [];
    for await (const found of eligibleTasks(scan, filterOf(query, now), parseCursor(query.cursor, taskPlace))) {
      items.push(found);
      if (items.length > limit) break;
    }
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ item }) => item),
      ...(items.length > limit && last && { nextCursor: printCursor(last.place) }),
      counts: await countViews(scan, query),
    };
  });
}

type Scan = {
  readonly tx: TenantQueries;
  readonly now: Instant;
  readonly onDuty: (roles: readonly string[]) => Promise<readonly Person[]>;
};
type Found = { readonly item: TaskListItem; readonly place: TaskPlace };

function filterOf({ tenantId, person, view, search, processKey }: TaskListQuery, now: Instant): TaskFilter {
  const held = view === 'mine' ? 'by-person' : view === 'groups' ? 'by-nobody' : 'either';
  const trimmed = search?.trim();
  return {
    ...{ tenantId, person, held },
    ...(view === 'overdue' && { dueBefore: now }),
    ...(trimmed && { search: trimmed }),
    ...(processKey && { processKey }),
  };
}

async function countViews(scan: Scan, { tenantId, person }: TaskListQuery): Promise<Record<TaskListView, number>> {
  const counts = { mine: 0, groups: 0, overdue: 0 };
  let seen = 0;
  for await (const { item } of eligibleTasks(scan, { tenantId, person, held: 'either' }, undefined)) {
    counts[item.task.assignee === person.id ? 'mine' : 'groups'] += 1;
    if (item.overdue) counts.overdue += 1;
    seen += 1;
    if (seen >= countLimit) break;
  }
  return counts;
}

async function* eligibleTasks(scan: Scan, filter: TaskFilter, start: TaskPlace | undefined): AsyncGenerator<Found> {
  for (let after = start; ; ) {
    const rows = await selectOpenTasks(scan.tx, filter, after, batch);
    const actors = await actorsOf(scan.tx, filter.tenantId, rows);
    for (const row of rows) {
      const item = await toItem(scan, filter, row, actors.get(row.caseId) ?? {});
      if (item) yield { item, place: placeOf(row) };
    }
    const last = rows.at(-1);
    if (rows.length < batch || !last) return;
    after = placeOf(last);
  }
}

type Actors = Readonly<Record<string, readonly string[]>>;

async function actorsOf(tx: TenantQueries, tenantId: string, rows: readonly TaskRow[]): Promise<Map<string, Actors>> {
  const caseIds = [...new Set(rows.map((row) => row.caseId))];
  const byCase = new Map<string, Record<string, string[]>>();
  if (caseIds.length === 0) return byCase;
  const wanted = and(eq(caseActors.tenantId, tenantId), inArray(caseActors.caseId, caseIds));
  for (const { caseId, elementId, actorId } of await tx.select().from(caseActors).where(wanted)) {
    const actors = byCase.get(caseId) ?? {};
    actors[elementId] = [...(actors[elementId] ?? []), actorId];
    byCase.set(caseId, actors);
  }
  return byCase;
}

async function toItem(
  scan: Scan,
  { person }: TaskFilter,
  row: TaskRow,
  actors: Actors,
): Promise<TaskListItem | undefined> {
  const item = toTaskItem(row, scan.now);
  const verdict = checkEligibility(item.task.eligibility, person, actors);
  if (verdict.ok) return item;
  if (verdict.rejection.code !== 'separation-of-duties' || item.task.eligibility.override !== 'documented')
    return undefined;
  const othersOnDuty = await countOthers(scan, person.id, item.task, actors);
  // Whether a reason would do; the reason itself is asked for on the task's page.
  const overridden = checkEligibility(item.task.eligibility, person, actors, {
    override: { reason: '?' },
    othersOnDuty,
  });
  return overridden.ok ? { ...item, needsOverride: true } : undefined;
}

async function countOthers(scan: Scan, personId: string, task: TaskRecord, actors: Actors): Promise<number> {
  const people = await scan.onDuty(task.eligibility.roles);
  return people.filter((other) => other.id !== personId && checkEligibility(task.eligibility, other, actors).ok).length;
}

/** Asks the directory once for each set of roles. */
function once<T>(ask: (roles: readonly string[]) => Promise<T>): (roles: readonly string[]) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (roles) => {
    const answer = answers.get(roles.join(' ')) ?? ask(roles);
    answers.set(roles.join(' '), answer);
    return answer;
  };
}

/** A task row as lists show it. */
export function toTaskItem(row: TaskRow, now: Instant): TaskListItem {
  const { tenantId, caseId, processKey, businessKey, patientId, dueAt } = row;
  const patient = readObject(row.patient);
  return {
    ...{ tenantId, caseId, processKey, task: readTask(row.record, row.assignee) },
    ...(businessKey !== null && { businessKey }),
    ...(patientId !== null && { patientId }),
    ...(patient && { patient }),
    overdue: row.status === 'open' && dueAt !== null && dueAt < now,
  };
}
