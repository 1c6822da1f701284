import { booleanOf, elementOf, idOf } from '../../ir/bpmn-element.ts';
import { type ElementLowering, passing } from '../element.ts';

/** Boundary events are armed with their activity; a token starts at them when they fire. */
export const boundaryEvent: ElementLowering = {
  type: 'bpmn:BoundaryEvent',
  lower(element, context) {
    const host = elementOf(element, 'attachedToRef');
    const trigger = context.triggerOf(element);
    if (!host || !trigger) return undefined;
    const interrupting = trigger.kind === 'error' || booleanOf(element, 'cancelActivity') !== false;
    return { body: passing, boundary: { attachedTo: idOf(host), interrupting, trigger } };
  },
};
