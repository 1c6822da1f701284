import { emit, numbersOf, type Run } from './run.ts';
import type { WaitOwner } from './state.ts';

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
  const chosen = (table: { readonly [n: string]: WaitOwner }) =>
    numbersOf(table).filter((n) => {
      const owner = table[n];
      return owner !== undefined && which(owner);
    });
  for (const n of chosen(draft.tasks)) emit(run, { type: 'TaskClosed', n, outcome: 'cancelled' });
  for (const n of chosen(draft.timers)) emit(run, { type: 'TimerClosed', n, how: 'cancelled' });
  for (const n of chosen(draft.subscriptions)) emit(run, { type: 'Unsubscribed', n });
  for (const n of chosen(draft.jobs)) emit(run, { type: 'JobClosed', n, how: 'cancelled' });
  for (const n of chosen(draft.conditions)) emit(run, { type: 'ConditionClosed', n });
  for (const n of chosen(draft.incidents)) emit(run, { type: 'IncidentResolved', n, how: 'cancelled' });
}

/** Whether a place still waits for something. */
export function isWaiting(run: Run, { scope, token, node }: WaitOwner): boolean {
  const { timers, subscriptions, conditions } = run.draft;
  const waits: WaitOwner[] = [...Object.values(timers), ...Object.values(subscriptions), ...Object.values(conditions)];
  return waits.some((wait) => wait.node === node && wait.scope === scope && wait.token === token);
}
