import { type BpmnElement, elementsOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { LintRule } from '../2-lint.ts';
import { formality } from '../breach.ts';
import { type Ways, waysOf } from './ways.ts';

/**
 * A flow node lists its flows (`incoming`, `outgoing`) as the flows themselves say. Many tools leave the lists out altogether; a file that
 * has them keeps them right.
 */
export const listedFlows: LintRule = ({ nodes, flows }) => {
  const ways = waysOf(flows);
  if (!nodes.some((node) => elementsOf(node, 'incoming').length + elementsOf(node, 'outgoing').length > 0)) return [];
  return nodes.flatMap((node) => [...disagreeing(node, 'incoming', ways), ...disagreeing(node, 'outgoing', ways)]);
};

function disagreeing(node: BpmnElement, list: 'incoming' | 'outgoing', ways: Ways): Finding[] {
  const drawn = new Set((list === 'incoming' ? ways.into(node) : ways.outOf(node)).map(idOf));
  const listed = new Set(elementsOf(node, list).map(idOf));
  const wrong = [
    ...[...drawn].filter((flow) => !listed.has(flow)).map((flow) => `${flow} is not among them`),
    ...[...listed].filter((flow) => !drawn.has(flow)).map((flow) => `${flow} is none of them`),
  ];
  return wrong.map((but) =>
    formality({
      rule: 'flow-not-listed',
      clause: '8.4.13',
      at: idOf(node),
      expected: `the ${list} flows of ${idOf(node)} in its list`,
      but,
      path: list,
    }),
  );
}
