import { type BpmnElement, elementOf, idOf, isElement, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { LintRule } from '../2-lint.ts';
import { formality, slip } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';

/** What an executable process decides or waits by is written formally; a thrown escalation has a code. */
export const formalExpressions: LintRule = ({ processId, nodes, flows }, { model }) => {
  const owner = model.byId.get(processId);
  if (owner?.get('isExecutable') !== true) return [];
  return [
    ...flows.flatMap((flow) => informal(flow, flow, 'conditionExpression')),
    ...nodes.flatMap((node) => [
      ...informal(node, node, 'completionCondition'),
      ...informal(node, node, 'activationCondition'),
      ...inLoop(node),
      ...definitionsOf(node).flatMap((definition) => inDefinition(node, definition)),
    ]),
  ];
};

function informal(owner: BpmnElement, holder: BpmnElement, property: string): Finding[] {
  const expression = holder.get(property);
  if (!isElement(expression)) return [];
  const isFormal = expression.$type === 'bpmn:FormalExpression' && textOf(expression, 'body') !== undefined;
  if (isFormal) return [];
  return [
    formality({
      rule: 'informal-expression',
      clause: '8.4.6',
      at: idOf(owner),
      expected: `a formal expression (tFormalExpression) as ${property}`,
      but: 'it is plain text or empty',
      path: property,
    }),
  ];
}

function inLoop(node: BpmnElement): Finding[] {
  const loop = elementOf(node, 'loopCharacteristics');
  if (!loop) return [];
  return ['loopCondition', 'loopCardinality', 'completionCondition'].flatMap((property) =>
    informal(node, loop, property),
  );
}

function inDefinition(event: BpmnElement, definition: BpmnElement): Finding[] {
  return [
    ...['condition', 'timeDate', 'timeCycle', 'timeDuration'].flatMap((property) =>
      informal(event, definition, property),
    ),
    ...escalationCode(event, definition),
  ];
}

function escalationCode(event: BpmnElement, definition: BpmnElement): Finding[] {
  const throws = event.$type === 'bpmn:EndEvent' || event.$type === 'bpmn:IntermediateThrowEvent';
  const escalation = throws ? elementOf(definition, 'escalationRef') : undefined;
  if (definition.$type !== 'bpmn:EscalationEventDefinition' || !throws) return [];
  if (escalation && textOf(escalation, 'escalationCode') !== undefined) return [];
  return [
    slip({
      rule: 'escalation-without-code',
      clause: '8.4.4',
      at: idOf(event),
      expected: 'a code of the escalation an event throws',
      but: 'there is none',
    }),
  ];
}
