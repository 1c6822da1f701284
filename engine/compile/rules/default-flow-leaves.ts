import { elementOf, idOf, isElement } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { breach, slip } from '../breach.ts';

/** A default flow leaves the node it is the default of, and has no condition of its own. */
export const defaultFlowLeaves: LintRule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const flow = node.get('default') === undefined ? undefined : elementOf(node, 'default');
    const source = flow && elementOf(flow, 'sourceRef');
    if (!flow) return [];
    if (!source || idOf(source) !== idOf(node))
      return [
        breach({
          rule: 'foreign-default',
          clause: '8.4.13',
          at: idOf(node),
          expected: 'a default flow that leaves the node',
          but: `${idOf(flow)} leaves another`,
        }),
      ];
    if (!isElement(flow.get('conditionExpression'))) return [];
    return [
      slip({
        rule: 'default-with-condition',
        clause: '8.4.13',
        at: idOf(flow),
        expected: 'a default flow without a condition',
        but: 'it has one, which is never asked',
      }),
    ];
  });
