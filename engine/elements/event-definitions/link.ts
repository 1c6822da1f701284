import { idOf, nameOf } from '../../ir/bpmn-element.ts';
import { type EventDefinitionLowering, refusal, throwing } from '../element.ts';

/** Links are drawn flows that were cut: a throwing link goes on at the catching link of its name. */
export const linkEvent: EventDefinitionLowering = {
  type: 'bpmn:LinkEventDefinition',
  thrown(definition, event, context) {
    const name = nameOf(definition) ?? '';
    const target = context.linkTarget(name);
    if (target === undefined)
      context.report(
        refusal('link-missing', idOf(event), `a catching link named ${name} in the same scope`, 'there is none'),
      );
    return target === undefined ? undefined : throwing({ kind: 'link', target });
  },
};
