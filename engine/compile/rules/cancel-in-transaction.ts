import { refusal } from '../../elements/element.ts';
import { type BpmnElement, elementOf, idOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { definitionsOf } from '../event-definitions.ts';

const cancels = (event: BpmnElement) => definitionsOf(event).some((one) => one.$type === 'bpmn:CancelEventDefinition');

/** Cancel end events lie directly in a transaction; a transaction has at most one cancel boundary event, and nothing else has one. */
export const cancelInTransaction: LintRule = ({ element, nodes }) => {
  const ends = nodes.filter((node) => node.$type === 'bpmn:EndEvent' && cancels(node));
  const outside = element.$type === 'bpmn:Transaction' ? [] : ends;
  const boundaries = nodes.filter((node) => node.$type === 'bpmn:BoundaryEvent' && cancels(node));
  const seen = new Set<string>();
  return [
    ...outside.map((end) =>
      refusal(
        'cancel-outside-transaction',
        idOf(end),
        'a cancel end event directly in a transaction',
        'it lies in none',
      ),
    ),
    ...boundaries.flatMap((boundary) => {
      const host = elementOf(boundary, 'attachedToRef');
      if (host?.$type !== 'bpmn:Transaction')
        return [
          refusal(
            'cancel-outside-transaction',
            idOf(boundary),
            'a cancel boundary event on a transaction',
            'it is on none',
          ),
        ];
      const again = seen.has(idOf(host));
      seen.add(idOf(host));
      return again
        ? [
            refusal(
              'several-cancels',
              idOf(boundary),
              `one cancel boundary event on ${idOf(host)}`,
              'there are several',
            ),
          ]
        : [];
    }),
  ];
};
