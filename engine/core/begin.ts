import type { Body, IrNode, Throw } from '../ir/kernel.ts';
import { inputsOf, performActs, publishSignal } from './acts.ts';
import { arm, signalMessage } from './arm.ts';
import { beginCompensation } from './compensation.ts';
import { complete } from './complete.ts';
import { contextOf, textOf } from './expression.ts';
import { raiseAt } from './incidents.ts';
import { openJob, openTask } from './open-work.ts';
import { startRepeat } from './repeat.ts';
import { flowsIn, flowsOut } from './routing.ts';
import { definitionOf, emit, found, nodeIn, nodeOf, type Outcome, type Run, stuck, tokenOf } from './run.ts';
import { cancelContent, closeHosted, openScope } from './scopes.ts';
import { endCaseWithError, throwFrom, throwSignal } from './throws.ts';
import { endToken, placeToken } from './tokens.ts';
import { fire, fireBoundary } from './triggers.ts';
import { writeToken } from './variables.ts';
import { closeWaits } from './waits.ts';

/** A token has arrived: it waits at a join, or its node's body begins. */
export function begin(run: Run, n: number): void {
  const node = nodeOf(run, n);
  const { scope } = tokenOf(run, n);
  if (node.join && flowsIn(definitionOf(run, scope), node.id).length > 1)
    emit(run, { type: 'TokenPhased', n, phase: 'joining' });
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

function beginRepeated(run: Run, n: number, node: IrNode): Outcome<void> {
  const armed = armBoundaries(run, n, node);
  if (!armed.ok || !run.draft.tokens[n] || !node.repeat) return armed;
  return startRepeat(run, n, node.repeat);
}

function beginOnce(run: Run, n: number, node: IrNode): Outcome<void> {
  const inputs = inputsOf(run, n, node);
  if (!inputs.ok) return inputs;
  writeToken(run, n, inputs.value);
  const armed = armBoundaries(run, n, node);
  if (!armed.ok || !run.draft.tokens[n]) return armed;
  return runBody(run, n, node, node.body);
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
    default:
      emit(run, { type: 'TokenPhased', n, phase: 'active' });
      return openBody(run, n, node, body);
  }
}

function openBody(run: Run, n: number, node: IrNode, body: Exclude<Body, { kind: 'pass' | 'throw' }>): Outcome<void> {
  const { scope } = tokenOf(run, n);
  switch (body.kind) {
    case 'task':
      return openTask(run, n, node, body.task);
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
  const called = Object.hasOwn(run.definition.processes, id) ? run.definition.scopes[id] : undefined;
  if (!called)
    return stuck('called-process-missing', `Expected process ${id} for ${node.id} in the package, but it is not there`);
  const passed = body.propagateParentVariables ? context : (variables ?? {});
  openScope(run, called.id, { parent: scope, host: n, isolated: true, variables: passed });
  return found(undefined);
}

function runThrow(run: Run, n: number, node: IrNode, throws: Throw): Outcome<void> {
  switch (throws.kind) {
    case 'error':
    case 'escalation':
      return throwCoded(run, n, node, throws);
    case 'signal': {
      const name = textOf(run, throws.name, contextOf(run, tokenOf(run, n)));
      if (!name.ok) return name;
      const signal = name.value ?? '';
      emit(run, { type: 'SignalThrown', node: node.id, name: signal });
      publishSignal(run, n, node, signal);
      throwSignal(run, signalMessage(signal), tokenOf(run, n).variables ?? {});
      break;
    }
    case 'compensation':
      emit(run, { type: 'TokenPhased', n, phase: 'active' });
      if (beginCompensation(run, n, throws.activity) === 'waiting') return found(undefined);
      break;
    case 'terminate':
      return terminate(run, n, node);
    case 'cancel':
      throwFrom(run, n, { kind: 'cancel', output: {} }, 'outward');
      return found(undefined);
    case 'link':
      return jump(run, n, node, throws.target);
  }
  if (run.draft.tokens[n]) complete(run, n, {});
  return found(undefined);
}

function throwCoded(
  run: Run,
  n: number,
  node: IrNode,
  throws: Extract<Throw, { kind: 'error' | 'escalation' }>,
): Outcome<void> {
  const { variables } = tokenOf(run, n);
  const code = textOf(run, throws.code, contextOf(run, tokenOf(run, n)));
  if (!code.ok) return code;
  countCompleted(run, n, node);
  const thrown = {
    kind: throws.kind,
    ...(code.value === undefined ? {} : { code: code.value }),
    output: variables ?? {},
  };
  const catcher = throwFrom(run, n, thrown, 'outward');
  if (throws.kind === 'error' && catcher === undefined) endCaseWithError(run, code.value);
  else if (run.draft.tokens[n]) run.queue.push({ kind: 'leave', token: n });
  return found(undefined);
}

/** Ends its own scope, which then completes normally. */
function terminate(run: Run, n: number, node: IrNode): Outcome<void> {
  const { scope } = tokenOf(run, n);
  countCompleted(run, n, node);
  cancelContent(run, scope, n);
  emit(run, { type: 'ScopePhased', n: scope, phase: 'interrupted', outcome: 'terminated' });
  endToken(run, n, 'consumed');
  return found(undefined);
}

function jump(run: Run, n: number, node: IrNode, target: string): Outcome<void> {
  const { scope } = tokenOf(run, n);
  countCompleted(run, n, node);
  endToken(run, n, 'consumed');
  placeToken(run, scope, target, { triggered: {} });
  return found(undefined);
}

function countCompleted(run: Run, n: number, node: IrNode): void {
  emit(run, { type: 'NodeCompleted', node: node.id, processId: definitionOf(run, tokenOf(run, n).scope).processId });
}
