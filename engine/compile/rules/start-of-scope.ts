import { booleanOf, idOf } from '../../ir/bpmn-element.ts';
import { isEventSubProcess } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { breach } from '../breach.ts';
import { waysOf } from './ways.ts';

/** A sub-process begins in one way: at one start event. A receive task that starts cases is reached by nothing. */
export const startOfScope: LintRule = ({ element, id, nodes, flows }) => {
  const starts = nodes.filter((node) => node.$type === 'bpmn:StartEvent');
  const ways = waysOf(flows);
  const several = element.$type !== 'bpmn:Process' && !isEventSubProcess(element) && starts.length > 1;
  return [
    ...(several
      ? [
          breach({
            rule: 'several-starts',
            clause: '10.5.2',
            at: id,
            expected: 'one start event in a sub-process',
            but: `there are ${starts.length}`,
          }),
        ]
      : []),
    ...nodes
      .filter((node) => node.$type === 'bpmn:ReceiveTask' && booleanOf(node, 'instantiate') === true)
      .filter((node) => ways.into(node).length > 0)
      .map((node) =>
        breach({
          rule: 'instantiate-reached',
          clause: '10.3.3',
          at: idOf(node),
          expected: 'nothing before a receive task that starts cases',
          but: 'a flow leads to it',
        }),
      ),
  ];
};
