import { extensionOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type ElementLowering, refusal } from '../element.ts';
import { jobOf } from '../job.ts';

/** Business rule tasks decide by a table of the package, inside the decision; or hand a job to a connector. */
export const businessRuleTask: ElementLowering = {
  type: 'bpmn:BusinessRuleTask',
  lower(element, context) {
    const job = jobOf(element);
    if (job) return { body: job };
    const called = extensionOf(element, 'zeebe:CalledDecision');
    const id = called && textOf(called, 'decisionId');
    if (!called || id === undefined) {
      context.report(
        refusal(
          'decision-missing',
          idOf(element),
          'a decision (zeebe:calledDecision) on the business rule task',
          'there is none',
        ),
      );
      return undefined;
    }
    const variable = textOf(called, 'resultVariable');
    return {
      body: {
        kind: 'pass',
        acts: [{ kind: 'decide', decisionId: valueSource(id), ...(variable === undefined ? {} : { variable }) }],
      },
    };
  },
};
