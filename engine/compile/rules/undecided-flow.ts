import { bodyOf, elementOf, idOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';

const deciding: ReadonlySet<string> = new Set(['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway']);

/** Where a gateway has several ways out, each has a condition or is the default. */
export const undecidedFlow: LintRule = ({ nodes, flows }) =>
  nodes
    .filter((node) => deciding.has(node.$type))
    .flatMap((gateway) => {
      const out = flows.filter((flow) => {
        const source = elementOf(flow, 'sourceRef');
        return source && idOf(source) === idOf(gateway);
      });
      const fallback = elementOf(gateway, 'default');
      if (out.length < 2) return [];
      return out
        .filter((flow) => bodyOf(flow, 'conditionExpression') === undefined && flow !== fallback)
        .map((flow) => ({
          rule: 'undecided-flow',
          severity: 'warning' as const,
          message: `Expected a condition on every way out of ${idOf(gateway)} but the default, but ${idOf(flow)} has none and is always taken`,
          elementId: idOf(flow),
        }));
    });
