import { extensionOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import { feelOf } from '../../ir/value-source.ts';
import { type ElementLowering, refusal } from '../element.ts';
import { jobOf } from '../job.ts';

/** Script tasks evaluate FEEL inside the decision and write one variable. Scripts in other languages are not run. */
export const scriptTask: ElementLowering = {
  type: 'bpmn:ScriptTask',
  lower(element, context) {
    const job = jobOf(element);
    if (job) return { body: job };
    const script = extensionOf(element, 'zeebe:Script');
    const expression = script && textOf(script, 'expression');
    if (!script || expression === undefined) {
      const language = textOf(element, 'scriptFormat');
      const but = language === undefined ? 'there is none' : `its script is written in ${language}`;
      context.report(refusal('script-missing', idOf(element), 'a FEEL script (zeebe:script) on the script task', but));
      return undefined;
    }
    const variable = textOf(script, 'resultVariable');
    return {
      body: {
        kind: 'pass',
        acts: [{ kind: 'write', feel: feelOf(expression), ...(variable === undefined ? {} : { variable }) }],
      },
    };
  },
};
