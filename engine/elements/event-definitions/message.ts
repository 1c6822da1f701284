import { type BpmnElement, elementOf, extensionOf, idOf, nameOf, textOf } from '../../ir/bpmn-element.ts';
import type { Trigger } from '../../ir/kernel.ts';
import { optionalSource, valueSource } from '../../ir/value-source.ts';
import { correlationOf } from '../correlation/correlation.ts';
import { type EventDefinitionLowering, type LowerContext, refusal } from '../element.ts';
import { jobOf } from '../job.ts';
import { publishOf } from '../publish.ts';

/** What the holder of a `messageRef` (an event definition or receive task) waits for. */
export function messageTrigger(holder: BpmnElement, event: BpmnElement, context: LowerContext): Trigger | undefined {
  const message = elementOf(holder, 'messageRef');
  const name = message && nameOf(message);
  if (!message || name === undefined) {
    context.report(refusal('message-missing', idOf(event), 'a named message', 'the event has none'));
    return undefined;
  }
  const subscription = extensionOf(message, 'zeebe:Subscription') ?? extensionOf(event, 'zeebe:Subscription');
  const own = optionalSource(subscription && textOf(subscription, 'correlationKey'));
  const correlationKey = own ?? correlationOf(message, event)?.waited;
  return { kind: 'message', name: valueSource(name), ...(correlationKey ? { correlationKey } : {}) };
}

/** Messages: waited for by name and correlation key; published through the case's own outbox, or sent by a connector. */
export const messageEvent: EventDefinitionLowering = {
  type: 'bpmn:MessageEventDefinition',
  trigger: messageTrigger,
  thrown(definition, event, context) {
    const body = jobOf(event) ?? publishOf(event, elementOf(definition, 'messageRef'));
    if (!body)
      context.report(
        refusal(
          'message-missing',
          idOf(event),
          'a named message, clinical:publish or a job type on the message throw event',
          'there is neither',
        ),
      );
    return body;
  },
};
