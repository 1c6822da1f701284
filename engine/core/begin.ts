import type { Body, IrNode } from '../ir/kernel.ts';
import { flowsIn, flowsOut } from '../ir/routing.ts';
import { inputsOf, performActs } from './acts.ts';
import { arm } from './arm.ts';
import { complete } from './complete.ts';
import { contextOf, textOf } from './expression.ts';
import { raiseAt } from './incidents.ts';
import { openJob, openTask } from './open-work.ts';
import { startRepeat } from './repeat.ts';
import { definitionOf, emit, found, nodeIn, nodeOf, type Outcome, type Run, stuck, tokenOf } from './run.ts';
import { runThrow } from './run-throw.ts';
import { closeHosted, openScope } from './scopes.ts';
import { placeToken } from './tokens.ts';
import { fire, fireBoundary } from './triggers.ts';
import { writeToken } from './variables.ts';
import { closeWaits } from './waits.ts';

/** A token has arrived: it waits at a join, or its node's body begins. */
export function begin(run: Run, n: number): void {
  const node = nodeOf(run, n);
  const { scope } = tokenOf(run, n);
  const several = node.join?.kind === 'quantity' || flowsIn(definitionOf(run, scope), node.id).length > 1;
  if (node.join && several) emit(run, { n, phase: 'joining', type: 'TokenPhased' });
  else beginBody(run, n);
}

/** Begins a node's body. Where that cannot be, what was opened is closed again and a person is asked. */
export function beginBody(run: Run, n: number): void {
  const node = nodeOf(run, n);
  const begun = node.repeat ? beginRepeated(run, n, node) : beginOnce(run, n, node);
  if (begun.ok || !run.draft.tokens[n]) return;
  closeHosted(run, n);
  closeWaits(run, n);
  if (tokenOf(run, n).phase !== 'arrived') emit(run, { type: 'TokenPhased', n, phase: 'arrived' });
  raiseAt(run, n, begun.stuck);
}

/**
 * Begins a sub-process without beginning anything in it: somebody else places its tokens. Gives the number of its scope; nothing when one of its
 * boundary events held at once and stopped it.
 */
export function beginEmpty(run: Run, scope: number, id: string): Outcome<number | undefined> {
  const n = placeToken(run, scope, id, { held: true });
  const node = nodeOf(run, n);
  const ready = prepare(run, n, node);
  if (!ready.ok || !run.draft.tokens[n] || node.body.kind !== 'scope') return ready.ok ? found(undefined) : ready;
  emit(run, { type: 'TokenPhased', n, phase: 'active' });
  return found(openScope(run, node.body.scope, { parent: scope, host: n }, []));
}

function beginRepeated(run: Run, n: number, node: IrNode): Outcome<void> {
  const armed = armBoundaries(run, n, node);
  if (!armed.ok || !run.draft.tokens[n] || !node.repeat) return armed;
  return startRepeat(run, n, node.repeat);
}

function beginOnce(run: Run, n: number, node: IrNode): Outcome<void> {
  const ready = prepare(run, n, node);
  if (!ready.ok || !run.draft.tokens[n]) return ready;
  return runBody(run, n, node, node.body);
}

/** What comes before a body: its inputs, then its boundary events. */
function prepare(run: Run, n: number, node: IrNode): Outcome<void> {
  const inputs = inputsOf(run, n, node);
  if (!inputs.ok) return inputs;
  writeToken(run, n, inputs.value);
  return armBoundaries(run, n, node);
}

/** Arms the boundary events; one whose condition holds already fires before the body runs. */
function armBoundaries(run: Run, n: number, node: IrNode): Outcome<void> {
  const { scope } = tokenOf(run, n);
  const context = contextOf(run, tokenOf(run, n));
  const holding: string[] = [];
  for (const id of node.boundaries) {
    const { boundary } = nodeIn(definitionOf(run, scope), id);
    if (!boundary) continue;
    const armed = arm(run, { scope, token: n, node: id }, boundary.trigger, context);
    if (!armed.ok) return armed;
    if (armed.value === 'holds') holding.push(id);
  }
  for (const id of holding) if (run.draft.tokens[n]) fireBoundary(run, n, id, {});
  return found(undefined);
}

function runBody(run: Run, n: number, node: IrNode, body: Body): Outcome<void> {
  switch (body.kind) {
    case 'pass': {
      const brought = performActs(run, n, node, body.acts);
      if (!brought.ok) return brought;
      complete(run, n, brought.value);
      return found(undefined);
    }
    case 'throw':
      return runThrow(run, n, node, body.throws);
    case 'task':
      return openTask(run, n, node, body.task);
    default:
      emit(run, { n, phase: 'active', type: 'TokenPhased' });
      return openBody(run, n, node, body);
  }
}

function openBody(
  run: Run,
  n: number,
  node: IrNode,
  body: Exclude<Body, { kind: 'pass' | 'throw' | 'task' }>,
): Outcome<void> {
  const { scope } = tokenOf(run, n);
  switch (body.kind) {
    case 'job':
      return openJob(run, n, node, body.job);
    case 'catch': {
      const owner = { scope, token: n, node: node.id };
      const armed = arm(run, owner, body.trigger, contextOf(run, tokenOf(run, n)));
      if (armed.ok && armed.value === 'holds') fire(run, owner, {});
      return armed.ok ? found(undefined) : armed;
    }
    case 'race':
      return openRace(run, n, node);
    case 'scope':
      openScope(run, body.scope, { parent: scope, host: n });
      return found(undefined);
    case 'call':
      return openCall(run, n, node, body);
  }
}

/** An event-based gateway: one token, a subscription for each event its flows lead to. */
function openRace(run: Run, n: number, node: IrNode): Outcome<void> {
  const { scope } = tokenOf(run, n);
  const definition = definitionOf(run, scope);
  const context = contextOf(run, tokenOf(run, n));
  for (const { to } of flowsOut(definition, node.id)) {
    const target = nodeIn(definition, to);
    if (target.body.kind !== 'catch') continue;
    const owner = { scope, token: n, node: to };
    const armed = arm(run, owner, target.body.trigger, context);
    if (!armed.ok) return armed;
    if (armed.value === 'holds') return found(fire(run, owner, {}));
  }
  return found(undefined);
}

function openCall(run: Run, n: number, node: IrNode, body: Extract<Body, { kind: 'call' }>): Outcome<void> {
  const { scope, variables } = tokenOf(run, n);
  const context = contextOf(run, tokenOf(run, n));
  const processId = textOf(run, body.processId, context);
  if (!processId.ok) return processId;
  const id = processId.value ?? '';
  const named = Object.hasOwn(run.definition.processes, id) ? run.definition.processes[id] : undefined;
  const called = named && run.definition.scopes[id];
  if (!called)
    return stuck('called-process-missing', `Expected process ${id} for ${node.id} in the package, but it is not there`);
  const { versionTag } = named;
  if (body.versionTag !== undefined && body.versionTag !== versionTag)
    return stuck('called-process-missing', `Expected process ${id} at version ${body.versionTag} for ${node.id}`);
  const passed = body.propagateParentVariables ? context : (variables ?? {});
  openScope(run, called.id, {
    parent: scope,
    host: n,
    isolated: true,
    ...(versionTag === undefined ? {} : { versionTag }),
    variables: passed,
  });
  return found(undefined);
}
