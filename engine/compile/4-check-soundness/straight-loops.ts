import type { ScopeDefinition } from '../../ir/definition.ts';
import type { IrNode } from '../../ir/kernel.ts';
import { flowsIn, flowsOut } from '../../ir/routing.ts';
import { throwsOf } from './parts.ts';

/** Loops of a scope that no token can come to rest in. */
export type StraightLoops = {
  /** Loops on which nothing changes the case: once in one, a token goes round without end. Each with its nodes. */
  readonly endless: readonly (readonly string[])[];
  /** Nodes on any such loop, those that write data included. */
  readonly nodes: ReadonlySet<string>;
};

/** Finds loops without a wait. Where one writes data, its conditions may end it; where none does, they never can. */
export function straightLoops(scope: ScopeDefinition): StraightLoops {
  const straight = Object.values(scope.nodes).filter((node) => isStraight(scope, node));
  const unchanging = straight.filter((node) => !changesData(node));
  const endless = loopsAmong(scope, unchanging);
  return { endless, nodes: new Set([...endless, ...loopsAmong(scope, straight)].flat()) };
}

function isStraight(scope: ScopeDefinition, { id, body, repeat, join }: IrNode): boolean {
  if (repeat || (body.kind !== 'pass' && body.kind !== 'throw')) return false;
  return join?.kind !== 'parallel' || flowsIn(scope, id).length < 2;
}

function changesData({ body, outputs }: IrNode): boolean {
  const acts = body.kind === 'pass' ? body.acts : [];
  return outputs.length > 0 || acts.some(({ kind }) => kind === 'write' || kind === 'decide');
}

/** Groups of nodes that reach each other and themselves. */
function loopsAmong(scope: ScopeDefinition, nodes: readonly IrNode[]): string[][] {
  const among = new Set(nodes.map(({ id }) => id));
  const next = (id: string) => {
    const node = scope.nodes[id];
    const links = node ? throwsOf(node).flatMap((one) => (one.kind === 'link' ? [one.target] : [])) : [];
    return [...flowsOut(scope, id).map(({ to }) => to), ...links].filter((to) => among.has(to));
  };
  const reach = new Map([...among].map((id) => [id, reachable(next(id), next)]));
  const loops = new Map<string, string[]>();
  for (const id of among) {
    if (!reach.get(id)?.has(id)) continue;
    const loop = [...among].filter((other) => reach.get(id)?.has(other) && reach.get(other)?.has(id)).sort();
    loops.set(loop[0] ?? id, loop);
  }
  return [...loops.values()];
}

function reachable(from: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...next(id));
  }
  return found;
}
