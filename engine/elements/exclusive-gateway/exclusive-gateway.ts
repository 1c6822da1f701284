import { type ElementLowering, passing } from '../element.ts';

/** Exclusive gateways let each token through by the first flow whose condition holds, else by the default flow. */
export const exclusiveGateway: ElementLowering = {
  type: 'bpmn:ExclusiveGateway',
  lower: () => ({ body: passing, split: 'exclusive' }),
};
