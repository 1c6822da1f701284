import { type Container, type Node, nodeOf } from '../model.ts';
import { isOpenForActivities } from './ad-hoc.ts';
import type { Game } from './game.ts';
import { Scope, type Token, type Variables } from './state.ts';

export type Opening = {
  readonly host?: Token;
  readonly parent?: Scope;
  readonly isolated?: boolean;
  readonly handler?: Node;
  readonly compensates?: Token;
  readonly variables?: Variables;
  readonly startAt?: string;
  /** What the event that opened it brought. */
  readonly payload?: Variables;
};

/** Opens a scope: its event sub-processes listen before its first token is there (13.5.4). */
export function openScope(game: Game, container: Container, opening: Opening): Scope {
  const scope = new Scope(container, game.nextScope(), opening);
  if (container.kind !== 'process') for (const name of container.data) scope.variables.set(name, null);
  for (const [name, value] of opening.variables ?? []) scope.variables.set(name, value);
  if (!scope.parent) game.variables = scope.variables;
  game.scopes.push(scope);
  for (const handler of container.handlers) {
    const start = startOf(handler);
    if (!game.arm({ node: start, scope, token: undefined })) return scope;
  }
  if (opening.startAt) startBy(game, scope, nodeOf(container, opening.startAt));
  else for (const start of startsOf(container)) game.place(scope, start, opening.payload);
  return scope;
}

/** An event has started the case; of those behind a parallel event-based gateway the others are waited for from now on (10.6.6). */
function startBy(game: Game, scope: Scope, start: Node): void {
  const nodes = [...scope.container.nodes.values()];
  const gateway = nodes.find(({ id, startsTogether }) => startsTogether && start.incoming[0]?.source === id);
  const targets = gateway?.outgoing.map(({ target }) => target) ?? [];
  game.place(scope, start, new Map());
  for (const target of targets) if (target !== start.id) game.place(scope, nodeOf(scope.container, target));
}

/** The start event of an event sub-process. */
export function startOf(handler: Node): Node {
  const start = [...(handler.inner?.nodes.values() ?? [])].find(({ type }) => type === 'startEvent');
  if (!start) throw new Error(`Expected a start event in ${handler.id}`);
  return start;
}

/** Where a scope begins: its start events, or every node nothing leads to (10.3.1). */
function startsOf(container: Container): readonly Node[] {
  const nodes = [...container.nodes.values()];
  if (container.kind === 'adHocSubProcess') return [];
  if (container.kind === 'eventSubProcess') return nodes.filter(({ type }) => type === 'startEvent');
  const starts = nodes.filter(({ type, triggers }) => type === 'startEvent' && triggers.length === 0);
  return starts.length > 0 ? starts : nodes.filter(isImplicitStart);
}

function isImplicitStart({ incoming, attachedTo, isHandler, inner, triggers, type }: Node): boolean {
  if (incoming.length > 0 || attachedTo || isHandler || inner?.kind === 'eventSubProcess') return false;
  return type !== 'startEvent' && !(type === 'intermediateCatchEvent' && triggers[0]?.kind === 'link');
}

/** A scope without tokens and without running handlers is complete. */
export function completeOneScope(game: Game): boolean {
  const empty = game.scopes.find(
    (scope) =>
      !isStillUndone(scope) &&
      !isOpenForActivities(scope) &&
      game.tokensIn(scope).length === 0 &&
      game.childrenOf(scope).length === 0,
  );
  if (!empty) return false;
  closeScope(game, empty);
  return true;
}

/** Opened again for compensation, with something left in it to undo. */
function isStillUndone(scope: Scope): boolean {
  return scope.compensates?.pending.some((one) => one.scope === scope) ?? false;
}

/** Closes a scope; its host goes on. */
export function closeScope(game: Game, scope: Scope): void {
  forget(game, scope);
  const { host, parent } = scope;
  game.recordHandler(scope);
  if (scope.compensates) game.undoNext(scope.compensates);
  else if (host) returnTo(game, host, scope);
  else if (!parent) game.outcome ??= scope.outcome;
}

function returnTo(game: Game, host: Token, scope: Scope): void {
  if (host.progress) {
    game.advanceRepeat(host, scope);
  } else {
    host.inside = scope;
    const isBrought = (scope.isolated && host.node.bringsAll) || host.node.outputs.length > 0;
    game.finish(host, isBrought ? scope.variables : undefined);
  }
}

/** Removes a scope with all that is in it. */
export function cancelScope(game: Game, scope: Scope): void {
  cancelContent(game, scope);
  forget(game, scope);
}

/** Removes what is in a scope, the scope stays. */
export function cancelContent(game: Game, scope: Scope, except?: Token): void {
  for (const child of game.childrenOf(scope)) cancelScope(game, child);
  for (const token of game.tokensIn(scope)) if (token !== except) game.end(token);
}

/** Something has taken over in a scope, or ended it: its event sub-processes are triggered no more. */
export function stopListening(game: Game, scope: Scope): void {
  scope.interrupted = true;
  game.dropWaits((wait) => wait.scope === scope && wait.token === undefined);
}

/** Takes a scope away. */
export function forget(game: Game, scope: Scope): void {
  scope.open = false;
  game.dropWaits((wait) => wait.scope === scope);
  game.scopes.splice(game.scopes.indexOf(scope), 1);
}
