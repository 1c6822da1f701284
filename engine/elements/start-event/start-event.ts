import { booleanOf, elementsOf, isElement } from '../../ir/bpmn-element.ts';
import { type ElementLowering, passing } from '../element.ts';

/**
 * Start events pass their token on; what starts a process or an event sub-process is known to the scope, not to the node. At a process's that
 * waits for several messages together the case begins with the first and goes on with the last (BPMN 2.0.2, 10.5.2).
 */
export const startEvent: ElementLowering = {
  type: 'bpmn:StartEvent',
  lower(element, context) {
    const { $parent } = element;
    const isTogether =
      booleanOf(element, 'parallelMultiple') === true && elementsOf(element, 'eventDefinitions').length > 1;
    const trigger =
      isTogether && isElement($parent) && $parent.$type === 'bpmn:Process' ? context.triggerOf(element) : undefined;
    return { body: trigger ? { kind: 'catch', trigger } : passing };
  },
};
