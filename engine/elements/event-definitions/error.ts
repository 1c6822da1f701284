import { type BpmnElement, elementOf, idOf, nameOf, textOf } from '../../ir/bpmn-element.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type EventDefinitionLowering, throwing } from '../element.ts';

/** A referenced error without a code is known by its name or id; no reference at all catches everything. */
function codeOf(definition: BpmnElement): string | undefined {
  const error = elementOf(definition, 'errorRef');
  return error && (textOf(error, 'errorCode') ?? nameOf(error) ?? idOf(error));
}

/** BPMN errors: thrown by an end event or a connector, caught outward. */
export const errorEvent: EventDefinitionLowering = {
  type: 'bpmn:ErrorEventDefinition',
  trigger(definition) {
    const code = codeOf(definition);
    return { kind: 'error', ...(code === undefined ? {} : { code }) };
  },
  thrown(definition) {
    const code = codeOf(definition);
    return throwing({ kind: 'error', ...(code === undefined ? {} : { code: valueSource(code) }) });
  },
};
