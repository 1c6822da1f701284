import { type BpmnElement, bodyOf, elementOf, elementsOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import type { Repeat, RepeatEvent } from '../../ir/kernel.ts';
import { feelOf } from '../../ir/value-source.ts';
import { type LowerContext, refusal } from '../element.ts';

/**
 * Behaviour of a multi-instance activity (BPMN 2.0.2, 10.3.8): `None` throws an event for each run that completes, `One` for the first,
 * `Complex` where a condition holds; `All`, the default, throws nothing. The event is caught on the activity's boundary.
 */
export function eventsOf(loop: BpmnElement, activity: BpmnElement, context: LowerContext): Pick<Repeat, 'events'> {
  const events = drawnEvents(loop, activity).flatMap(({ when, event }) => {
    const thrown = event && thrownBy(event, context);
    if (thrown) return [{ when, ...thrown }];
    const expected = 'a message, signal or escalation that completing runs throw';
    context.report(
      refusal('behavior-event', idOf(activity), expected, event ? 'it is another event' : 'there is none'),
    );
    return [];
  });
  return events.length === 0 ? {} : { events };
}

type Drawn = { readonly when: RepeatEvent['when']; readonly event: BpmnElement | undefined };

function drawnEvents(loop: BpmnElement, activity: BpmnElement): Drawn[] {
  const behavior = textOf(loop, 'behavior');
  if (behavior === 'None')
    return [{ when: 'each', event: throwing(elementOf(loop, 'noneBehaviorEventRef'), activity) }];
  if (behavior === 'One') return [{ when: 'first', event: throwing(elementOf(loop, 'oneBehaviorEventRef'), activity) }];
  if (behavior !== 'Complex') return [];
  return elementsOf(loop, 'complexBehaviorDefinition').map((definition) => {
    const condition = bodyOf(definition, 'condition');
    return {
      when: condition === undefined ? 'each' : { feel: feelOf(condition) },
      event: elementOf(definition, 'event'),
    };
  });
}

/** The event an event definition alone stands for, thrown by the activity. */
function throwing(definition: BpmnElement | undefined, activity: BpmnElement): BpmnElement | undefined {
  if (!definition) return undefined;
  const properties: Readonly<Record<string, unknown>> = { id: idOf(activity), eventDefinitions: [definition] };
  return { $type: 'bpmn:ImplicitThrowEvent', $parent: activity, get: (name) => properties[name] };
}

function thrownBy(event: BpmnElement, context: LowerContext): Omit<RepeatEvent, 'when'> | undefined {
  const body = context.throwOf(event);
  if (body?.kind === 'pass') return { acts: body.acts, throws: [] };
  if (body?.kind !== 'throw') return undefined;
  const { acts, throws } = body.throws.kind === 'several' ? body.throws : { acts: [], throws: [body.throws] };
  return throws.every(({ kind }) => kind === 'signal' || kind === 'escalation') ? { acts, throws } : undefined;
}
