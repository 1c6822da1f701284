import { linkTargets } from './game/joins.ts';
import { startOf } from './game/scopes.ts';
import type { Distances } from './judge.ts';
import type { Container, Model, Node } from './model.ts';

/** A node a game is led to, and how far the others are from it. */
export type Stage = { readonly node: string; readonly distances: Distances };

/** How a game is led to a node: what undoes an activity is come to only after that activity. */
export function stagesTo(model: Model, target: string): readonly Stage[] {
  const done = doneBefore([...model.processes.values()], target);
  return [...done, target].map((node) => ({ node, distances: distancesTo(model, node) }));
}

/** The activity that a node, or what it lies in, undoes; none for most. */
function doneBefore(containers: readonly Container[], target: string): readonly string[] {
  return containers.flatMap((container) => {
    const nodes = [...container.nodes.values()];
    const handler = nodes.find(
      (node) => node.isHandler && (node.id === target || (node.inner && holds(node.inner, target))),
    );
    const undone = nodes.filter(({ undoneBy }) => handler !== undefined && undoneBy === handler.id);
    return [
      ...undone.map(({ id }) => id),
      ...doneBefore(
        nodes.flatMap(({ inner }) => inner ?? []),
        target,
      ),
    ];
  });
}

function holds(container: Container, target: string): boolean {
  return [...container.nodes.values()].some(({ id, inner }) => id === target || (inner && holds(inner, target)));
}

/** How far it is to a node from those a token, or what it starts, may lead on from. Conditions and joins are not looked at. */
function distancesTo(model: Model, target: string): ReadonlyMap<string, number> {
  const before = waysBack(model);
  const distances = new Map([[target, 0]]);
  for (const [id, distance] of distances)
    for (const from of before.get(id) ?? []) if (!distances.has(from)) distances.set(from, distance + 1);
  return distances;
}

/** Nodes a token can come to, in a process and all it calls. */
export function nodesToReach(model: Model, processId: string): ReadonlySet<string> {
  const nodes = new Set<string>();
  const seen = new Set<string>();
  const visit = (container: Container | undefined): void => {
    if (!container || seen.has(container.id)) return;
    seen.add(container.id);
    for (const node of container.nodes.values()) {
      if (isEntered(node)) nodes.add(node.id);
      visit(node.inner);
      visit(model.processes.get(node.calls ?? ''));
    }
  };
  visit(model.processes.get(processId));
  return nodes;
}

/** Compensation boundary events and event sub-processes are triggered, gateways that begin cases are begun behind; none is entered. */
function isEntered({ type, triggers, attachedTo, inner, instantiate }: Node): boolean {
  if (attachedTo !== undefined && triggers[0]?.kind === 'compensate') return false;
  return inner?.kind !== 'eventSubProcess' && !(instantiate && type === 'eventBasedGateway');
}

function waysBack(model: Model): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, Set<string>>();
  const way = (from: string, to: string) => before.set(to, (before.get(to) ?? new Set()).add(from));
  for (const process of model.processes.values()) drawWays(model, process, way);
  return before;
}

function drawWays(model: Model, container: Container, way: (from: string, to: string) => void): void {
  const nodes = [...container.nodes.values()];
  const throwers = nodes.filter(({ triggers }) =>
    triggers.some(({ kind }) => kind === 'compensate' || kind === 'cancel'),
  );
  for (const node of nodes) {
    for (const { target } of node.outgoing) way(node.id, target);
    for (const { id } of [...node.boundaries, ...linkTargets(container, node)]) way(node.id, id);
    const handlers = container.handlers.map((handler) => startOf(handler).id);
    if (node.inner?.kind !== 'eventSubProcess') for (const start of handlers) way(node.id, start);
    if (node.undoneBy !== undefined) way(node.id, node.undoneBy);
    if (node.isHandler) for (const { id } of throwers) way(id, node.id);
    const inside = node.inner ?? model.processes.get(node.calls ?? '');
    for (const inner of inside?.nodes.values() ?? []) {
      // A called process is no way to one of its callers: it may have been called by another.
      if (node.inner) way(inner.id, node.id);
      if (inner.incoming.length === 0 && !inner.attachedTo && node.inner?.kind !== 'eventSubProcess')
        way(node.id, inner.id);
    }
    if (node.inner) drawWays(model, node.inner, way);
  }
}
