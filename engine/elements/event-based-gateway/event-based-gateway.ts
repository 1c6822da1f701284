import type { ElementLowering } from '../element.ts';

/**
 * Event-based gateways wait for whichever event behind them comes first. At the beginning of a process each of those events may start it
 * (`instantiate`); a parallel one then waits for all the others too (BPMN 2.0.2, 10.6.6 and 13.4.4), which the start says, not the gateway.
 */
export const eventBasedGateway: ElementLowering = {
  type: 'bpmn:EventBasedGateway',
  lower: () => ({ body: { kind: 'race' } }),
};
