import { type BpmnElement, elementOf, idOf, nameOf } from '../../ir/bpmn-element.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type EventDefinitionLowering, type LowerContext, refusal, throwing } from '../element.ts';

function signalName(definition: BpmnElement, event: BpmnElement, context: LowerContext): string | undefined {
  const signal = elementOf(definition, 'signalRef');
  const name = signal && (nameOf(signal) ?? idOf(signal));
  if (name === undefined) context.report(refusal('signal-missing', idOf(event), 'a signal', 'the event names none'));
  return name;
}

/** Signals reach everyone who waits for them, in this case at once and in others through the outbox. */
export const signalEvent: EventDefinitionLowering = {
  type: 'bpmn:SignalEventDefinition',
  trigger(definition, event, context) {
    const name = signalName(definition, event, context);
    return name === undefined ? undefined : { kind: 'signal', name: valueSource(name) };
  },
  thrown(definition, event, context) {
    const name = signalName(definition, event, context);
    return name === undefined ? undefined : throwing({ kind: 'signal', name: valueSource(name) });
  },
};
