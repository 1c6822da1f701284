import type { ScopeDefinition } from '../ir/definition.ts';
import type { IrNode } from '../ir/kernel.ts';
import { beginBody } from './begin.ts';
import { flowsIn, nodesBefore, type Way } from './routing.ts';
import { definitionOf, nodeIn, numbersOf, type Run } from './run.ts';
import { endToken } from './tokens.ts';

/**
 * Lets the first join fire that can, by scope and then by node id, so that the order of elements in the XML never matters. Asked only when
 * no token can move otherwise: an inclusive join that fires eagerly fires twice.
 */
export function fireOneJoin(run: Run): boolean {
  for (const scope of numbersOf(run.draft.scopes)) {
    const waiting = joiningAt(run, scope);
    for (const node of [...waiting.keys()].sort()) if (fireJoin(run, scope, node, waiting.get(node) ?? [])) return true;
  }
  return false;
}

function joiningAt(run: Run, scope: number): Map<string, number[]> {
  const waiting = new Map<string, number[]>();
  for (const n of numbersOf(run.draft.tokens)) {
    const token = run.draft.tokens[n];
    if (token?.scope !== scope || token.phase !== 'joining') continue;
    waiting.set(token.node, [...(waiting.get(token.node) ?? []), n]);
  }
  return waiting;
}

function fireJoin(run: Run, scope: number, id: string, waiting: readonly number[]): boolean {
  const definition = definitionOf(run, scope);
  const node = nodeIn(definition, id);
  const arrived = oldestByFlow(run, waiting);
  const empty = flowsIn(definition, id).filter(({ flow }) => !arrived.has(flow));
  const ready =
    node.join?.kind === 'inclusive' ? !anyOnTheWay(run, scope, node, definition, arrived, empty) : empty.length === 0;
  if (!ready) return false;
  const [first, ...others] = [...arrived.values()].sort((a, b) => a - b);
  if (first === undefined) return false;
  for (const other of others) endToken(run, other, 'consumed');
  beginBody(run, first);
  return true;
}

function oldestByFlow(run: Run, waiting: readonly number[]): Map<string, number> {
  const oldest = new Map<string, number>();
  for (const n of waiting) {
    const flow = run.draft.tokens[n]?.flow;
    if (flow !== undefined && !oldest.has(flow)) oldest.set(flow, n);
  }
  return oldest;
}

/**
 * BPMN 2.0, 13.4.3: an inclusive join waits while some token of its scope could still reach an empty incoming flow without passing the join,
 * unless that token could as well reach a flow that has one.
 */
function anyOnTheWay(
  run: Run,
  scope: number,
  join: IrNode,
  definition: ScopeDefinition,
  arrived: ReadonlyMap<string, number>,
  empty: readonly Way[],
): boolean {
  const full = flowsIn(definition, join.id).filter(({ flow }) => arrived.has(flow));
  const reaches = (node: string, ways: readonly Way[]) =>
    ways.some((way) => nodesBefore(definition, way, join.id).has(node));
  return numbersOf(run.draft.tokens).some((n) => {
    const token = run.draft.tokens[n];
    if (token?.scope !== scope || token.node === join.id) return false;
    return reaches(token.node, empty) && !reaches(token.node, full);
  });
}
