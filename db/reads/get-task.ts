import type { Clock } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import type { TaskDetail } from '../read-models.ts';
import { toTaskItem } from './list-tasks.ts';
import { selectTask } from './task-rows.ts';

/** One task with its case's header, open or closed; whether the person may see it is `Engine.mayWorkOn`'s to say. */
export async function getTask(
  parts: { readonly database: Database; readonly clock: Clock },
  query: { tenantId: string; caseId: string; taskId: string },
): Promise<TaskDetail | undefined> {
  const { tenantId, caseId, taskId } = query;
  if (!isUuid(caseId)) return undefined;
  const [row] = await parts.database.inTenant(tenantId, (tx) => selectTask(tx, tenantId, caseId, taskId));
  if (!row) return undefined;
  const { status, closedAt, closedBy, version } = row;
  return {
    ...toTaskItem(row, parts.clock.now()),
    ...{ status, version },
    ...(closedAt !== null && { closedAt }),
    ...(closedBy !== null && { closedBy }),
  };
}

/** Whether the text may be a case id; anything else in a link names no case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
