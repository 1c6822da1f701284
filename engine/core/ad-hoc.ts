import { conditionOf, contextIn } from './expression.ts';
import { definitionOf, emit, found, type Outcome, type Run, scopeOf, tokenOf } from './run.ts';
import { cancelContent } from './scopes.ts';
import { endToken } from './tokens.ts';
import { closeScopeWaits } from './waits.ts';

/**
 * After each activity of an ad-hoc sub-process its condition is asked (BPMN 2.0.2, 13.3.5). Once it holds nothing new may be entered; what is
 * under way is stopped, or ends by itself. True when the token that asked was stopped with it.
 */
export function endsAdHoc(run: Run, token: number): Outcome<boolean> {
  const { scope, node, compensates } = tokenOf(run, token);
  const { adHoc } = definitionOf(run, scope);
  const feel = adHoc?.askedAfter.includes(node) ? adHoc.completionCondition : undefined;
  if (!adHoc || feel === undefined || compensates !== undefined) return found(false);
  if (scopeOf(run, scope).phase !== 'active') return found(false);
  const holds = conditionOf(run, feel, contextIn(run, scope));
  if (!holds.ok || !holds.value) return holds;
  emit(run, { type: 'ScopePhased', n: scope, phase: 'interrupted' });
  if (!adHoc.cancelsRemaining) return found(false);
  cancelContent(run, scope, token);
  closeScopeWaits(run, scope);
  endToken(run, token, 'consumed');
  return found(true);
}

/** Whether an ad-hoc sub-process waits for activities to be entered, though nothing is under way in it. */
export function awaitsActivities(run: Run, scope: number): boolean {
  return definitionOf(run, scope).adHoc !== undefined && scopeOf(run, scope).phase === 'active';
}
