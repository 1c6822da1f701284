import { type Node, nodeOf } from '../model.ts';
import { recordCompletion } from './compensation.ts';
import type { Game } from './game.ts';
import { isJoin } from './joins.ts';
import type { Token, Variables, Wait } from './state.ts';
import { performThrows } from './throws.ts';
import { lookupFrom, mapped, visibleFrom } from './variables.ts';
import { waitFor } from './waits.ts';

/** A token has come to a node. */
export function enter(game: Game, token: Token): void {
  if (token.payload) happened(game, token, token.payload);
  else if (isJoin(token.node)) token.phase = 'joining';
  else begin(game, token);
}

/** An event brought the token here: there is nothing left to wait for. */
function happened(game: Game, token: Token, payload: Variables): void {
  token.payload = undefined;
  game.bring(token, payload);
  game.complete(token);
}

/** What the token came for begins: first what may interrupt it is armed, then the body runs (13.4.2). */
export function begin(game: Game, token: Token): void {
  token.phase = 'active';
  const { node, scope } = token;
  if (!node.repeat) token.locals = new Map([...token.locals, ...mapped(game, node.inputs, lookupFrom(scope, token))]);
  for (const boundary of node.boundaries) if (!game.arm({ node: boundary, scope, token })) return;
  if (node.repeat) game.beginRepeat(token);
  else run(game, token);
}

function run(game: Game, token: Token): void {
  const body = bodies[token.node.type] ?? game.complete;
  body(token, game);
}

/** What each type of node does; the others pass. */
const bodies: Readonly<Record<string, (token: Token, game: Game) => void>> = {
  userTask: (token, game) => wait(game, token, 'task'),
  serviceTask: job,
  sendTask: job,
  businessRuleTask: job,
  receiveTask: (token, game) => receive(game, token, token.node),
  scriptTask: runScript,
  intermediateCatchEvent: (token, game) => {
    const { node, scope } = token;
    if (node.triggers[0]?.kind === 'link') game.complete(token);
    else game.arm({ node, scope, token });
  },
  intermediateThrowEvent: (token, game) => performThrows(game, token),
  endEvent: (token, game) => performThrows(game, token),
  eventBasedGateway: race,
  subProcess: open,
  transaction: open,
  adHocSubProcess: open,
  callActivity: call,
};

function wait(game: Game, token: Token, kind: Wait['kind']): void {
  const { node, scope } = token;
  game.waits.push({ kind, node, scope, token });
}

function receive(game: Game, token: Token, node: Node): void {
  const wait = node.message && waitFor(game, node.message, { node, scope: token.scope, token });
  if (wait) game.waits.push(wait);
}

function job(token: Token, game: Game): void {
  if (token.node.hasJob) wait(game, token, 'job');
  else game.complete(token);
}

function open(token: Token, game: Game): void {
  const { node, scope, locals } = token;
  if (node.inner) game.openScope(node.inner, { host: token, parent: scope, variables: new Map(locals) });
}

function runScript(token: Token, game: Game): void {
  const { node, scope } = token;
  const { feel = 'null', variable } = node.script ?? {};
  const value = game.judge.value(feel, lookupFrom(scope, token));
  if (variable) game.write(scope, new Map([[variable, value]]));
  if (token.alive) game.complete(token);
}

/** Event-based gateway: whichever event behind it comes first takes the token (10.6.6). */
function race(token: Token, game: Game): void {
  const { scope, node } = token;
  for (const { target } of node.outgoing) {
    const event = nodeOf(scope.container, target);
    if (event.type === 'receiveTask') receive(game, token, event);
    else game.arm({ node: event, scope, token });
    if (!token.alive || token.phase !== 'active') return;
  }
}

function call(token: Token, game: Game): void {
  const { calls, passesAll } = token.node;
  const process = game.model.processes.get(calls ?? '');
  const variables = new Map([...(passesAll ? visibleFrom(token.scope) : []), ...token.locals]);
  if (process) game.openScope(process, { host: token, parent: token.scope, isolated: true, variables });
  else game.stuck(token, 'called-process-missing');
}

/** The body is done: its completion is recorded, what could interrupt it is closed, the token goes on. */
export function complete(game: Game, token: Token): void {
  game.trace.push(`. ${token.node.id}`);
  const { compensates: thrower } = token;
  if (thrower) {
    game.end(token);
    game.undoNext(thrower);
  } else {
    recordCompletion(token);
    game.dropWaits((wait) => wait.token === token);
    game.leave(token);
  }
}

/** Whether completing this is an activity that can be undone. */
export function isActivity({ type }: Node): boolean {
  return /(Task|SubProcess|^task|^subProcess|^transaction|^callActivity)$/.test(type);
}
