import { awaitsActivities } from './ad-hoc.ts';
import { dataOf, isStillUndone, recordCompensation } from './compensation.ts';
import { raise } from './incidents.ts';
import { finishInstance } from './repeat.ts';
import { definitionOf, emit, nodeOf, numbersOf, type Run, scopeOf } from './run.ts';
import type { ScopeState } from './state.ts';
import { closeScopeWaits } from './waits.ts';

/** Completes the oldest scope that has nothing left in it. One whose completion a person must look at stays. */
export function finishOneScope(run: Run): boolean {
  const { scopes, tokens, incidents } = run.draft;
  const inUse = new Set<number>();
  for (const token of Object.values(tokens)) inUse.add(token.scope);
  for (const scope of Object.values(scopes)) if (scope.parent !== undefined) inUse.add(scope.parent);
  for (const { token, scope, node } of Object.values(incidents))
    if (token === undefined && node === definitionOf(run, scope).elementId) inUse.add(scope);
  const done = numbersOf(scopes).find((n) => !inUse.has(n) && !isStillUndone(run, n) && !awaitsActivities(run, n));
  if (done === undefined) return false;
  finishScope(run, done);
  return true;
}

function finishScope(run: Run, n: number): void {
  const scope = scopeOf(run, n);
  closeScopeWaits(run, n);
  if (scope.instance !== undefined) finishOneInstance(run, n);
  else if (scope.compensates !== undefined) closeUndone(run, n, scope.compensates);
  else if (scope.parent === undefined) endCase(run, n, scope);
  else if (scope.host !== undefined) finishHosted(run, n, scope, scope.parent, scope.host);
  else finishEventScope(run, n, scope, scope.parent);
}

function finishOneInstance(run: Run, n: number): void {
  const finished = finishInstance(run, n);
  if (!finished.ok && run.draft.scopes[n])
    raise(run, { scope: n, node: definitionOf(run, n).elementId }, finished.stuck);
}

function closeUndone(run: Run, n: number, thrower: number): void {
  emit(run, { n, outcome: 'completed', type: 'ScopeClosed' });
  if (run.draft.tokens[thrower]) run.queue.push({ kind: 'undo', token: thrower });
}

function endCase(run: Run, n: number, scope: ScopeState): void {
  const terminated = scope.outcome === 'terminated';
  emit(run, { n, outcome: terminated ? 'terminated' : 'completed', type: 'ScopeClosed' });
  emit(run, { outcome: terminated ? 'terminated' : 'completed', type: 'CaseEnded' });
}

/** A sub-process or called process: its host goes on with the variables it ended with. */
function finishHosted(run: Run, n: number, scope: ScopeState, parent: number, host: number): void {
  const node = nodeOf(run, host);
  emit(run, { n, outcome: scope.outcome === 'terminated' ? 'terminated' : 'completed', type: 'ScopeClosed' });
  if (node.compensatedBy === undefined) rememberScope(run, scope, parent, node.id);
  run.queue.push({ kind: 'complete', token: host, output: scope.variables });
}

function finishEventScope(run: Run, n: number, scope: ScopeState, parent: number): void {
  emit(run, { n, outcome: 'completed', type: 'ScopeClosed' });
  rememberScope(run, scope, parent, run.definition.scopes[scope.definition]?.elementId ?? scope.definition);
}

/** What was completed inside moves outward, so that the scope around can still undo it. */
function rememberScope(run: Run, scope: ScopeState, parent: number, node: string): void {
  const handler = run.definition.scopes[scope.definition]?.eventScopes.find(
    ({ trigger }) => trigger.kind === 'compensation',
  );
  const { compensations = [] } = scope;
  if (!handler && compensations.length === 0) return;
  recordCompensation(run, parent, {
    node,
    scope: scope.definition,
    processId: scope.processId,
    ...(handler ? { eventScope: handler.start } : {}),
    variables: dataOf(run, scope),
    records: compensations,
  });
}
