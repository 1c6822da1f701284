import { type BpmnElement, elementOf, idOf, isElement } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { LintRule } from '../2-lint.ts';
import { breach } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';

const cancels = (event: BpmnElement) => definitionsOf(event).some((one) => one.$type === 'bpmn:CancelEventDefinition');

/** Cancel end events lie in a transaction, at any depth; a transaction has at most one cancel boundary event, and nothing else has one. */
export const cancelInTransaction: LintRule = ({ element, nodes }) => {
  const ends = nodes.filter((node) => node.$type === 'bpmn:EndEvent' && cancels(node));
  const boundaries = nodes.filter((node) => node.$type === 'bpmn:BoundaryEvent' && cancels(node));
  const seen = new Set<string>();
  return [
    ...(liesInTransaction(element) ? [] : ends.map((end) => outside(end, 'a cancel end event in a transaction'))),
    ...boundaries.flatMap((boundary) => {
      const host = elementOf(boundary, 'attachedToRef');
      if (host?.$type !== 'bpmn:Transaction') return [outside(boundary, 'a cancel boundary event on a transaction')];
      const again = seen.has(idOf(host));
      seen.add(idOf(host));
      const expected = `one cancel boundary event on ${idOf(host)}`;
      const but = 'there are several';
      return again ? [breach({ rule: 'several-cancels', clause: '10.5.4', at: idOf(boundary), expected, but })] : [];
    }),
  ];
};

function liesInTransaction(container: BpmnElement): boolean {
  for (let one: unknown = container; isElement(one); one = one.$parent)
    if (one.$type === 'bpmn:Transaction') return true;
  return false;
}

function outside(event: BpmnElement, expected: string): Finding {
  const clause = event.$type === 'bpmn:EndEvent' ? '10.5.3' : '10.5.4';
  return breach({ rule: 'cancel-outside-transaction', clause, at: idOf(event), expected, but: 'it is in none' });
}
