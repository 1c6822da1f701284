import type { ElementLowering } from '../element.ts';

/** Transactions are sub-processes that a cancel end event undoes whole; left by their cancel boundary event. */
export const transaction: ElementLowering = {
  type: 'bpmn:Transaction',
  lower: (element, context) => ({ body: { kind: 'scope', scope: context.lowerScope(element) } }),
};
