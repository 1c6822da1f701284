import type { Node } from '../model.ts';
import { isActivity } from './activities.ts';
import type { Game } from './game.ts';
import { cancelContent, stopListening } from './scopes.ts';
import type { Scope, Token } from './state.ts';
import { lookupFrom } from './variables.ts';

/** Whether people may still say what is done in an ad-hoc sub-process (13.3.5). */
export function isOpenForActivities({ container, interrupted, compensates }: Scope): boolean {
  return container.kind === 'adHocSubProcess' && !interrupted && compensates === undefined;
}

/** What may be done in it: the activities no flow leads to; nothing while another is under way in a sequential one. */
export function enterable(game: Game, scope: Scope): readonly Node[] {
  if (!isOpenForActivities(scope) || (scope.container.sequential && isBusy(game, scope))) return [];
  const { nodes } = scope.container;
  return [...nodes.values()].filter(
    (node) =>
      isActivity(node) && node.incoming.length === 0 && !node.isHandler && node.inner?.kind !== 'eventSubProcess',
  );
}

/** Whether something is under way in it. */
export function isBusy(game: Game, scope: Scope): boolean {
  return game.tokensIn(scope).length > 0;
}

/** After each activity the completion condition is asked. Gives whether the token was stopped with all the rest. */
export function endsAdHoc(game: Game, token: Token): boolean {
  const { scope } = token;
  const { completionCondition, cancelRemaining } = scope.container;
  if (!isOpenForActivities(scope) || completionCondition === undefined) return false;
  if (game.judge.holds(completionCondition, lookupFrom(scope)) !== true) return false;
  scope.interrupted = true;
  if (!cancelRemaining) return false;
  cancelContent(game, scope);
  stopListening(game, scope);
  return true;
}
