import type { EventScope } from '../ir/kernel.ts';
import { arm } from './arm.ts';
import { contextIn } from './expression.ts';
import { raise } from './incidents.ts';
import type { JsonObject } from './json.ts';
import { definitionOf, emit, nextNumber, numbersOf, type Run, scopeDefinition, scopeOf } from './run.ts';
import type { ScopeState } from './state.ts';
import { endToken, placeToken } from './tokens.ts';
import { closeScopeWaits } from './waits.ts';

/** What a new scope is, beyond its definition. */
export type Opening = Partial<Omit<ScopeState, 'definition' | 'processId' | 'phase' | 'compensations'>>;

/** Opens a scope: the subscriptions of its event sub-processes first, then its first tokens. Gives the scope's number. */
export function openScope(run: Run, definitionId: string, opening: Opening, starts?: readonly string[]): number {
  const n = recordScope(run, definitionId, opening, 'active');
  const { eventScopes, starts: own } = scopeDefinition(run, definitionId);
  for (const eventScope of eventScopes) armEventScope(run, n, eventScope);
  if (run.draft.scopes[n]?.phase === 'active') for (const start of starts ?? own) placeToken(run, n, start);
  return n;
}

/** Records a scope without starting anything in it. */
export function recordScope(run: Run, definitionId: string, opening: Opening, phase: ScopeState['phase']): number {
  const n = nextNumber(run);
  const { processId, data = [] } = scopeDefinition(run, definitionId);
  const variables = { ...Object.fromEntries(data.map((name) => [name, null])), ...opening.variables };
  const scope = { definition: definitionId, phase, processId, ...opening, variables };
  emit(run, { n, scope, type: 'ScopeOpened' });
  return n;
}

/** Opens the subscription of an event sub-process. A condition that already holds starts it at once. */
export function armEventScope(run: Run, scope: number, eventScope: EventScope): void {
  if (run.draft.scopes[scope]?.phase !== 'active') return;
  const owner = { scope, node: eventScope.start };
  const armed = arm(run, owner, eventScope.trigger, contextIn(run, scope));
  if (!armed.ok) raise(run, owner, armed.stuck);
  else if (armed.value === 'holds') openEventScope(run, scope, eventScope, {});
}

/** Starts an event sub-process. An interrupting one stops everything else in its scope, and its end completes the scope normally. */
export function openEventScope(run: Run, scope: number, eventScope: EventScope, payload: JsonObject): void {
  const child = enterEventScope(run, scope, eventScope);
  if (run.draft.scopes[child]?.phase === 'active') placeToken(run, child, eventScope.start, { triggered: payload });
}

/** Opens an event sub-process without a token in it; what it interrupts is stopped. */
export function enterEventScope(run: Run, scope: number, eventScope: EventScope): number {
  if (eventScope.interrupting) {
    cancelContent(run, scope);
    closeScopeWaits(run, scope);
    emit(run, { type: 'ScopePhased', n: scope, phase: 'interrupted' });
  }
  const child = recordScope(
    run,
    eventScope.scope,
    { parent: scope, startedBy: eventScope.start, variables: {} },
    'active',
  );
  for (const inner of scopeDefinition(run, eventScope.scope).eventScopes) armEventScope(run, child, inner);
  return child;
}

/** Event sub-process of a scope by its start event. */
export function eventScopeOf(run: Run, scope: number, start: string): EventScope | undefined {
  return definitionOf(run, scope).eventScopes.find((one) => one.start === start);
}

/** Stops a token with everything under it. */
export function cancelToken(run: Run, n: number): void {
  closeHosted(run, n);
  if (run.draft.tokens[n]) endToken(run, n, 'cancelled');
}

/** Closes the child scopes of a token, and what it was undoing. */
export function closeHosted(run: Run, token: number): void {
  for (const scope of numbersOf(run.draft.scopes)) {
    const one = run.draft.scopes[scope];
    if (one?.host === token || one?.compensates === token) cancelScope(run, scope);
  }
  for (const n of numbersOf(run.draft.tokens)) if (run.draft.tokens[n]?.compensates === token) cancelToken(run, n);
}

/** Stops a scope with everything in it. */
export function cancelScope(run: Run, n: number, outcome: 'cancelled' | 'terminated' | 'error' = 'cancelled'): void {
  if (!run.draft.scopes[n]) return;
  cancelContent(run, n);
  closeScopeWaits(run, n);
  emit(run, { n, outcome, type: 'ScopeClosed' });
}

/** Stops the tokens of a scope and the scopes under it; the scope itself stays. */
export function cancelContent(run: Run, n: number, except?: number): void {
  for (const token of numbersOf(run.draft.tokens))
    if (token !== except && run.draft.tokens[token]?.scope === n) cancelToken(run, token);
  for (const scope of numbersOf(run.draft.scopes)) if (run.draft.scopes[scope]?.parent === n) cancelScope(run, scope);
}

/** The root scope of the case. */
export function rootScope(run: Run): number | undefined {
  return numbersOf(run.draft.scopes).find((n) => scopeOf(run, n).parent === undefined);
}
