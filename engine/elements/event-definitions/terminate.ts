import { type EventDefinitionLowering, throwing } from '../element.ts';

/** Terminate ends everything in its own scope; the scope then completes normally. */
export const terminateEvent: EventDefinitionLowering = {
  type: 'bpmn:TerminateEventDefinition',
  thrown: () => throwing({ kind: 'terminate' }),
};
