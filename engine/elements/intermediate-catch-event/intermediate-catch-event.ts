import { elementsOf } from '../../ir/bpmn-element.ts';
import { type ElementLowering, passing } from '../element.ts';

/** Intermediate catch events wait for their trigger; a catching link is where its throwing links lead. */
export const intermediateCatchEvent: ElementLowering = {
  type: 'bpmn:IntermediateCatchEvent',
  lower(element, context) {
    if (elementsOf(element, 'eventDefinitions')[0]?.$type === 'bpmn:LinkEventDefinition') return { body: passing };
    const trigger = context.triggerOf(element);
    return trigger && { body: { kind: 'catch', trigger } };
  },
};
