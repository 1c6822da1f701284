import { checkEligibility } from '../check-eligibility.ts';
import type { Command } from '../command.ts';
import type { CaseEvent } from '../event.ts';
import { ruleOf } from '../open-tasks.ts';
import { recordActor } from '../record-actor.ts';
import type { Rejection } from '../rejection.ts';
import { calendarVersion, emit, numberOfId, type Run } from '../run.ts';
import type { OpenTask } from '../state.ts';
import { type Handler, reject } from './answer.ts';

type Found = { readonly n: number; readonly open: OpenTask };

/** Takes a task so that nobody else works on it. */
export const claimTask: Handler<'ClaimTask'> = (run, command) => {
  const found = findTask(run, command.taskId);
  if ('code' in found) return found;
  const { assignee } = found.open.task;
  if (assignee !== undefined && assignee !== command.by.id) return claimedBy(assignee);
  const verdict = checkEligibility(ruleOf(found.open.task), command.by, run.draft.actors, command);
  if (!verdict.ok) return verdict.rejection;
  accept(run, command);
  if (assignee === undefined)
    emit(run, { by: command.by.id, n: found.n, override: overrideOf(verdict, command), type: 'TaskClaimed' });
  return undefined;
};

/** Gives a task back to its group. */
export const releaseTask: Handler<'ReleaseTask'> = (run, command) => {
  const found = findTask(run, command.taskId);
  if ('code' in found) return found;
  const { assignee } = found.open.task;
  if (assignee !== undefined && assignee !== command.by.id) return claimedBy(assignee);
  accept(run, command);
  if (assignee !== undefined) emit(run, { type: 'TaskReleased', n: found.n });
  return undefined;
};

/** Completes a task. Its completer is on record before the output mappings are evaluated. */
export const completeTask: Handler<'CompleteTask'> = (run, command) => {
  const found = findTask(run, command.taskId);
  if ('code' in found) return found;
  const { n, open } = found;
  const { assignee } = open.task;
  if (assignee !== undefined && assignee !== command.by.id) return claimedBy(assignee);
  const verdict = checkEligibility(ruleOf(open.task), command.by, run.draft.actors, command);
  if (!verdict.ok) return verdict.rejection;
  accept(run, command);
  emit(run, {
    by: command.by.id,
    n,
    outcome: 'completed',
    override: overrideOf(verdict, command),
    type: 'TaskClosed',
    variables: command.variables,
  });
  recordActor(run, open.node, command.by.id);
  if (open.token !== undefined) run.queue.push({ kind: 'complete', token: open.token, output: command.variables });
  return undefined;
};

function overrideOf(
  verdict: { readonly overrideUsed: boolean },
  command: { readonly override?: { readonly reason: string } },
): string | undefined {
  return verdict.overrideUsed ? command.override?.reason : undefined;
}

function findTask({ draft }: Run, taskId: string): Found | Rejection {
  const n = numberOfId(draft.caseId, taskId);
  const open = n === undefined ? undefined : draft.tasks[n];
  if (n !== undefined && open) return { n, open };
  return reject('task-not-found', 'an open task', `there is no task ${taskId} in this case`, { task: taskId });
}

function claimedBy(by: string): Rejection {
  return reject('task-claimed-by-other', 'a task free to take', `${by} has taken it`, { by });
}

/** The first event of every command but the start. */
export function accept(run: Run, command: Command): void {
  const event: CaseEvent = { at: run.at, ...calendarVersion(command), command: command.type, type: 'CommandAccepted' };
  emit(run, event);
}
