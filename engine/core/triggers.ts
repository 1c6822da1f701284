import type { Trigger } from '../ir/kernel.ts';
import { flowsOut } from '../ir/routing.ts';
import { arm } from './arm.ts';
import { nextOf } from './due.ts';
import { contextIn, contextOf } from './expression.ts';
import { raise } from './incidents.ts';
import type { JsonObject } from './json.ts';
import { definitionOf, emit, nextNumber, nodeIn, type Run, tokenOf } from './run.ts';
import { cancelToken, eventScopeOf, openEventScope } from './scopes.ts';
import type { OpenTimer, WaitOwner } from './state.ts';
import { placeToken, takeFlow } from './tokens.ts';
import { propagate } from './variables.ts';
import { closeWaitsWhere, isWaiting } from './waits.ts';

/** What a place was waiting for has come about. A parallel multiple event goes on only when the last of its parts has come. */
export function fire(run: Run, owner: WaitOwner, payload: JsonObject): void {
  if (triggerAt(run, owner)?.kind === 'all') {
    if (isWaiting(run, owner)) {
      propagate(run, owner.scope, payload);
      return;
    }
    if (mayFireAgain(run, owner)) rearm(run, owner);
  }
  proceed(run, owner, payload);
}

function proceed(run: Run, owner: WaitOwner, payload: JsonObject): void {
  if (owner.token === undefined) {
    const eventScope = eventScopeOf(run, owner.scope, owner.node);
    if (eventScope) openEventScope(run, owner.scope, eventScope, payload);
    return;
  }
  const token = tokenOf(run, owner.token);
  if (token.node === owner.node) goOn(run, owner, owner.token, payload);
  else if (nodeIn(definitionOf(run, owner.scope), owner.node).boundary)
    fireBoundary(run, owner.token, owner.node, payload);
  else leaveRace(run, owner.token, owner.node, payload);
}

/** What a token waited for has come. The rest of a multiple event is waited for no more: it must not come before the token's next step. */
function goOn(run: Run, owner: WaitOwner, token: number, payload: JsonObject): void {
  closeWaitsWhere(run, (other) => other.token === token && other.node === owner.node);
  run.queue.push({ kind: 'complete', token, output: payload });
}

/** A boundary event fires: an interrupting one stops its activity; a token starts at the event. */
export function fireBoundary(run: Run, host: number, node: string, payload: JsonObject): void {
  const { scope } = tokenOf(run, host);
  if (nodeIn(definitionOf(run, scope), node).boundary?.interrupting) cancelToken(run, host);
  placeToken(run, scope, node, { triggered: payload });
}

/** An event-based gateway is left towards the event that came first. */
function leaveRace(run: Run, n: number, node: string, payload: JsonObject): void {
  const token = tokenOf(run, n);
  const way = flowsOut(definitionOf(run, token.scope), token.node).find(({ to }) => to === node);
  if (!way) return;
  emit(run, { node: token.node, processId: definitionOf(run, token.scope).processId, type: 'NodeCompleted' });
  takeFlow(run, n, way.flow, payload);
}

function triggerAt(run: Run, owner: WaitOwner): Trigger | undefined {
  if (owner.token === undefined) return eventScopeOf(run, owner.scope, owner.node)?.trigger;
  const { boundary, body } = nodeIn(definitionOf(run, owner.scope), owner.node);
  return boundary?.trigger ?? (body.kind === 'catch' ? body.trigger : undefined);
}

/** Whether a place may be triggered more than once: a non-interrupting boundary event or event sub-process. */
function mayFireAgain(run: Run, owner: WaitOwner): boolean {
  if (owner.token === undefined) return eventScopeOf(run, owner.scope, owner.node)?.interrupting === false;
  return nodeIn(definitionOf(run, owner.scope), owner.node).boundary?.interrupting === false;
}

/** Whether a place goes on waiting for the same thing after it came. The parts of a parallel multiple event come once a round. */
export function staysOpen(run: Run, owner: WaitOwner): boolean {
  return mayFireAgain(run, owner) && triggerAt(run, owner)?.kind !== 'all';
}

function rearm(run: Run, owner: WaitOwner): void {
  const trigger = triggerAt(run, owner);
  const token = owner.token === undefined ? undefined : tokenOf(run, owner.token);
  const context = token ? contextOf(run, token) : contextIn(run, owner.scope);
  const armed = trigger ? arm(run, owner, trigger, context, 'again') : undefined;
  if (armed && !armed.ok) raise(run, owner, armed.stuck);
}

/** Sets a cycle's next firing, where one is left and its place goes on waiting. */
export function rescheduleTimer(run: Run, timer: OpenTimer): void {
  const { dueAt, every, remaining, ...owner } = timer;
  if (every === undefined || remaining === 0 || !staysOpen(run, owner)) return;
  const next = nextOf(every, dueAt, run.definition.zone);
  if (next === undefined) return;
  const left = remaining === undefined ? {} : { remaining: remaining - 1 };
  emit(run, { type: 'TimerScheduled', n: nextNumber(run), owner, dueAt: next, every, ...left });
}
