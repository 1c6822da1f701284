import { bodyOf, booleanOf, textOf } from '../../ir/bpmn-element.ts';
import { feelOf } from '../../ir/value-source.ts';
import type { ElementLowering } from '../element.ts';
import { peopleNamedBy } from '../people.ts';

/** Ad-hoc sub-processes leave it to people which of their activities are done, when and how often (BPMN 2.0.2, 10.3.5 and 13.3.5). */
export const adHocSubProcess: ElementLowering = {
  type: 'bpmn:AdHocSubProcess',
  lower(element, context) {
    const condition = bodyOf(element, 'completionCondition');
    const people = peopleNamedBy(element);
    const scope = context.lowerScope(element, {
      ordering: textOf(element, 'ordering') === 'Sequential' ? 'sequential' : 'parallel',
      ...(people ? { people } : {}),
      ...(condition === undefined ? {} : { completionCondition: feelOf(condition) }),
      cancelsRemaining: booleanOf(element, 'cancelRemainingInstances') !== false,
    });
    return { body: { kind: 'scope', scope } };
  },
};
