import type { ScopeDefinition } from '../ir/definition.ts';
import type { IrNode } from '../ir/kernel.ts';
import { flowsIn, nodesBefore, type Way } from '../ir/routing.ts';
import { beginBody } from './begin.ts';
import { conditionOf, contextIn } from './expression.ts';
import { raiseAt } from './incidents.ts';
import { definitionOf, emit, nodeIn, numbersOf, type Run, scopeOf } from './run.ts';
import { endToken } from './tokens.ts';

/**
 * Lets the first join fire that can, by scope and then by node id, so that the order of elements in the XML never matters. Asked only when
 * no token can move otherwise: an inclusive join that fires eagerly fires twice.
 */
export function fireOneJoin(run: Run): boolean {
  if (!mayFire(run)) return false;
  for (const scope of numbersOf(run.draft.scopes)) {
    const waiting = joiningAt(run, scope);
    for (const node of Object.keys(scopeOf(run, scope).resetting ?? {})) if (!waiting.has(node)) waiting.set(node, []);
    for (const node of [...waiting.keys()].sort()) if (fireJoin(run, scope, node, waiting.get(node) ?? [])) return true;
  }
  return false;
}

/** Whether anything waits at a join, or a complex gateway to be as new: mostly nothing does, and every command asks. */
function mayFire({ draft: { tokens, scopes } }: Run): boolean {
  for (const token of Object.values(tokens)) if (token.phase === 'joining') return true;
  for (const scope of Object.values(scopes)) if (scope.resetting) return true;
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
  if (node.join?.kind === 'quantity') return fireWith(run, waiting.slice(0, node.join.count), node.join.count);
  const arrived = oldestByFlow(run, waiting);
  const empty = flowsIn(definition, id).filter(({ flow }) => !arrived.has(flow));
  if (node.join?.kind === 'complex') return fireComplex(run, scope, node, node.join.feel, waiting, arrived);
  const ready =
    node.join?.kind === 'inclusive' ? !anyOnTheWay(run, scope, node, definition, arrived, empty) : empty.length === 0;
  return ready && fireWith(run, [...arrived.values()], 1);
}

/** Lets the oldest token go on for all; false when there are fewer than `least`. */
function fireWith(run: Run, tokens: readonly number[], least: number): boolean {
  const [first, ...others] = [...tokens].sort((a, b) => a - b);
  if (first === undefined || tokens.length < least) return false;
  for (const other of others) endToken(run, other, 'consumed');
  beginBody(run, first);
  return true;
}

/**
 * A complex gateway fires when its condition holds. Until it is as new again it swallows what comes by its other flows, and it is as new
 * when each of them has brought a token or can bring none any more.
 */
function fireComplex(
  run: Run,
  scope: number,
  node: IrNode,
  feel: string,
  waiting: readonly number[],
  arrived: ReadonlyMap<string, number>,
): boolean {
  const fired = scopeOf(run, scope).resetting?.[node.id];
  if (fired) return resetComplex(run, scope, node, fired, arrived);
  const holds = conditionOf(run, feel, { ...contextIn(run, scope), activationCount: waiting.length });
  const [first] = waiting;
  if (!holds.ok && first !== undefined && !hasIncident(run, first)) raiseAt(run, first, holds.stuck);
  if (!holds.ok || !holds.value) return false;
  const flows = [...arrived.keys()];
  if (flowsIn(definitionOf(run, scope), node.id).length > flows.length)
    emit(run, { type: 'JoinResetting', scope, node: node.id, flows });
  return fireWith(run, [...arrived.values()], 1);
}

function resetComplex(
  run: Run,
  scope: number,
  node: IrNode,
  fired: readonly string[],
  arrived: ReadonlyMap<string, number>,
): boolean {
  const definition = definitionOf(run, scope);
  const rest = flowsIn(definition, node.id).filter(({ flow }) => !fired.includes(flow));
  const late = new Map([...arrived].filter(([flow]) => !fired.includes(flow)));
  const empty = rest.filter(({ flow }) => !late.has(flow));
  // A token that could as well come by a flow that brought one before is not waited for (13.4.5).
  const brought = new Map([...fired.map((flow) => [flow, 0] as const), ...late]);
  if (anyOnTheWay(run, scope, node, definition, brought, empty)) return false;
  for (const token of late.values()) endToken(run, token, 'consumed');
  emit(run, { type: 'JoinResetting', scope, node: node.id });
  return true;
}

function hasIncident(run: Run, token: number): boolean {
  return Object.values(run.draft.incidents).some((incident) => incident.token === token);
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
