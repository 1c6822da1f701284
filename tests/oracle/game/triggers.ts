import type { Node } from '../model.ts';
import type { Game } from './game.ts';
import { cancelContent, cancelScope, stopListening } from './scopes.ts';
import type { Scope, Token, Variables, Wait } from './state.ts';
import { waitAgain } from './waits.ts';

/** Something waited for has happened. */
export function fire(game: Game, wait: Wait, payload?: Variables): void {
  if (wait.node.parallelMultiple) {
    come(game, wait, payload);
  } else {
    if (!staysArmed(game, wait)) game.dropWaits((one) => one === wait);
    happen(game, wait, payload);
  }
}

/** One part of a parallel multiple event, each once a round: with the last the event happens, and may begin its next round. */
function come(game: Game, wait: Wait, payload: Variables | undefined): void {
  const { node, scope, token } = wait;
  game.dropWaits((one) => one === wait);
  if (game.waits.some((one) => one.node === node && one.token === token && one.scope === scope)) {
    if (payload) game.write(scope, payload);
    return;
  }
  if (!interrupts(wait) && (!token || node.attachedTo)) waitAgain(game, { node, scope, token });
  happen(game, wait, payload);
}

function interrupts({ node, token }: Wait): boolean {
  return node.interrupting && (node.attachedTo !== undefined || token === undefined);
}

function happen(game: Game, { node, scope, token }: Wait, payload: Variables | undefined): void {
  if (!token) openHandler(game, scope, handlerOf(scope, node), payload);
  else if (node.attachedTo) passBoundary(game, token, node, payload);
  else if (token.node.type === 'eventBasedGateway' && node !== token.node) win(game, token, node, payload);
  else {
    game.dropWaits((one) => one.token === token && one.node === node);
    game.finish(token, payload);
  }
}

/** Whoever does not interrupt can come again; a timer as often as its cycle says, each time anew. */
function staysArmed(game: Game, wait: Wait): boolean {
  const { node, kind } = wait;
  if (interrupts(wait) || (wait.token && !node.attachedTo)) return false;
  if (kind !== 'timer') return true;
  if (wait.every === undefined || !wait.remaining) return false;
  const next = { ...wait, due: (wait.due ?? 0) + wait.every, remaining: wait.remaining - 1 };
  game.waits.push(next);
  return false;
}

function handlerOf(scope: Scope, start: Node): Node {
  const handler = scope.container.handlers.find(({ inner }) => inner?.nodes.get(start.id) === start);
  if (!handler) throw new Error(`Expected an event sub-process for ${start.id}`);
  return handler;
}

/** The event took the token from the gateway: it goes there and straight on. */
function win(game: Game, token: Token, event: Node, payload: Variables | undefined): void {
  const flow = token.node.outgoing.find(({ target }) => target === event.id);
  if (!flow) throw new Error(`Expected a flow to ${event.id}`);
  game.dropWaits((wait) => wait.token === token);
  game.trace.push(`. ${token.node.id}`);
  game.trace.push(`- ${flow.id}`);
  token.node = event;
  token.flow = flow;
  game.finish(token, payload);
}

/** A boundary event: with or instead of the activity (13.5.3). */
export function passBoundary(game: Game, host: Token, boundary: Node, payload?: Variables): void {
  const { scope } = host;
  if (boundary.interrupting) interrupt(game, host);
  game.place(scope, boundary, payload);
}

/** Ends what a token was doing, and the token. */
export function interrupt(game: Game, token: Token): void {
  for (const scope of game.scopes.filter(({ host }) => host === token)) cancelScope(game, scope);
  game.end(token);
}

/** Runs an event sub-process in its scope; an interrupting one takes over from everything else there (13.5.4). */
export function openHandler(game: Game, scope: Scope, handler: Node, payload?: Variables): void {
  if (!handler.inner) return;
  const interrupting = [...handler.inner.nodes.values()].some(
    ({ type, interrupting }) => type === 'startEvent' && interrupting,
  );
  if (interrupting) {
    stopListening(game, scope);
    cancelContent(game, scope);
  }
  game.openScope(handler.inner, { parent: scope, handler, ...(payload ? { payload } : {}) });
}
