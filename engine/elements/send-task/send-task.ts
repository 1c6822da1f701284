import { elementOf, idOf } from '../../ir/bpmn-element.ts';
import { type ElementLowering, refusal } from '../element.ts';
import { jobOf } from '../job.ts';
import { publishOf } from '../publish.ts';

/** Send tasks publish a message to other cases, or hand it to a connector. */
export const sendTask: ElementLowering = {
  type: 'bpmn:SendTask',
  lower(element, context) {
    const body = jobOf(element) ?? publishOf(element, elementOf(element, 'messageRef'));
    if (!body)
      context.report(
        refusal(
          'message-missing',
          idOf(element),
          'a job type (zeebe:taskDefinition) or a named message on the send task',
          'there is neither',
        ),
      );
    return body && { body };
  },
};
