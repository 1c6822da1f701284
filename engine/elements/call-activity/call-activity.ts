import { booleanOf, extensionOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type ElementLowering, refusal } from '../element.ts';

/** Call activities run another process of the package inside the same case. */
export const callActivity: ElementLowering = {
  type: 'bpmn:CallActivity',
  lower(element, context) {
    const called = extensionOf(element, 'zeebe:CalledElement');
    const standard = textOf(element, 'calledElement');
    const processId =
      (called && (textOf(called, 'processId') ?? textOf(called, 'processIdExpression'))) ??
      standard?.slice(standard.indexOf(':') + 1);
    if (processId === undefined) {
      context.report(
        refusal('called-process-missing', idOf(element), 'a process to call', 'the call activity names none'),
      );
      return undefined;
    }
    const propagate = (name: string) => (called ? booleanOf(called, name) !== false : true);
    return {
      body: {
        kind: 'call',
        processId: valueSource(processId),
        propagateParentVariables: propagate('propagateAllParentVariables'),
        propagateChildVariables: propagate('propagateAllChildVariables'),
      },
    };
  },
};
