import { elementOf, idOf } from '../../ir/bpmn-element.ts';
import type { ElementLowering } from '../element.ts';
import { messageTrigger } from '../event-definitions/message.ts';

/** Receive tasks wait for their message; one without a message is triggered by a message named like its id. */
export const receiveTask: ElementLowering = {
  type: 'bpmn:ReceiveTask',
  lower(element, context) {
    const named = elementOf(element, 'messageRef') !== undefined;
    const trigger = named
      ? messageTrigger(element, element, context)
      : ({ kind: 'message', name: { literal: idOf(element) } } as const);
    return trigger && { body: { kind: 'catch', trigger } };
  },
};
