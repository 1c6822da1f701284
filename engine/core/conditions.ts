import { conditionOf, contextIn, contextOf, namesReadBy } from './expression.ts';
import { emit, numbersOf, type Run } from './run.ts';
import type { OpenCondition } from './state.ts';
import { fire, staysOpen } from './triggers.ts';

/**
 * Asks the conditional events whose variables were written. One fires when its condition becomes true; one that goes on waiting fires again
 * only after it was false in between.
 */
export function askConditions(run: Run): void {
  if (run.written.size === 0) return;
  const written = new Set(run.written);
  run.written.clear();
  for (const n of numbersOf(run.draft.conditions)) {
    const open = run.draft.conditions[n];
    if (open) askCondition(run, n, open, written);
  }
}

function askCondition(run: Run, n: number, open: OpenCondition, written: ReadonlySet<string>): void {
  const { last, feel, ...owner } = open;
  if (!namesReadBy(run, feel).some((name) => written.has(name))) return;
  const token = owner.token === undefined ? undefined : run.draft.tokens[owner.token];
  const holds = conditionOf(run, feel, token ? contextOf(run, token) : contextIn(run, owner.scope));
  const now = holds.ok && holds.value;
  if (now === last) return;
  if (now && !staysOpen(run, owner)) emit(run, { type: 'ConditionClosed', n });
  else emit(run, { type: 'ConditionAsked', n, last: now });
  if (now) fire(run, owner, {});
}
