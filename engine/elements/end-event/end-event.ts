import { type ElementLowering, passing } from '../element.ts';

/** End events do what they throw, then consume their token. */
export const endEvent: ElementLowering = {
  type: 'bpmn:EndEvent',
  lower: (element, context) => ({ body: context.throwOf(element) ?? passing }),
};
