import type { CompiledDefinition, ScopeDefinition } from './definition.ts';
import type { IrNode } from './kernel.ts';
import { flowsOut } from './routing.ts';

/** `left`: the scope the node runs is behind the token, which came out of it. */
type Place = { readonly scope: ScopeDefinition; readonly node: string; readonly left?: true };

/** FEEL conditions of all sequence flows of a definition. */
export function allConditions({ scopes }: CompiledDefinition): readonly string[] {
  return Object.values(scopes).flatMap((scope) => Object.values(scope.nodes).flatMap(conditionsOf));
}

/**
 * FEEL conditions on the way from a user task to the next one: what is decided with the answers given at it. The way is taken wide: through a
 * sub-process and past it, and over every branch.
 */
export function conditionsAhead(definition: CompiledDefinition, elementId: string): readonly string[] {
  const { scopes } = definition;
  const own = Object.values(scopes).filter((scope) => isTask(scope.nodes[elementId]));
  const open = own.map((scope): Place => ({ scope, node: elementId }));
  const seen = new Set<string>();
  const found = new Set<string>();
  for (let place = open.pop(); place; place = open.pop()) {
    const key = `${place.scope.id} ${place.node} ${place.left}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const node = place.scope.nodes[place.node];
    if (!node) continue;
    for (const condition of conditionsOf(node)) found.add(condition);
    for (const next of placesAfter(definition, place)) if (!isTask(next.scope.nodes[next.node])) open.push(next);
  }
  return [...found];
}

function conditionsOf(node: IrNode): readonly string[] {
  return Object.values(node.conditions);
}

function isTask(node: IrNode | undefined): boolean {
  return node?.body.kind === 'task';
}

/** Where a token may go from a place: along its flows, into the scope it runs, out of a scope that ends here. */
function placesAfter({ scopes }: CompiledDefinition, { scope, node, left }: Place): readonly Place[] {
  const along = flowsOut(scope, node).map(({ to }) => ({ scope, node: to }));
  const inner = left ? [] : scopesRunBy(scope.nodes[node]).flatMap((id) => startsOf(scopes[id]));
  return [...along, ...inner, ...(along.length === 0 ? hostsOf(scopes, scope) : [])];
}

function startsOf(scope: ScopeDefinition | undefined): readonly Place[] {
  return scope ? scope.starts.map((node) => ({ scope, node })) : [];
}

function scopesRunBy(node: IrNode | undefined): readonly string[] {
  return [
    ...(node?.body.kind === 'scope' ? [node.body.scope] : []),
    ...(node?.repeat === undefined ? [] : [node.repeat.scope]),
  ];
}

/** Nodes that run a scope: a token that ends in it goes on from them. */
function hostsOf(scopes: CompiledDefinition['scopes'], inner: ScopeDefinition): readonly Place[] {
  return Object.values(scopes).flatMap((scope) =>
    Object.values(scope.nodes).flatMap((node) =>
      scopesRunBy(node).includes(inner.id) ? [{ scope, node: node.id, left: true as const }] : [],
    ),
  );
}
