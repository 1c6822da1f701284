import { type BpmnElement, elementOf, idOf, nameOf, textOf } from '../../ir/bpmn-element.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type EventDefinitionLowering, throwing } from '../element.ts';

function codeOf(definition: BpmnElement): string | undefined {
  const escalation = elementOf(definition, 'escalationRef');
  return escalation && (textOf(escalation, 'escalationCode') ?? nameOf(escalation) ?? idOf(escalation));
}

/** Escalations: like errors, but nobody has to catch them and the thrower may go on. */
export const escalationEvent: EventDefinitionLowering = {
  type: 'bpmn:EscalationEventDefinition',
  trigger(definition) {
    const code = codeOf(definition);
    return { kind: 'escalation', ...(code === undefined ? {} : { code }) };
  },
  thrown(definition) {
    const code = codeOf(definition);
    return throwing({ kind: 'escalation', ...(code === undefined ? {} : { code: valueSource(code) }) });
  },
};
