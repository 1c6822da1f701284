import { type BpmnElement, extensionOf, textOf } from '../ir/bpmn-element.ts';
import type { Body } from '../ir/kernel.ts';
import { optionalSource, valueSource } from '../ir/value-source.ts';

/** Publishing a message to other cases, where the element has `clinical:publish`. Its input mappings are the payload. */
export function publishOf(element: BpmnElement, messageName?: string): Body | undefined {
  const publish = extensionOf(element, 'clinical:Publish');
  const name = (publish && textOf(publish, 'messageName')) ?? messageName;
  if (!publish || name === undefined) return undefined;
  const correlationKey = optionalSource(textOf(publish, 'correlationKey'));
  return {
    kind: 'pass',
    acts: [{ kind: 'publish', messageName: valueSource(name), ...(correlationKey ? { correlationKey } : {}) }],
  };
}
