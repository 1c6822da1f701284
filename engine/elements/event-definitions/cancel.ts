import { idOf, isElement } from '../../ir/bpmn-element.ts';
import { type EventDefinitionLowering, refusal, throwing } from '../element.ts';

/** Cancel: ends the transaction it stands in by undoing it, and is where that is left then. */
export const cancelEvent: EventDefinitionLowering = {
  type: 'bpmn:CancelEventDefinition',
  trigger: () => ({ kind: 'cancel' }),
  thrown(_definition, event, context) {
    const { $parent } = event;
    const isDirect = isElement($parent) && $parent.$type === 'bpmn:Transaction';
    const expected = 'a cancel end event directly in its transaction';
    if (!isDirect) context.report(refusal('unsupported-element', idOf(event), expected, 'it lies in a sub-process'));
    return isDirect ? throwing({ kind: 'cancel' }) : undefined;
  },
};
