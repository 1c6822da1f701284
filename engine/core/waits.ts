import { emit, type Run } from './run.ts';
import type { Numbered, WaitOwner } from './state.ts';

/** Closes everything recorded as open for a token: what its node opened, its boundary events, its incidents. */
export function closeWaits(run: Run, token: number): void {
  closeWaitsWhere(run, (owner) => owner.token === token);
}

/** Closes the subscriptions of a scope's event sub-processes. */
export function closeScopeWaits(run: Run, scope: number): void {
  closeWaitsWhere(run, (owner) => owner.token === undefined && owner.scope === scope);
}

/** Closes what one place waits for. */
export function closeWaitsWhere(run: Run, which: (owner: WaitOwner) => boolean): void {
  const { draft } = run;
  const chosen = (table: Numbered<WaitOwner>) => {
    const numbers: number[] = [];
    for (const [n, owner] of Object.entries(table)) if (which(owner)) numbers.push(Number(n));
    return numbers;
  };
  for (const n of chosen(draft.tasks)) emit(run, { n, outcome: 'cancelled', type: 'TaskClosed' });
  for (const n of chosen(draft.timers)) emit(run, { how: 'cancelled', n, type: 'TimerClosed' });
  for (const n of chosen(draft.subscriptions)) emit(run, { n, type: 'Unsubscribed' });
  for (const n of chosen(draft.jobs)) emit(run, { how: 'cancelled', n, type: 'JobClosed' });
  for (const n of chosen(draft.conditions)) emit(run, { n, type: 'ConditionClosed' });
  for (const n of chosen(draft.incidents)) emit(run, { how: 'cancelled', n, type: 'IncidentResolved' });
}

/** Whether a place still waits for something. */
export function isWaiting(run: Run, { scope, token, node }: WaitOwner): boolean {
  const { timers, subscriptions, conditions } = run.draft;
  const waits: WaitOwner[] = [...Object.values(timers), ...Object.values(subscriptions), ...Object.values(conditions)];
  return waits.some((wait) => wait.node === node && wait.scope === scope && wait.token === token);
}
