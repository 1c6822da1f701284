import type { Flow } from '../model.ts';
import { isActivity } from './activities.ts';
import { endsAdHoc } from './ad-hoc.ts';
import type { Game } from './game.ts';
import { Token } from './state.ts';
import { lookupFrom } from './variables.ts';

/** The token leaves by the flows its node gives it; without any it is consumed (13.2). */
export function leave(game: Game, token: Token): void {
  if (isActivity(token.node) && endsAdHoc(game, token)) return;
  const flows = token.node.outgoing.length === 0 ? [] : flowsFrom(game, token);
  if (typeof flows === 'string') game.stuck(token, flows);
  else if (flows.length === 0) game.end(token);
  else fork(game, token, flows);
}

function fork(game: Game, token: Token, flows: readonly Flow[]): void {
  const copies = flows.flatMap((flow) => Array.from({ length: token.node.completionQuantity }, () => flow));
  const [only, second] = copies;
  if (only && !second) {
    game.arrive(token, only);
  } else {
    const forked = copies.map((flow) => ({ flow, token: copyOf(game, token) }));
    game.end(token);
    for (const one of forked) game.arrive(one.token, one.flow);
  }
}

function copyOf(game: Game, { scope, node }: Token): Token {
  const token = new Token(scope, node);
  game.tokens.push(token);
  return token;
}

/** Flows taken, or why there is no way out. */
function flowsFrom(game: Game, token: Token): readonly Flow[] | 'condition-not-boolean' | 'no-flow-possible' {
  const { node } = token;
  const isGateway = node.type.endsWith('Gateway');
  if (node.type === 'parallelGateway' || node.type === 'eventBasedGateway') return node.outgoing;
  const firstOnly = node.type === 'exclusiveGateway';
  const asked = node.outgoing.filter(({ condition }) => condition !== undefined);
  const free = node.outgoing.filter((flow) => flow.condition === undefined && flow.id !== node.defaultFlow);
  if (game.judge.exits && (isGateway || asked.length > 0)) return game.judge.exits(node);
  const taken = conditional(game, token, firstOnly);
  if (taken === undefined) return 'condition-not-boolean';
  if (taken.length > 0) return taken;
  const otherwise = node.outgoing.filter(({ id }) => id === node.defaultFlow);
  if (otherwise.length > 0) return [...free, ...otherwise];
  return 'no-flow-possible';
}

function conditional(game: Game, token: Token, firstOnly: boolean): readonly Flow[] | undefined {
  const { node } = token;
  const taken: Flow[] = [];
  for (const flow of node.outgoing) {
    if (flow.id === node.defaultFlow) continue;
    const value = flow.condition === undefined || game.judge.holds(flow.condition, lookupFrom(token.scope, token));
    if (value === undefined) return undefined;
    if (value) taken.push(flow);
    if (value && firstOnly) break;
  }
  return taken;
}
