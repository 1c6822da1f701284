import { bodyOf, idOf } from '../../ir/bpmn-element.ts';
import { feelOf } from '../../ir/value-source.ts';
import { type EventDefinitionLowering, refusal } from '../element.ts';

/** Conditional events: react when a condition over variables becomes true, also when it is true already. */
export const conditionalEvent: EventDefinitionLowering = {
  type: 'bpmn:ConditionalEventDefinition',
  trigger(definition, event, context) {
    const condition = bodyOf(definition, 'condition');
    if (condition === undefined)
      context.report(
        refusal('condition-missing', idOf(event), 'a condition on the conditional event', 'there is none'),
      );
    return condition === undefined ? undefined : { kind: 'condition', feel: feelOf(condition) };
  },
};
