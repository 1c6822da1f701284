import { type ElementLowering, passing } from '../element.ts';

/** Start events pass their token on; what starts a process or an event sub-process is known to the scope, not to the node. */
export const startEvent: ElementLowering = { type: 'bpmn:StartEvent', lower: () => ({ body: passing }) };
