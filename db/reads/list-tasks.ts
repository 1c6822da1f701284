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
import {
  mostCounted,
  type TaskList,
  type TaskListItem,
  type TaskListQuery,
  type TaskListView,
} from '../read-models.ts';
import { caseActors } from '../schema/cases.ts';
import { pageLimit, parseCursor, printCursor } from './cursor.ts';
import { readObject, readTask } from './json-object.ts';
import { placeOf, selectOpenTasks, type TaskFilter, type TaskPlace, type TaskRow, taskPlace } from './task-rows.ts';

/** What the inbox needs besides the database: the directory tells whether somebody else is there, for overrides. */
export type InboxParts = { readonly database: Database; readonly clock: Clock; readonly directory: Directory };

const batch = mostCounted;

/** A page of the inbox. The database narrows by role, department and holder; every item then passed `checkEligibility` on the facts of its case. */
export async function listTasks(parts: InboxParts, query: TaskListQuery): Promise<TaskList> {
  const now = parts.clock.now();
  return parts.database.inTenant(query.tenantId, async (tx) => {
    const onDuty = once((roles: readonly string[]) => parts.directory.peopleOnDuty(query.tenantId, now, roles));
    const scan: Scan = { tx, now, onDuty };
    const lists = await firstOfEach(scan, query);
    const limit = pageLimit(query.limit);
    const found = firstPageOf(lists, query, limit) ?? (await pageOf(scan, query, limit));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ item }) => item),
      ...(found.length > limit && last && { nextCursor: printCursor(last.place) }),
      counts: countsOf(lists),
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

/** The beginnings of the two lists every task of the person is on one of; they are counted, and often are the page as well. */
type Lists = Readonly<Record<'mine' | 'groups', readonly Found[]>>;

async function firstOfEach(scan: Scan, { tenantId, person }: TaskListQuery): Promise<Lists> {
  const first = (held: TaskFilter['held']) =>
    take(eligibleTasks(scan, { tenantId, person, held }, undefined), mostCounted);
  return { mine: await first('by-person'), groups: await first('by-nobody') };
}

function countsOf({ mine, groups }: Lists): Record<TaskListView, number> {
  const overdue = [...mine, ...groups].filter(({ item }) => item.overdue).length;
  return { mine: mine.length, groups: groups.length, overdue: Math.min(overdue, mostCounted) };
}

/** The page as far as it was read for counting: with one item more when there are more. */
function firstPageOf(lists: Lists, { view, cursor, search, processKey }: TaskListQuery, limit: number) {
  if (view === 'overdue' || cursor !== undefined || search?.trim() || processKey) return undefined;
  const list = lists[view];
  return list.length < mostCounted || limit < mostCounted ? list : undefined;
}

function pageOf(scan: Scan, query: TaskListQuery, limit: number): Promise<readonly Found[]> {
  return take(eligibleTasks(scan, filterOf(query, scan.now), parseCursor(query.cursor, taskPlace)), limit + 1);
}

async function take<T>(all: AsyncIterable<T>, most: number): Promise<readonly T[]> {
  const taken: T[] = [];
  for await (const one of all) {
    taken.push(one);
    if (taken.length >= most) break;
  }
  return taken;
}

async function* eligibleTasks(scan: Scan, filter: TaskFilter, start: TaskPlace | undefined): AsyncGenerator<Found> {
  for (let after = start; ; ) {
    const rows = await selectOpenTasks(scan.tx, filter, { after, limit: batch });
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
