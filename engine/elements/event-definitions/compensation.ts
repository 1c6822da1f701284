import { elementOf, idOf } from '../../ir/bpmn-element.ts';
import { type EventDefinitionLowering, throwing } from '../element.ts';

/** Compensation: undoes completed activities, last first; the thrower waits until all is undone. */
export const compensationEvent: EventDefinitionLowering = {
  type: 'bpmn:CompensateEventDefinition',
  trigger: () => ({ kind: 'compensation' }),
  thrown(definition) {
    const activity = elementOf(definition, 'activityRef');
    return throwing({ kind: 'compensation', ...(activity ? { activities: [idOf(activity)] } : {}) });
  },
};
