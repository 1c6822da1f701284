import type { IrNode, RepeatEvent, Throw } from '../ir/kernel.ts';
import { performActs, publishSignal } from './acts.ts';
import { signalMessage } from './arm.ts';
import { cancelTransaction, leaveTransaction } from './cancel-transaction.ts';
import { beginCompensation } from './compensation.ts';
import { complete, leave } from './complete.ts';
import { contextOf, textOf } from './expression.ts';
import { raiseAt } from './incidents.ts';
import { definitionOf, emit, found, nodeOf, type Outcome, type Run, scopeOf, tokenOf } from './run.ts';
import { cancelContent } from './scopes.ts';
import { endCaseWithError, throwFrom, throwSignal } from './throws.ts';
import { endToken, placeToken } from './tokens.ts';
import { closeScopeWaits } from './waits.ts';

/** Does what a throwing node throws. It propagates at once; steps of tokens it stops are dropped. */
export function runThrow(run: Run, n: number, node: IrNode, throws: Throw): Outcome<void> {
  switch (throws.kind) {
    case 'error':
    case 'escalation':
      return throwCoded(run, n, node, throws);
    case 'signal': {
      const thrown = throwPassing(run, n, node, throws);
      if (!thrown.ok) return thrown;
      break;
    }
    case 'compensation':
      emit(run, { n, phase: 'active', type: 'TokenPhased' });
      if (beginCompensation(run, n, throws.activities) === 'waiting') return found(undefined);
      break;
    case 'terminate':
      return terminate(run, n, node);
    case 'cancel':
      countCompleted(run, n, node);
      if (cancelTransaction(run, n, throws.transaction) === 'nothing') leaveTransaction(run, n, throws.transaction);
      return found(undefined);
    case 'link':
      return jump(run, n, node, throws.target);
    case 'several':
      return throwSeveral(run, n, node, throws);
  }
  if (run.draft.tokens[n]) complete(run, n, {});
  return found(undefined);
}

/**
 * Throws what a repeated activity throws while it goes on: caught on its own boundary first, which may stop it.
 */
export function throwFromRepeated(run: Run, n: number, node: IrNode, event: Omit<RepeatEvent, 'when'>): Outcome<void> {
  const published = performActs(run, n, node, event.acts);
  if (!published.ok) return published;
  for (const one of event.throws) {
    const thrown = one.kind === 'escalation' ? escalate(run, n, one, 'own-boundary') : throwSignalOf(run, n, node, one);
    if (!thrown.ok || !run.draft.tokens[n]) return thrown;
  }
  return found(undefined);
}

/** Throws what its thrower survives, and counts it as thrown even where it stopped its own thrower. */
function throwPassing(run: Run, n: number, node: IrNode, one: Throw): Outcome<void> {
  const { processId } = definitionOf(run, tokenOf(run, n).scope);
  const thrown = one.kind === 'escalation' ? escalate(run, n, one, 'outward') : throwSignalOf(run, n, node, one);
  if (thrown.ok && !run.draft.tokens[n]) emit(run, { node: node.id, processId, type: 'NodeCompleted' });
  return thrown;
}

function throwSignalOf(run: Run, n: number, node: IrNode, throws: Throw): Outcome<void> {
  if (throws.kind !== 'signal') return found(undefined);
  const { variables = {} } = tokenOf(run, n);
  const name = textOf(run, throws.name, contextOf(run, tokenOf(run, n)));
  if (!name.ok) return name;
  const signal = name.value ?? '';
  emit(run, { type: 'SignalThrown', node: node.id, name: signal });
  publishSignal(run, n, node, signal);
  throwSignal(run, signalMessage(signal), variables);
  return found(undefined);
}

/** A multiple throw event: messages, then signals and escalations; what ends or holds its token comes last, as the compiler put it. */
function throwSeveral(
  run: Run,
  n: number,
  node: IrNode,
  { acts, throws }: Extract<Throw, { kind: 'several' }>,
): Outcome<void> {
  const published = performActs(run, n, node, acts);
  if (!published.ok) return published;
  const last = throws.at(-1);
  for (const one of throws.slice(0, -1)) {
    if (one.kind === 'compensation') {
      emit(run, { type: 'TokenPhased', n, phase: 'active' });
      if (beginCompensation(run, n, one.activities) === 'waiting') return found(undefined);
      continue;
    }
    const thrown = throwPassing(run, n, node, one);
    if (!thrown.ok || !run.draft.tokens[n]) return thrown;
  }
  if (last) return runThrow(run, n, node, last);
  complete(run, n, {});
  return found(undefined);
}

/** Everything a thrower asked for is undone: it throws what it still has to, leaves the transaction it cancelled, or goes on. */
export function afterUndoing(run: Run, n: number): void {
  const node = nodeOf(run, n);
  const last = node.body.kind === 'throw' ? lastOf(node.body.throws) : undefined;
  if (last?.kind === 'cancel' && scopeOf(run, tokenOf(run, n).scope).outcome === 'cancelled')
    leaveTransaction(run, n, last.transaction);
  else if (!last || last.kind === 'compensation') complete(run, n, {});
  else {
    const thrown = runThrow(run, n, node, last);
    if (!thrown.ok && run.draft.tokens[n]) raiseAt(run, n, thrown.stuck);
  }
}

function lastOf(throws: Throw): Throw | undefined {
  return throws.kind === 'several' ? throws.throws.at(-1) : throws;
}

function escalate(
  run: Run,
  n: number,
  throws: Extract<Throw, { kind: 'escalation' }>,
  from: 'own-boundary' | 'outward',
): Outcome<void> {
  const { variables: output = {} } = tokenOf(run, n);
  const code = textOf(run, throws.code, contextOf(run, tokenOf(run, n)));
  if (!code.ok) return code;
  throwFrom(run, n, { kind: 'escalation', ...(code.value === undefined ? {} : { code: code.value }), output }, from);
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
  else if (run.draft.tokens[n]) leave(run, n);
  return found(undefined);
}

/** Ends its own scope, which then completes normally. */
function terminate(run: Run, n: number, node: IrNode): Outcome<void> {
  const { scope } = tokenOf(run, n);
  countCompleted(run, n, node);
  cancelContent(run, scope, n);
  closeScopeWaits(run, scope);
  emit(run, { n: scope, outcome: 'terminated', phase: 'interrupted', type: 'ScopePhased' });
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
  emit(run, { node: node.id, processId: definitionOf(run, tokenOf(run, n).scope).processId, type: 'NodeCompleted' });
}
