import { elementOf, idOf, isElement } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { slip } from '../breach.ts';
import { typeName, waysOf } from './ways.ts';

const deciding: ReadonlySet<string> = new Set([
  'bpmn:ExclusiveGateway',
  'bpmn:InclusiveGateway',
  'bpmn:ComplexGateway',
]);

/**
 * Conditions stand on flows out of deciding gateways, and of activities with several flows. Elsewhere they decide nothing, or leave a token
 * without a way.
 */
export const conditionalFlows: LintRule = ({ nodes, flows }) => {
  const ways = waysOf(flows);
  return nodes.flatMap((node) => {
    const conditional = ways.outOf(node).filter((flow) => isElement(flow.get('conditionExpression')));
    const [first] = conditional;
    if (!first || deciding.has(node.$type)) return [];
    const isActivity = !/(Event|Gateway)$/.test(node.$type);
    if (isActivity && ways.outOf(node).length > 1) return [];
    const but = isActivity ? 'it is the only way out' : `${idOf(node)} is a ${typeName(node)}`;
    const expected = `no condition on a flow out of ${idOf(node)}`;
    return conditional
      .filter((flow) => elementOf(flow, 'targetRef'))
      .map((flow) => slip({ rule: 'misplaced-condition', clause: '8.4.13', at: idOf(flow), expected, but }));
  });
};
