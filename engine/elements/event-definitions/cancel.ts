import { type BpmnElement, idOf, isElement } from '../../ir/bpmn-element.ts';
import { type EventDefinitionLowering, throwing } from '../element.ts';

/** Cancel: ends the transaction it stands in by undoing it, from any depth (BPMN 2.0.2, 10.5.3), and is where that is left then. */
export const cancelEvent: EventDefinitionLowering = {
  type: 'bpmn:CancelEventDefinition',
  trigger: () => ({ kind: 'cancel' }),
  thrown(_definition, event) {
    const around = transactionAround(event);
    const isDirect = around === undefined || around === event.$parent;
    return throwing({ kind: 'cancel', ...(isDirect ? {} : { transaction: idOf(around) }) });
  },
};

function transactionAround(event: BpmnElement): BpmnElement | undefined {
  let one: unknown = event.$parent;
  while (isElement(one) && one.$type !== 'bpmn:Transaction') one = one.$parent;
  return isElement(one) ? one : undefined;
}
