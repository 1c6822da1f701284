import { type BpmnElement, extensionOf, nameOf, textOf } from '../ir/bpmn-element.ts';
import type { Body } from '../ir/kernel.ts';
import { optionalSource, valueSource } from '../ir/value-source.ts';
import { correlationOf } from './correlation/correlation.ts';

/**
 * Publishing a message to other cases: by `clinical:publish`, or the message the element references, under the key its receivers wait with,
 * or that of its conversation.
 * The element's input mappings are the payload.
 */
export function publishOf(element: BpmnElement, message: BpmnElement | undefined): Body | undefined {
  const publish = extensionOf(element, 'clinical:Publish');
  const name = (publish && textOf(publish, 'messageName')) ?? (message && nameOf(message));
  if (name === undefined) return undefined;
  const subscription = message && extensionOf(message, 'zeebe:Subscription');
  const key =
    (publish && textOf(publish, 'correlationKey')) ?? (subscription && textOf(subscription, 'correlationKey'));
  const correlationKey = optionalSource(key) ?? (message && correlationOf(message, element)?.sent);
  return {
    kind: 'pass',
    acts: [{ kind: 'publish', messageName: valueSource(name), ...(correlationKey ? { correlationKey } : {}) }],
  };
}
