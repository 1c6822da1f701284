import { nameOf } from '../../ir/bpmn-element.ts';
import { type EventDefinitionLowering, throwing } from '../element.ts';

/** Links are drawn flows that were cut: a throwing link goes on at the catching link of its name. A lint rule refuses one that has none. */
export const linkEvent: EventDefinitionLowering = {
  type: 'bpmn:LinkEventDefinition',
  thrown(definition, _event, context) {
    const target = context.linkTarget(nameOf(definition) ?? '');
    return target === undefined ? undefined : throwing({ kind: 'link', target });
  },
};
