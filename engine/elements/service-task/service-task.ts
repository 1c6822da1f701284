import { idOf } from '../../ir/bpmn-element.ts';
import { type ElementLowering, refusal } from '../element.ts';
import { jobOf } from '../job.ts';

/** Service tasks hand a job to a connector and wait for its answer. */
export const serviceTask: ElementLowering = {
  type: 'bpmn:ServiceTask',
  lower(element, context) {
    const body = jobOf(element);
    if (!body)
      context.report(
        refusal(
          'job-type-missing',
          idOf(element),
          'a job type (zeebe:taskDefinition) on the service task',
          'there is none',
        ),
      );
    return body && { body };
  },
};
