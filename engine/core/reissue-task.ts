import { inputsOf } from './acts.ts';
import { raiseAt } from './incidents.ts';
import { openTask } from './open-work.ts';
import { emit, found, nodeOf, numbersOf, type Outcome, type Run } from './run.ts';
import { writeToken } from './variables.ts';
import { closeWaits } from './waits.ts';

/** Closes a token's open task and opens it as its node has it now. Who had claimed it has it still; where that cannot be, a person is asked. */
export function reissueTask(run: Run, token: number): void {
  const n = numbersOf(run.draft.tasks).find((task) => run.draft.tasks[task]?.token === token);
  const open = n === undefined ? undefined : run.draft.tasks[n];
  if (n === undefined || !open) return;
  emit(run, { type: 'TaskClosed', n, outcome: 'cancelled' });
  const opened = openAgain(run, token);
  if (!opened.ok) {
    closeWaits(run, token);
    emit(run, { type: 'TokenPhased', n: token, phase: 'arrived' });
    raiseAt(run, token, opened.stuck);
    return;
  }
  const { assignee } = open.task;
  if (assignee !== undefined && run.draft.tasks[opened.value]?.task.assignee === undefined)
    emit(run, { type: 'TaskClaimed', n: opened.value, by: assignee });
}

function openAgain(run: Run, token: number): Outcome<number> {
  const node = nodeOf(run, token);
  const inputs = inputsOf(run, token, node);
  if (!inputs.ok) return inputs;
  writeToken(run, token, inputs.value);
  const opened = node.body.kind === 'task' ? openTask(run, token, node, node.body.task) : found(undefined);
  return opened.ok ? found(run.counter) : opened;
}
