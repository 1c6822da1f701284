import type { ScopeDefinition } from '../ir/definition.ts';
import type { IrNode, Mapping } from '../ir/kernel.ts';
import { flowsOut, type Way } from '../ir/routing.ts';
import { endsAdHoc } from './ad-hoc.ts';
import { recordCompensation } from './compensation.ts';
import { conditionOf, contextOf, mapped, resolveValue } from './expression.ts';
import { raiseAt } from './incidents.ts';
import type { JsonObject } from './json.ts';
import { definitionOf, emit, found, nodeOf, type Outcome, type Run, stuck, tokenOf } from './run.ts';
import { endToken, forkToken, takeFlow } from './tokens.ts';
import { propagate } from './variables.ts';
import { closeWaits } from './waits.ts';

/** A node's body is done: its results are written, its completion recorded, and its token leaves. */
export function complete(run: Run, n: number, output: JsonObject): void {
  const node = nodeOf(run, n);
  const written = writeResults(run, n, node, output);
  if (!written.ok) {
    emit(run, { type: 'TokenPhased', n, phase: 'completing', output });
    raiseAt(run, n, written.stuck);
    return;
  }
  const { scope, variables } = tokenOf(run, n);
  emit(run, { node: node.id, processId: definitionOf(run, scope).processId, type: 'NodeCompleted' });
  if (node.compensatedBy !== undefined && !node.repeat)
    recordCompensation(run, scope, {
      node: node.id,
      handler: node.compensatedBy,
      variables: variables ?? {},
      records: [],
    });
  leave(run, n);
}

/** With output mappings only their targets are written; without, everything the body brought, unless its kind keeps it to itself. */
function writeResults(run: Run, n: number, node: IrNode, output: JsonObject): Outcome<void> {
  const token = tokenOf(run, n);
  if (node.outputs.length > 0) {
    const values = mapped(run, node.outputs, { ...contextOf(run, token), ...output });
    if (!values.ok) return values;
    propagate(run, token.scope, values.value);
  } else if (bringsAll(node)) propagate(run, token.scope, output);
  return node.results ? copyResults(run, n, node.results, output) : found(undefined);
}

/** Data output associations: each sees what those before it wrote; what has no value is not copied. */
function copyResults(run: Run, n: number, results: readonly Mapping[], output: JsonObject): Outcome<void> {
  for (const result of results) {
    const context = { ...contextOf(run, tokenOf(run, n)), ...output };
    const brought = resolveValue(run, result.source, context);
    if (!brought.ok) return brought;
    if (brought.value === null) continue;
    const copied = mapped(run, [{ ...result, source: { literal: brought.value } }], context);
    if (!copied.ok) return copied;
    propagate(run, tokenOf(run, n).scope, copied.value);
  }
  return found(undefined);
}

function bringsAll({ body }: IrNode): boolean {
  return body.kind === 'call' ? body.propagateChildVariables : body.kind !== 'scope';
}

/** Decides the flows a token leaves by and moves it; without any it ends here. */
export function leave(run: Run, n: number): void {
  const { scope } = tokenOf(run, n);
  const definition = definitionOf(run, scope);
  const node = nodeOf(run, n);
  const ended = endsAdHoc(run, n);
  if (ended.ok && ended.value) return;
  const chosen = ended.ok ? chosenFlows(run, n, node, definition) : ended;
  if (!chosen.ok) {
    // The activity is over though its token cannot go on: its boundary events are over with it.
    closeWaits(run, n);
    emit(run, { type: 'TokenPhased', n, phase: 'leaving' });
    raiseAt(run, n, chosen.stuck);
    return;
  }
  const { completionQuantity: times = 1 } = node;
  const flows = times === 1 ? chosen.value : chosen.value.flatMap((flow) => new Array<string>(times).fill(flow));
  const [first, ...others] = flows;
  if (first === undefined) endHere(run, n);
  else if (others.length === 0) takeFlow(run, n, first);
  else forkToken(run, n, flows);
}

/** An end: a compensation handler's end lets its thrower go on. */
function endHere(run: Run, n: number): void {
  const { compensates } = tokenOf(run, n);
  endToken(run, n, 'consumed');
  if (compensates !== undefined && run.draft.tokens[compensates]) run.queue.push({ kind: 'undo', token: compensates });
}

function chosenFlows(run: Run, n: number, node: IrNode, definition: ScopeDefinition): Outcome<readonly string[]> {
  const ways = flowsOut(definition, node.id);
  if (ways.length === 0) return found([]);
  switch (node.split) {
    case 'parallel':
      return found(ways.map(({ flow }) => flow));
    case 'exclusive':
      return flowsThatHold(run, n, node, ways, 'first');
    case 'inclusive':
    case 'conditional':
      return flowsThatHold(run, n, node, ways, 'all');
  }
}

/** Conditions are asked in the order of the diagram; the default flow is taken when none of the others can be. */
function flowsThatHold(
  run: Run,
  n: number,
  node: IrNode,
  ways: readonly Way[],
  take: 'first' | 'all',
): Outcome<readonly string[]> {
  const context = contextOf(run, tokenOf(run, n));
  const holding: string[] = [];
  for (const { flow } of ways) {
    if (flow === node.defaultFlow) continue;
    const feel = Object.hasOwn(node.conditions, flow) ? node.conditions[flow] : undefined;
    const holds = feel === undefined ? found(true) : conditionOf(run, feel, context);
    if (!holds.ok) return { ok: false, stuck: { ...holds.stuck, message: `${holds.stuck.message} (flow ${flow})` } };
    if (holds.value) holding.push(flow);
    if (holds.value && take === 'first') break;
  }
  if (holding.length > 0) return found(holding);
  if (node.defaultFlow !== undefined && ways.some(({ flow }) => flow === node.defaultFlow))
    return found([node.defaultFlow]);
  return stuck(
    'no-flow-possible',
    `Expected a flow to leave ${node.id} by, but no condition holds and there is no default flow`,
  );
}
