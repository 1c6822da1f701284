import type { ElementLowering } from '../element.ts';

/** Embedded sub-processes run a scope of their own. Event sub-processes never come here: their scope is armed by the scope around. */
export const subProcess: ElementLowering = {
  type: 'bpmn:SubProcess',
  lower: (element, context) => ({ body: { kind: 'scope', scope: context.lowerScope(element) } }),
};
