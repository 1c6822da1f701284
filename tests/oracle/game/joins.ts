import { type Container, type Flow, type Node, nodeOf } from '../model.ts';
import type { Game } from './game.ts';
import type { Scope, Token } from './state.ts';
import { lookupFrom } from './variables.ts';

/** Whether tokens wait here for others. */
export function isJoin({ type, incoming, startQuantity, activation }: Node): boolean {
  if (startQuantity > 1) return true;
  return /^(parallel|inclusive|complex)Gateway$/.test(type) && (incoming.length > 1 || activation !== undefined);
}

/** Nothing moves any more: the first join that can, fires. Scopes in order of age, nodes by id. */
export function fireOneJoin(game: Game): boolean {
  for (const scope of game.scopes) {
    const waiting = game.tokensIn(scope).filter(({ phase }) => phase === 'joining');
    const resetting = [...scope.resetting.keys()].map((id) => nodeOf(scope.container, id));
    const nodes = [...new Set([...waiting.map(({ node }) => node), ...resetting])].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    for (const node of nodes) {
      const here = waiting.filter((token) => token.node === node);
      if (fires(game, scope, node, here)) return true;
    }
  }
  return false;
}

function fires(game: Game, scope: Scope, node: Node, here: readonly Token[]): boolean {
  if (node.startQuantity > 1)
    return here.length >= node.startQuantity && merge(game, here.slice(0, node.startQuantity));
  const byFlow = firstByFlow(here);
  if (node.type === 'parallelGateway') return byFlow.size === node.incoming.length && merge(game, [...byFlow.values()]);
  if (node.type === 'complexGateway') return firesComplex(game, scope, node, here);
  return nothingMoreCanCome(game, scope, node, new Set(byFlow.keys())) && merge(game, [...byFlow.values()]);
}

function firstByFlow(tokens: readonly Token[]): Map<Flow, Token> {
  const first = new Map<Flow, Token>();
  for (const token of tokens) if (token.flow && !first.has(token.flow)) first.set(token.flow, token);
  return first;
}

function merge(game: Game, tokens: readonly Token[]): boolean {
  const [kept, ...others] = tokens;
  if (!kept) return false;
  for (const token of others) game.end(token);
  game.begin(kept);
  return true;
}

/**
 * Inclusive join (13.4.3): every token that has a way to an empty incoming flow, not through the gateway, has also a way to one that has a token.
 */
function nothingMoreCanCome(game: Game, scope: Scope, gateway: Node, filled: ReadonlySet<Flow>): boolean {
  const empty = gateway.incoming.filter((flow) => !filled.has(flow));
  const others = game.tokensIn(scope).filter(({ node }) => node !== gateway);
  return others.every(({ node }) => {
    const reached = reachableFlows(scope.container, node, gateway);
    return !empty.some((flow) => reached.has(flow)) || [...filled].some((flow) => reached.has(flow));
  });
}

/** Flows a token at a node may come by without visiting the gateway; boundary events and links are ways too. */
function reachableFlows(container: Container, from: Node, gateway: Node): ReadonlySet<Flow> {
  const flows = new Set<Flow>();
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node) || node === gateway) return;
    seen.add(node);
    for (const flow of node.outgoing) {
      flows.add(flow);
      const target = container.nodes.get(flow.target);
      if (target) visit(target);
    }
    for (const boundary of node.boundaries) visit(boundary);
    for (const target of linkTargets(container, node)) visit(target);
  };
  visit(from);
  return flows;
}

/** Catching link events a throwing one leads to. */
export function linkTargets(container: Container, { type, triggers }: Node): readonly Node[] {
  const [link] = triggers;
  if (type !== 'intermediateThrowEvent' || link?.kind !== 'link') return [];
  return [...container.nodes.values()].filter(
    (node) =>
      node.type === 'intermediateCatchEvent' &&
      node.triggers.some((one) => one.kind === 'link' && one.name === link.name),
  );
}

function firesComplex(game: Game, scope: Scope, node: Node, here: readonly Token[]): boolean {
  const fired = scope.resetting.get(node.id);
  return fired ? resets(game, scope, node, here, fired) : starts(game, scope, node, here);
}

/** Waiting for start: the activation condition over the tokens that have come (13.4.5). */
function starts(game: Game, scope: Scope, node: Node, here: readonly Token[]): boolean {
  const byFlow = firstByFlow(here);
  const flows = new Set([...byFlow.keys()].map(({ id }) => id));
  const lookup = lookupFrom(scope);
  const holds = node.activation
    ? game.judge.holds(node.activation, (name) => (name === 'activationCount' ? here.length : lookup(name))) === true
    : nothingMoreCanCome(game, scope, node, new Set(byFlow.keys()));
  if (!holds) return false;
  if (node.activation && node.incoming.length > 1) scope.resetting.set(node.id, flows);
  return merge(game, [...byFlow.values()]);
}

/** Waiting for reset: what comes by the other flows is swallowed until nothing can come any more. */
function resets(game: Game, scope: Scope, node: Node, here: readonly Token[], fired: ReadonlySet<string>): boolean {
  const late = new Map([...firstByFlow(here)].filter(([{ id }]) => !fired.has(id)));
  const came = new Set([...node.incoming].filter((flow) => fired.has(flow.id) || late.has(flow)));
  if (!nothingMoreCanCome(game, scope, node, came)) return false;
  scope.resetting.delete(node.id);
  for (const token of late.values()) game.end(token);
  return true;
}
