import { elementOf } from '../../ir/bpmn-element.ts';
import type { ElementLowering } from '../element.ts';
import { messageTrigger } from '../event-definitions/message.ts';

/** Receive tasks wait for their message; one without a message waits until it is triggered by hand. */
export const receiveTask: ElementLowering = {
  type: 'bpmn:ReceiveTask',
  lower(element, context) {
    if (!elementOf(element, 'messageRef')) return { body: { kind: 'hold' } };
    const trigger = messageTrigger(element, element, context);
    return trigger && { body: { kind: 'catch', trigger } };
  },
};
