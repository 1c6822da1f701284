import { elementsOf, idOf, isElement } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { slip } from '../breach.ts';

/** An event definition that events refer to stands by itself; one written inside an event is that event's own. */
export const reusableDefinitions: LintRule = ({ nodes }) =>
  nodes.flatMap((node) =>
    elementsOf(node, 'eventDefinitionRef').flatMap((definition) => {
      const owner = definition.$parent;
      if (!isElement(owner) || !owner.$type.endsWith('Event')) return [];
      return [
        slip({
          rule: 'shared-definition',
          clause: '10.5.5',
          at: idOf(node),
          expected: 'a reference to an event definition that stands by itself',
          but: `${idOf(definition)} belongs to ${idOf(owner)}`,
        }),
      ];
    }),
  );
