import { type LowerContext, refusal } from '../elements/element.ts';
import { eventDefinitions } from '../elements/index.ts';
import { type BpmnElement, booleanOf, elementsOf, idOf } from '../ir/bpmn-element.ts';
import type { Body, Throw, Trigger } from '../ir/kernel.ts';

/** The event definitions of an event, written inside it or referenced. */
export function definitionsOf(event: BpmnElement): readonly BpmnElement[] {
  return [...elementsOf(event, 'eventDefinitions'), ...elementsOf(event, 'eventDefinitionRef')];
}

/** What an event waits for; several definitions are a multiple or parallel multiple event. */
export function triggerOf(event: BpmnElement, context: LowerContext): Trigger | undefined {
  const definitions = definitionsOf(event);
  if (definitions.length === 0) {
    context.report(
      refusal('event-definition-missing', idOf(event), 'an event definition to wait for', 'the event has none'),
    );
    return undefined;
  }
  const triggers = definitions.flatMap((one) => triggerOfOne(one, event, context) ?? []);
  const [first, second] = triggers;
  if (triggers.length < definitions.length || !second) return first;
  if (booleanOf(event, 'parallelMultiple') !== true) return { kind: 'any', triggers };
  const thrown = triggers.filter(({ kind }) => foundWhenThrown.has(kind));
  if (thrown.length > 0)
    context.report(
      refusal(
        'parallel-multiple',
        idOf(event),
        'a parallel multiple event of what can be waited for',
        `${thrown[0]?.kind} cannot`,
      ),
    );
  return { kind: 'all', triggers };
}

const foundWhenThrown: ReadonlySet<Trigger['kind']> = new Set(['error', 'escalation', 'compensation', 'cancel']);

function triggerOfOne(definition: BpmnElement, event: BpmnElement, context: LowerContext): Trigger | undefined {
  const lowering = eventDefinitions.find(({ type }) => type === definition.$type);
  if (!lowering?.trigger) return notHere(event, definition, context);
  return lowering.trigger(definition, event, context);
}

/** What an event throws; nothing for a none event. */
export function throwOf(event: BpmnElement, context: LowerContext): Body | undefined {
  const definitions = definitionsOf(event);
  const bodies = definitions.flatMap((one) => thrownByOne(one, event, context) ?? []);
  const [first, second] = bodies;
  if (bodies.length < definitions.length || !second) return first;
  return several(bodies, event, context);
}

function thrownByOne(definition: BpmnElement, event: BpmnElement, context: LowerContext): Body | undefined {
  const lowering = eventDefinitions.find(({ type }) => type === definition.$type);
  if (!lowering?.thrown) return notHere(event, definition, context);
  return lowering.thrown(definition, event, context);
}

/** A multiple throw event: what its token survives first, then what holds it, then what ends it. */
function several(bodies: readonly Body[], event: BpmnElement, context: LowerContext): Body | undefined {
  const acts = bodies.flatMap((body) => (body.kind === 'pass' ? body.acts : []));
  const throws = bodies.flatMap((body) => (body.kind === 'throw' ? [body.throws] : []));
  const survived = throws.filter(({ kind }) => kind === 'signal' || kind === 'escalation');
  const undone = compensationOf(throws);
  const ends = endsOf(throws);
  if (acts.length + throws.length < bodies.length) {
    const expected = 'a multiple event that can throw all it names';
    context.report(refusal('unsupported-element', idOf(event), expected, 'it waits for a connector'));
    return undefined;
  }
  if (ends.length > 1) {
    const but = `it leaves by ${ends.map(({ kind }) => kind).join(' and ')}`;
    context.report(refusal('contradicting-throws', idOf(event), 'a multiple event that leaves one way', but));
    return undefined;
  }
  return { kind: 'throw', throws: { kind: 'several', acts, throws: [...survived, ...undone, ...ends] } };
}

/** Several compensations are one, of all they name. */
function compensationOf(throws: readonly Throw[]): Throw[] {
  const found = throws.flatMap((one) => (one.kind === 'compensation' ? [one] : []));
  if (found.length === 0) return [];
  const named = found.flatMap(({ activities }) => activities ?? []);
  return [{ kind: 'compensation', ...(found.every(({ activities }) => activities) ? { activities: named } : {}) }];
}

/** Ways a token leaves by. An error and cancelling stop their scope as terminating does, so that adds nothing to them. */
function endsOf(throws: readonly Throw[]): Throw[] {
  const ends = throws.filter(({ kind }) => !['signal', 'escalation', 'compensation'].includes(kind));
  const others = ends.filter(({ kind }) => kind !== 'terminate');
  return others.length > 0 ? others : ends.slice(0, 1);
}

function notHere(event: BpmnElement, definition: BpmnElement, context: LowerContext): undefined {
  const type = definition.$type.replace('bpmn:', '');
  const but = `it is a ${type} on a ${event.$type.replace('bpmn:', '')}`;
  context.report(refusal('unsupported-element', idOf(event), 'an event definition the engine executes here', but));
  return undefined;
}
