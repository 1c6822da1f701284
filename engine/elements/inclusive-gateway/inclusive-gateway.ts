import { type ElementLowering, passing } from '../element.ts';

/** Inclusive gateways wait for every token that can still come (BPMN 2.0, 13.4.3), then take every flow whose condition holds. */
export const inclusiveGateway: ElementLowering = {
  type: 'bpmn:InclusiveGateway',
  lower: () => ({ body: passing, split: 'inclusive', join: { kind: 'inclusive' } }),
};
