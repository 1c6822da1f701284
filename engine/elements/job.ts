import { type BpmnElement, elementsOf, extensionOf, textOf } from '../ir/bpmn-element.ts';
import type { Body } from '../ir/kernel.ts';
import { valueSource } from '../ir/value-source.ts';

/** A job for a connector where the element has `zeebe:taskDefinition`. */
export function jobOf(element: BpmnElement): Body | undefined {
  const definition = extensionOf(element, 'zeebe:TaskDefinition');
  const type = definition && textOf(definition, 'type');
  if (!definition || type === undefined) return undefined;
  return {
    kind: 'job',
    job: {
      jobType: valueSource(type),
      retries: valueSource(textOf(definition, 'retries') ?? '3'),
      headers: headersOf(element),
    },
  };
}

function headersOf(element: BpmnElement): Record<string, string> {
  const headers = extensionOf(element, 'zeebe:TaskHeaders');
  return Object.fromEntries(
    (headers ? elementsOf(headers, 'values') : []).flatMap((one) => {
      const key = textOf(one, 'key');
      return key === undefined ? [] : [[key, textOf(one, 'value') ?? '']];
    }),
  );
}
