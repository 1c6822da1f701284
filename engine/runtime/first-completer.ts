import type { Rejection, Result } from '../core/rejection.ts';
import { numberOfId } from '../core/run.ts';
import { isCaseEvent } from '../replay/case-event.ts';
import type { SealedEntry } from '../replay/history-entry.ts';
import type { EngineContext } from './engine-context.ts';

/** A task named by its case. */
type TaskName = { readonly tenantId: string; readonly caseId: string; readonly taskId: string };

/**
 * Tells who came late for a task by whom it was completed. The case itself forgets finished tasks, so it is looked up in the history, and only
 * when there is no open task of that id. Any other answer stays as it is.
 */
export async function tellWhoWasFirst<T>(
  { stores }: EngineContext,
  { tenantId, caseId, taskId }: TaskName,
  answer: Result<T>,
): Promise<Result<T>> {
  if (answer.ok || !meansGone(answer.rejection)) return answer;
  const n = numberOfId(caseId, taskId);
  const by = n === undefined ? undefined : completerOf(await stores.cases.entries({ tenantId, caseId }), n);
  if (by === undefined) return answer;
  const message = `Expected an open task, but ${by} has completed it`;
  return { ok: false, rejection: { code: 'task-already-completed', message, params: { by } } };
}

function meansGone({ code }: Rejection): boolean {
  return code === 'task-not-found' || code === 'case-ended';
}

function completerOf(entries: readonly SealedEntry[], n: number): string | undefined {
  for (const event of entries.flatMap(({ header }) => header.events))
    if (isCaseEvent(event) && event.type === 'TaskClosed' && event.n === n && event.outcome === 'completed')
      return event.by;
  return undefined;
}
