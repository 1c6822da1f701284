import { and, eq } from 'drizzle-orm';
import type { ReadModels, TaskDetail } from '../read-models.ts';
import { cases } from '../schema/cases.ts';
import { tasks } from '../schema/tasks.ts';
import { isUuid } from './find-cases.ts';
import { recordOf, toItem } from './list-tasks.ts';
import { present, type ReadContext } from './read-context.ts';

/** A task, open or closed, with its case's header. Whether somebody may see it is the engine's to say. */
export async function getTask(
  { database, clock }: ReadContext,
  { tenantId, caseId, taskId }: Parameters<ReadModels['getTask']>[0],
): Promise<TaskDetail | undefined> {
  if (!isUuid(caseId)) return undefined;
  const [row] = await database.inTenant(tenantId, (tx) =>
    tx
      .select({ task: tasks, case: cases })
      .from(tasks)
      .innerJoin(cases, and(eq(cases.tenantId, tasks.tenantId), eq(cases.caseId, tasks.caseId)))
      .where(and(eq(tasks.tenantId, tenantId), eq(tasks.caseId, caseId), eq(tasks.taskId, taskId))),
  );
  if (!row) return undefined;
  const { status, closedAt, closedBy } = row.task;
  return {
    ...toItem(row, recordOf(row.task), clock.now()),
    status,
    version: row.case.definitionVersion,
    ...present('closedAt', closedAt),
    ...present('closedBy', closedBy),
  };
}
