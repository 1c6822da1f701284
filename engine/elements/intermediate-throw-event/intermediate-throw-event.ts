import { type ElementLowering, passing } from '../element.ts';

/** Intermediate throw events do what they throw and go on; none events only mark a milestone. */
export const intermediateThrowEvent: ElementLowering = {
  type: 'bpmn:IntermediateThrowEvent',
  lower: (element, context) => ({ body: context.throwOf(element) ?? passing }),
};
