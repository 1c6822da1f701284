import type { ScopeDefinition } from './definition.ts';
import type { MachineConfig } from './machine.ts';
import { flowOfTakeEvent, nodeOfStateKey, stateKey } from './state-key.ts';

/**
 * Questions about a scope's ways, answered from its machine. There is no other record of where a flow leads: whoever edits a transition of an
 * emitted machine changes all of this at once.
 */
type Ways = {
  readonly out: ReadonlyMap<string, readonly Way[]>;
  readonly in: ReadonlyMap<string, readonly Way[]>;
  readonly upstream: Map<string, ReadonlySet<string>>;
};

/** A sequence flow as the machine has it. */
export type Way = { readonly flow: string; readonly from: string; readonly to: string };

const known = new WeakMap<MachineConfig, Ways>();

/** Flows leaving a node, in the order of the diagram. */
export function flowsOut(scope: ScopeDefinition, node: string): readonly Way[] {
  return waysOf(scope).out.get(node) ?? [];
}

/** Flows leading to a node. */
export function flowsIn(scope: ScopeDefinition, node: string): readonly Way[] {
  return waysOf(scope).in.get(node) ?? [];
}

/**
 * Nodes from which a token could still come over `flow` without passing through `join` (BPMN 2.0, 13.4.3). A token in an activity may also
 * leave by a boundary event, and one at a throwing link goes on at its target.
 */
export function nodesBefore(scope: ScopeDefinition, flow: Way, join: string): ReadonlySet<string> {
  const ways = waysOf(scope);
  const key = `${flow.flow} ${join}`;
  const found = ways.upstream.get(key);
  if (found) return found;
  const before = new Set<string>();
  const open = [flow.from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === join || before.has(node)) continue;
    before.add(node);
    for (const way of ways.in.get(node) ?? []) open.push(way.from);
    for (const source of hiddenSources(scope, node)) open.push(source);
  }
  ways.upstream.set(key, before);
  return before;
}

/** Ways into a node the machine has no flow for: the host of a boundary event, the throwing links of a catching one. */
function hiddenSources(scope: ScopeDefinition, node: string): string[] {
  const host = scope.nodes[node]?.boundary?.attachedTo;
  const links = Object.values(scope.nodes).filter(
    ({ body }) => body.kind === 'throw' && body.throws.kind === 'link' && body.throws.target === node,
  );
  return [...(host ? [host] : []), ...links.map((link) => link.id)];
}

function waysOf(scope: ScopeDefinition): Ways {
  const found = known.get(scope.machine);
  if (found) return found;
  const rank = new Map(scope.flowOrder.map((flow, index) => [flow, index]));
  const all = Object.entries(scope.machine.states).flatMap(([key, state]) =>
    Object.entries(state.on ?? {}).flatMap(([event, transition]) => {
      const flow = flowOfTakeEvent(event);
      return flow === undefined ? [] : [{ flow, from: nodeOfStateKey(key), to: nodeOfStateKey(transition.target) }];
    }),
  );
  all.sort((a, b) => (rank.get(a.flow) ?? all.length) - (rank.get(b.flow) ?? all.length));
  const ways: Ways = { out: groupBy(all, 'from'), in: groupBy(all, 'to'), upstream: new Map() };
  known.set(scope.machine, ways);
  return ways;
}

function groupBy(ways: readonly Way[], end: 'from' | 'to'): Map<string, Way[]> {
  const groups = new Map<string, Way[]>();
  for (const way of ways) {
    const group = groups.get(way[end]);
    if (group) group.push(way);
    else groups.set(way[end], [way]);
  }
  return groups;
}

/** Whether the machine has a state for the node. */
export function hasNode(scope: ScopeDefinition, node: string): boolean {
  return Object.hasOwn(scope.machine.states, stateKey(node)) && Object.hasOwn(scope.nodes, node);
}
