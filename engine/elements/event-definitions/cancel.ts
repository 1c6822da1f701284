import { type EventDefinitionLowering, throwing } from '../element.ts';

/** Cancel: ends a transaction by undoing it, and is where it is left then. */
export const cancelEvent: EventDefinitionLowering = {
  type: 'bpmn:CancelEventDefinition',
  trigger: () => ({ kind: 'cancel' }),
  thrown: () => throwing({ kind: 'cancel' }),
};
