import { evaluateDecision } from '../dmn/index.ts';
import type { Act, IrNode } from '../ir/kernel.ts';
import { signalMessage } from './arm.ts';
import { contextOf, evaluateFeel, mapped, textOf } from './expression.ts';
import type { JsonObject } from './json.ts';
import { emit, envOf, found, nextNumber, type Outcome, outsideId, type Run, stuck, tokenOf } from './run.ts';

/** Does what a pass node does at once; gives what it brought. Everything is evaluated before anything is recorded. */
export function performActs(run: Run, token: number, node: IrNode, acts: readonly Act[]): Outcome<JsonObject> {
  let output: JsonObject = tokenOf(run, token).output ?? {};
  for (const act of acts) {
    const brought = performAct(run, token, node, act);
    if (!brought.ok) return brought;
    output = { ...output, ...brought.value };
  }
  return found(output);
}

function performAct(run: Run, token: number, node: IrNode, act: Act): Outcome<JsonObject> {
  const context = contextOf(run, tokenOf(run, token));
  switch (act.kind) {
    case 'write': {
      const value = evaluateFeel(run, act.feel, context);
      if (!value.ok) return value;
      return found(act.variable === undefined ? {} : { [act.variable]: value.value });
    }
    case 'decide':
      return decideByTable(run, node, act, context);
    case 'publish':
      return publish(run, token, node, act, context);
  }
}

function decideByTable(
  run: Run,
  node: IrNode,
  act: Extract<Act, { kind: 'decide' }>,
  context: JsonObject,
): Outcome<JsonObject> {
  const id = textOf(run, act.decisionId, context);
  if (!id.ok) return id;
  const decisionId = id.value ?? '';
  const made = evaluateDecision(run.definition.decisions, decisionId, context, envOf(run));
  if (!made.ok) return stuck('decision-failed', made.message);
  emit(run, { type: 'DecisionMade', node: node.id, decisionId, trace: made.trace });
  return found(act.variable === undefined ? {} : { [act.variable]: made.value });
}

/** The payload is what the node's input mappings gave, nothing else of the case. */
function publish(
  run: Run,
  token: number,
  node: IrNode,
  act: Extract<Act, { kind: 'publish' }>,
  context: JsonObject,
): Outcome<JsonObject> {
  const name = textOf(run, act.messageName, context);
  if (!name.ok) return name;
  const key = textOf(run, act.correlationKey, context);
  if (!key.ok) return key;
  if (!name.value || (act.correlationKey && key.value === undefined))
    return stuck('invalid-correlation-key', `Expected a name and key for the message of ${node.id}, but it is null`);
  sendOut(run, node.id, name.value, key.value ?? '', tokenOf(run, token).variables ?? {});
  return found({});
}

/** Publishes a signal to the other cases; this one's own receivers were served before. */
export function publishSignal(run: Run, token: number, node: IrNode, name: string): void {
  sendOut(run, node.id, signalMessage(name), '', tokenOf(run, token).variables ?? {});
}

function sendOut(run: Run, elementId: string, messageName: string, correlationKey: string, payload: JsonObject): void {
  const n = nextNumber(run);
  const message = { messageId: outsideId(run, n), elementId, messageName, correlationKey, payload };
  emit(run, { type: 'MessagePublished', n, message });
}

/** Evaluates a node's input mappings into the token's local variables. */
export function inputsOf(run: Run, token: number, node: IrNode): Outcome<JsonObject> {
  return mapped(run, node.inputs, contextOf(run, tokenOf(run, token)));
}
