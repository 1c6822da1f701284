import { refusal } from '../../elements/element.ts';
import { elementOf, idOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';

/** A default flow leaves the node it is the default of. */
export const defaultFlowLeaves: LintRule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const flow = node.get('default') === undefined ? undefined : elementOf(node, 'default');
    const source = flow && elementOf(flow, 'sourceRef');
    if (!flow || (source && idOf(source) === idOf(node))) return [];
    return [
      refusal('foreign-default', idOf(node), 'a default flow that leaves the node', `${idOf(flow)} leaves another`),
    ];
  });
