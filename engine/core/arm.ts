import type { Trigger } from '../ir/kernel.ts';
import { dueOf } from './due.ts';
import { conditionOf, textOf } from './expression.ts';
import type { JsonObject } from './json.ts';
import { emit, found, nextNumber, type Outcome, outsideId, type Run, stuck } from './run.ts';
import type { WaitOwner } from './state.ts';

/** Whether the trigger has already come about: a condition that holds when it is armed fires at once. */
export type Armed = 'waiting' | 'holds';

/**
 * Opens what makes a catching place react: a timer, a subscription, a condition. Errors, escalations, compensation and cancel open nothing;
 * whoever throws them looks for their catcher. `again`: the place has fired and goes on waiting.
 */
export function arm(
  run: Run,
  owner: WaitOwner,
  trigger: Trigger,
  context: JsonObject,
  round: 'first' | 'again' = 'first',
): Outcome<Armed> {
  switch (trigger.kind) {
    case 'message':
      return armMessage(run, owner, trigger, context);
    case 'signal':
      return armSignal(run, owner, trigger, context);
    case 'timer':
      return armTimer(run, owner, trigger, context);
    case 'condition':
      return armCondition(run, owner, trigger.feel, context);
    case 'any':
    case 'all':
      return armSeveral(run, owner, trigger, context, round);
    default:
      return found('waiting');
  }
}

function armSeveral(
  run: Run,
  owner: WaitOwner,
  { kind, triggers }: Extract<Trigger, { kind: 'any' | 'all' }>,
  context: JsonObject,
  round: 'first' | 'again',
): Outcome<Armed> {
  const come: number[] = [];
  for (const trigger of triggers) {
    const one = arm(run, owner, trigger, context);
    if (!one.ok) return one;
    if (one.value === 'holds') come.push(run.counter);
  }
  if (kind === 'any') return found(come.length > 0 ? 'holds' : 'waiting');
  if (come.length === triggers.length) return found('holds');
  // The part of a condition that holds has come and is waited for no more; in a later round it must rise again first.
  if (round === 'first') for (const n of come) emit(run, { type: 'ConditionClosed', n });
  return found('waiting');
}

function armMessage(
  run: Run,
  owner: WaitOwner,
  trigger: Extract<Trigger, { kind: 'message' }>,
  context: JsonObject,
): Outcome<Armed> {
  const name = textOf(run, trigger.name, context);
  if (!name.ok) return name;
  if (!name.value)
    return stuck('invalid-correlation-key', `Expected ${owner.node} to wait for a named message, but it has no name`);
  const key = textOf(run, trigger.correlationKey, context);
  if (!key.ok) return { ok: false, stuck: { code: 'invalid-correlation-key', message: key.stuck.message } };
  if (trigger.correlationKey && key.value === undefined)
    return stuck(
      'invalid-correlation-key',
      `Expected a correlation key for message ${name.value} at ${owner.node}, but it is null`,
    );
  subscribe(run, owner, 'message', name.value, key.value ?? '');
  return found('waiting');
}

function armSignal(
  run: Run,
  owner: WaitOwner,
  trigger: Extract<Trigger, { kind: 'signal' }>,
  context: JsonObject,
): Outcome<Armed> {
  const name = textOf(run, trigger.name, context);
  if (!name.ok) return name;
  subscribe(run, owner, 'signal', signalMessage(name.value ?? ''), '');
  return found('waiting');
}

/** Name under which a signal is published to other cases: a message without key. */
export function signalMessage(name: string): string {
  return `signal:${name}`;
}

function subscribe(
  run: Run,
  owner: WaitOwner,
  kind: 'message' | 'signal',
  messageName: string,
  correlationKey: string,
): void {
  const n = nextNumber(run);
  const subscription = { subscriptionId: outsideId(run, n), elementId: owner.node, messageName, correlationKey };
  emit(run, { type: 'Subscribed', n, owner, kind, subscription });
}

function armTimer(
  run: Run,
  owner: WaitOwner,
  trigger: Extract<Trigger, { kind: 'timer' }>,
  context: JsonObject,
): Outcome<Armed> {
  const text = textOf(run, trigger.timer.value, context);
  if (!text.ok) return text;
  const due = dueOf(trigger.timer.kind, text.value ?? '', run.at, run.definition.zone);
  if (!due)
    return stuck('invalid-timer', `Expected an ISO 8601 ${trigger.timer.kind} at ${owner.node}, but it is none`);
  emit(run, { type: 'TimerScheduled', n: nextNumber(run), owner, ...due });
  return found('waiting');
}

function armCondition(run: Run, owner: WaitOwner, feel: string, context: JsonObject): Outcome<Armed> {
  const holds = conditionOf(run, feel, context);
  const value = holds.ok && holds.value;
  emit(run, { type: 'ConditionArmed', n: nextNumber(run), owner, feel, last: value });
  return found(value ? 'holds' : 'waiting');
}
