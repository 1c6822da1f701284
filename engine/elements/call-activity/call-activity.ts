import { booleanOf, extensionOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type ElementLowering, refusal } from '../element.ts';

/**
 * Call activities run another process or global task of the package inside the same case (BPMN 2.0.2, 10.3.6). What is called is bound with the
 * package: a case goes on with the version it began with.
 */
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
    if (called && textOf(called, 'bindingType') === 'versionTag')
      context.report(
        refusal(
          'version-binding',
          idOf(element),
          "a called process of this package, whose version is the package's own",
          'the call activity asks for a version by tag',
        ),
      );
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
