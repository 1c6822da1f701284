import { type ElementLowering, passing } from '../element.ts';

/** Parallel gateways wait for a token on every incoming flow, then start one on every outgoing flow; conditions there are ignored. */
export const parallelGateway: ElementLowering = {
  type: 'bpmn:ParallelGateway',
  lower: () => ({ body: passing, split: 'parallel', join: { kind: 'parallel' } }),
};
