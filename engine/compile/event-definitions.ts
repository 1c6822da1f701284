import { type LowerContext, refusal } from '../elements/element.ts';
import { eventDefinitions } from '../elements/index.ts';
import { type BpmnElement, elementsOf, idOf } from '../ir/bpmn-element.ts';
import type { Body, Trigger } from '../ir/kernel.ts';

/** The event definitions of an event, written inside it or referenced. */
export function definitionsOf(event: BpmnElement): readonly BpmnElement[] {
  return [...elementsOf(event, 'eventDefinitions'), ...elementsOf(event, 'eventDefinitionRef')];
}

/** What an event waits for. */
export function triggerOf(event: BpmnElement, context: LowerContext): Trigger | undefined {
  const definition = onlyDefinition(event, context);
  if (!definition) {
    if (definitionsOf(event).length === 0)
      context.report(
        refusal('event-definition-missing', idOf(event), 'an event definition to wait for', 'the event has none'),
      );
    return undefined;
  }
  const lowering = eventDefinitions.find(({ type }) => type === definition.$type);
  if (!lowering?.trigger) return notHere(event, definition, context);
  return lowering.trigger(definition, event, context);
}

/** What an event throws; nothing for a none event. */
export function throwOf(event: BpmnElement, context: LowerContext): Body | undefined {
  const definition = onlyDefinition(event, context);
  if (!definition) return undefined;
  const lowering = eventDefinitions.find(({ type }) => type === definition.$type);
  if (!lowering?.thrown) return notHere(event, definition, context);
  return lowering.thrown(definition, event, context);
}

function onlyDefinition(event: BpmnElement, context: LowerContext): BpmnElement | undefined {
  const [first, second] = definitionsOf(event);
  if (!second) return first;
  context.report(
    refusal(
      'unsupported-element',
      idOf(event),
      'an event with one event definition',
      'it has several (a multiple event)',
    ),
  );
  return undefined;
}

function notHere(event: BpmnElement, definition: BpmnElement, context: LowerContext): undefined {
  const type = definition.$type.replace('bpmn:', '');
  context.report(
    refusal(
      'unsupported-element',
      idOf(event),
      'an event definition the engine executes here',
      `it is a ${type} on a ${event.$type.replace('bpmn:', '')}`,
    ),
  );
  return undefined;
}
