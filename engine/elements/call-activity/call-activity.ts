import { booleanOf, extensionOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type ElementLowering, refusal } from '../element.ts';

/**
 * Call activities run another process or global task of the package inside the same case (BPMN 2.0.2, 10.3.6). What is called is bound with the
 * package: a case goes on with the version it began with. A binding by version tag says which version of it the package must hold.
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
    const byTag = called && textOf(called, 'bindingType') === 'versionTag';
    const versionTag = byTag ? textOf(called, 'versionTag') : undefined;
    if (byTag && versionTag === undefined)
      context.report(refusal('version-binding', idOf(element), 'the version tag it binds to', 'the call names none'));
    const propagate = (name: string) => (called ? booleanOf(called, name) !== false : true);
    return {
      body: {
        kind: 'call',
        processId: valueSource(processId),
        ...(versionTag === undefined ? {} : { versionTag }),
        propagateParentVariables: propagate('propagateAllParentVariables'),
        propagateChildVariables: propagate('propagateAllChildVariables'),
      },
    };
  },
};
