import type { Container, Node } from '../model.ts';
import type { Game } from './game.ts';
import { cancelContent, startOf, stopListening } from './scopes.ts';
import { Scope, type Token, type Undoable, type Undoing, type Variables } from './state.ts';

/** Keeps what a completed activity did, so that it can be undone (10.7). A sub-process keeps what was done inside it. */
export function recordCompletion(token: Token): void {
  const { inside } = token;
  const handler = handlerOf(token);
  if (handler || (inside && canBeUndone(inside))) keep(token, handler, inside);
}

/** A repeated activity is undone instance by instance: what one did counts as done even where the activity is stopped before it is complete. */
export function recordInstance(token: Token, instance: Scope): void {
  const handler = handlerOf(token);
  if (handler || canBeUndone(instance)) keep(token, handler, instance, instance.variables);
}

/** What an event sub-process did is undone with the scope it belongs to. */
export function recordHandler(finished: Scope): void {
  const { handler, parent: scope } = finished;
  if (handler && scope && canBeUndone(finished))
    scope.done.push({ node: handler, locals: new Map(), inside: contentOf(finished) });
}

function handlerOf({ node, scope }: Token): Node | undefined {
  return node.undoneBy === undefined ? undefined : scope.container.nodes.get(node.undoneBy);
}

function canBeUndone({ done, container }: Scope): boolean {
  return done.length > 0 || undoingHandler(container) !== undefined;
}

function keep(
  { node, scope, locals: own }: Token,
  handler: Node | undefined,
  inside: Scope | undefined,
  locals: Variables = own,
): void {
  scope.done.push({ node, locals, ...(handler ? { handler } : {}), ...(inside ? { inside: contentOf(inside) } : {}) });
}

function contentOf({ container, variables, done, isolated }: Scope): NonNullable<Undoable['inside']> {
  return { container, variables: new Map(variables), done, isolated };
}

/** The event sub-process that undoes a sub-process. */
function undoingHandler(container: Container): Node | undefined {
  return container.handlers.find((handler) => startOf(handler).triggers.some(({ kind }) => kind === 'compensate'));
}

/** Undoes completed activities of the thrower's scope, the last first and one after the other; the thrower waits. */
export function compensate(game: Game, token: Token, activity: string | undefined): void {
  const scope = compensatedScope(token.scope);
  undoAll(token, scope, activity);
  undoNext(game, token);
}

/** What an event sub-process compensates is what was done in the scope it belongs to. */
function compensatedScope(scope: Scope): Scope {
  return scope.handler && scope.parent ? scope.parent : scope;
}

function undoAll(token: Token, scope: Scope, activity: string | undefined): void {
  const chosen = scope.done.filter(({ node }) => activity === undefined || node.id === activity);
  scope.done = scope.done.filter((one) => !chosen.includes(one));
  token.pending = [...undoingsIn(scope, chosen)];
}

/** The next thing to undo; when there is none and nothing is being undone, the thrower goes on. */
export function undoNext(game: Game, thrower: Token): void {
  const next = thrower.pending.shift();
  if (next?.what.handler) runHandler(game, thrower, next.scope, next.what.handler, next.what.locals);
  else if (next) reopen(game, thrower, next.scope, next.what);
  else if (!isUndoing(game, thrower)) finished(game, thrower);
}

function isUndoing({ scopes, tokens }: Game, thrower: Token): boolean {
  return [...scopes, ...tokens].some(({ compensates }) => compensates === thrower);
}

/** A handler has the inputs its activity had. */
function runHandler(game: Game, thrower: Token, scope: Scope, handler: Node, locals: Variables): void {
  const token = game.place(scope, handler);
  token.locals = new Map(locals);
  token.compensates = thrower;
}

/** A completed sub-process is undone by its own event sub-process, or by what undoes the activities in it. */
function reopen(game: Game, thrower: Token, parent: Scope, { inside }: Undoable): void {
  if (!inside) throw new Error('Expected something to undo');
  const { container, variables, done, isolated } = inside;
  const scope = new Scope(container, game.nextScope(), { parent, isolated, compensates: thrower });
  for (const [name, value] of variables) scope.variables.set(name, value);
  game.scopes.push(scope);
  scope.done = [...done];
  const handler = undoingHandler(container);
  if (handler?.inner) {
    game.openScope(handler.inner, { parent: scope, handler });
  } else {
    thrower.pending.unshift(...undoingsIn(scope, scope.done));
    scope.done = [];
    undoNext(game, thrower);
  }
}

/** What was done last is undone first. */
function undoingsIn(scope: Scope, done: readonly Undoable[]): readonly Undoing[] {
  return done.toReversed().map((what) => ({ scope, what }));
}

function finished(game: Game, thrower: Token): void {
  if (thrower.cancels) leaveTransaction(game, thrower);
  else game.complete(thrower);
}

/** Cancel end event: what runs in the transaction stops, what was done is undone, then it is left by its cancel event (13.5.5). */
export function cancelTransaction(game: Game, token: Token): void {
  const { scope } = token;
  cancelContent(game, scope, token);
  stopListening(game, scope);
  token.cancels = true;
  undoAll(token, scope, undefined);
  undoNext(game, token);
}

function leaveTransaction(game: Game, token: Token): void {
  const left = cancelledBy(token.scope.host);
  if (left) game.passBoundary(left.host, left.boundary);
  else game.end(token);
}

/** The events of a repeated transaction belong to all its instances. */
function cancelledBy(host: Token | undefined): { readonly host: Token; readonly boundary: Node } | undefined {
  const boundary = host?.node.boundaries.find(({ triggers }) => triggers.some(({ kind }) => kind === 'cancel'));
  return host && (boundary ? { host, boundary } : cancelledBy(host.scope.host));
}
