import { booleanOf, idOf } from '../../ir/bpmn-element.ts';
import { isCompensation } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { breach, slip } from '../breach.ts';
import { waysOf } from './ways.ts';

/** What compensates stands outside the normal flow: no flow joins the handler, and none leaves the boundary event that names it. */
export const compensationHandlers: LintRule = ({ nodes, flows }) => {
  const ways = waysOf(flows);
  return nodes.flatMap((node) => {
    const joined = ways.into(node).length + ways.outOf(node).length > 0;
    if (node.$type === 'bpmn:BoundaryEvent' && isCompensation(node) && joined)
      return [
        breach({
          rule: 'compensation-boundary-flow',
          clause: '10.5.4',
          at: idOf(node),
          expected: 'no flow out of a compensation boundary event, only an association to its handler',
          but: 'there is one',
        }),
      ];
    if (booleanOf(node, 'isForCompensation') !== true || !joined) return [];
    return [
      slip({
        rule: 'compensation-handler-flow',
        clause: '10.7.2',
        at: idOf(node),
        expected: 'a compensation handler outside the normal flow',
        but: `a flow joins ${idOf(node)}`,
      }),
    ];
  });
};
