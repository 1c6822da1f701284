import type { Node, Trigger } from '../model.ts';
import { cancelTransaction, compensate } from './compensation.ts';
import type { Game } from './game.ts';
import { linkTargets } from './joins.ts';
import { cancelContent, startOf, stopListening } from './scopes.ts';
import type { Scope, Token } from './state.ts';

/**
 * What a throwing event does, one definition after the other. It is complete once it has thrown, even where that stops its own token; only
 * compensation makes it wait.
 */
export function performThrows(game: Game, token: Token): void {
  const { node } = token;
  const waits = node.triggers.some(({ kind }) => kind === 'compensate' || kind === 'cancel');
  if (node.triggers.length > 0 && !node.triggers.some(({ kind }) => kind === 'compensate'))
    game.trace.push(`. ${node.id}`);
  for (const trigger of inOrder(node.triggers)) if (token.alive) perform(game, token, trigger);
  if (!token.alive || waits) return;
  if (node.triggers.length === 0) game.complete(token);
  else game.leave(token);
}

/** What its token survives is thrown first, what ends it last. */
function inOrder(triggers: readonly Trigger[]): readonly Trigger[] {
  const survives = ({ kind }: Trigger) => kind === 'message' || kind === 'signal' || kind === 'escalation';
  return triggers.toSorted((a, b) => Number(survives(b)) - Number(survives(a)));
}

function perform(game: Game, token: Token, trigger: Trigger): void {
  if (trigger.kind === 'error') raiseError(game, token, trigger.code, false);
  else if (trigger.kind === 'escalation') escalate(game, token, trigger.code);
  else if (trigger.kind === 'signal') signal(game, trigger.name);
  else if (trigger.kind === 'terminate') terminate(game, token);
  else if (trigger.kind === 'link') follow(game, token);
  else if (trigger.kind === 'compensate') compensate(game, token, trigger.activity);
  else if (trigger.kind === 'cancel') cancelTransaction(game, token);
}

function follow(game: Game, token: Token): void {
  const [target] = linkTargets(token.scope.container, token.node);
  const { scope } = token;
  game.end(token);
  if (target) game.place(scope, target);
}

/** Ends its own scope, which then completes normally (13.5.6). */
function terminate(game: Game, { scope }: Token): void {
  scope.outcome = 'terminated';
  cancelContent(game, scope);
  stopListening(game, scope);
}

/** Reaches everyone who waits for it before its thrower goes on. */
export function signal(game: Game, name: string): void {
  for (const wait of game.waits.filter((one) => one.kind === 'signal' && one.name === name))
    if (game.waits.includes(wait)) game.fire(wait);
}

type Catcher = { readonly scope: Scope; readonly handler: Node } | { readonly host: Token; readonly boundary: Node };

/** Raises an error at a token: the innermost catcher takes over; nobody's error ends the case, or stops it when it came from outside. */
export function raiseError(game: Game, token: Token, code: string | undefined, fromOutside: boolean): void {
  const catcher = catcherFrom(token, 'error', code, fromOutside);
  if (catcher) take(game, catcher);
  else if (fromOutside) game.stuck(token, 'uncaught-error');
  else endByError(game, token);
}

function endByError(game: Game, token: Token): void {
  cancelContent(game, rootOf(token.scope));
  game.outcome = 'error';
}

/** Raises an escalation; without a catcher nothing happens. */
export function escalate(
  game: Game,
  token: Token,
  code: string | undefined,
  from: 'outward' | 'own boundary first' = 'outward',
): void {
  const catcher = catcherFrom(token, 'escalation', code, from === 'own boundary first');
  if (catcher) take(game, catcher);
}

function take(game: Game, catcher: Catcher): void {
  if ('boundary' in catcher) game.passBoundary(catcher.host, catcher.boundary);
  else game.openHandler(catcher.scope, catcher.handler);
}

function rootOf(scope: Scope): Scope {
  return scope.parent ? rootOf(scope.parent) : scope;
}

/** From the inside outward: in each scope its event sub-processes, then the boundary of its activity; a code before a catch-all. */
function catcherFrom(
  token: Token,
  kind: 'error' | 'escalation',
  code: string | undefined,
  own: boolean,
): Catcher | undefined {
  if (own) {
    const boundary = matching(token.node.boundaries, kind, code, (node) => node);
    if (boundary) return { host: token, boundary };
  }
  let from: Node | undefined;
  for (let scope: Scope | undefined = token.scope; scope; scope = scope.parent) {
    const handlers = scope.container.handlers.filter((handler) => handler !== from);
    const handler = matching(handlers, kind, code, startOf);
    if (handler) return { scope, handler };
    const boundary = scope.host && matching(scope.host.node.boundaries, kind, code, (node) => node);
    if (scope.host && boundary) return { host: scope.host, boundary };
    from = scope.handler;
  }
  return undefined;
}

function matching(
  nodes: readonly Node[],
  kind: 'error' | 'escalation',
  code: string | undefined,
  eventOf: (node: Node) => Node,
): Node | undefined {
  const catches = (wanted: string | undefined) =>
    nodes.find((node) => eventOf(node).triggers.some((trigger) => trigger.kind === kind && trigger.code === wanted));
  return (code === undefined ? undefined : catches(code)) ?? catches(undefined);
}
