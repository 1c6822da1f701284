import { type BpmnElement, booleanOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { type Container, isCompensation } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { slip } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';
import { typeName, waysOf } from './ways.ts';

/**
 * Where a start event is drawn, every other node is flowed to; where an end event is drawn, every other node is flowed from. Events stand in
 * the flow in any case: a start and boundary event leads somewhere, an end event is led to, an intermediate event both.
 */
export const connectedNodes: LintRule = (container) => {
  const ways = waysOf(container.flows);
  return container.nodes.flatMap((node) => [
    ...(needsIncoming(node, container) && ways.into(node).length === 0 ? [unconnected(node, 'leads to it')] : []),
    ...(needsOutgoing(node, container) && ways.outOf(node).length === 0 ? [unconnected(node, 'leaves it')] : []),
  ]);
};

function needsIncoming(node: BpmnElement, { nodes }: Container): boolean {
  if (node.$type === 'bpmn:StartEvent' || node.$type === 'bpmn:BoundaryEvent' || isLink(node, 'Catch')) return false;
  if (isAside(node) || booleanOf(node, 'instantiate') === true) return false;
  return node.$type.endsWith('Event') || nodes.some(({ $type }) => $type === 'bpmn:StartEvent');
}

function needsOutgoing(node: BpmnElement, { nodes }: Container): boolean {
  if (node.$type === 'bpmn:EndEvent' || isLink(node, 'Throw') || isAside(node)) return false;
  if (node.$type === 'bpmn:BoundaryEvent') return !isCompensation(node);
  return node.$type.endsWith('Event') || nodes.some(({ $type }) => $type === 'bpmn:EndEvent');
}

function isLink(node: BpmnElement, direction: 'Catch' | 'Throw'): boolean {
  return (
    node.$type === `bpmn:Intermediate${direction}Event` &&
    definitionsOf(node).some((one) => one.$type === 'bpmn:LinkEventDefinition')
  );
}

/** Compensation handlers stand outside the normal flow. */
function isAside(node: BpmnElement): boolean {
  return booleanOf(node, 'isForCompensation') === true;
}

function unconnected(node: BpmnElement, what: string): Finding {
  const clauses: Readonly<Record<string, string>> = { StartEvent: '10.5.2', EndEvent: '10.5.3' };
  const type = typeName(node);
  return slip({
    rule: 'not-connected',
    clause: clauses[type] ?? (type.endsWith('Event') ? '10.5.4' : '10.5.2'),
    at: idOf(node),
    expected: `${idOf(node)} to stand in the flow`,
    but: `no flow ${what}`,
  });
}
