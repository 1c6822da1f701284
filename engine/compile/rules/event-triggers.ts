import { type BpmnElement, booleanOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { type Container, isEventSubProcess } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { breach, slip } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';

/** Where an event stands, as the standard's tables of triggers divide it (tables 10.84 to 10.89), with the clause of the table. */
const positions = {
  'the start of a process': ['10.5.2', 'Message Timer Conditional Signal'],
  'the start of a sub-process': ['10.5.2', ''],
  'the start of an event sub-process': ['10.5.2', 'Message Timer Escalation Error Compensate Conditional Signal'],
  'the start of an event sub-process that interrupts nothing': [
    '10.5.2',
    'Message Timer Escalation Conditional Signal',
  ],
  'an intermediate catch event': ['10.5.4', 'Message Timer Conditional Link Signal'],
  'an intermediate throw event': ['10.5.4', 'Message Escalation Link Compensate Signal'],
  'a boundary event': ['10.5.4', 'Message Timer Escalation Error Cancel Compensate Conditional Signal'],
  'a boundary event that interrupts nothing': ['10.5.4', 'Message Timer Escalation Conditional Signal'],
  'an end event': ['10.5.3', 'Message Error Escalation Cancel Compensate Signal Terminate'],
} as const;

type Position = keyof typeof positions;

/** Each place takes certain triggers and no others. */
export const eventTriggers: LintRule = (container) =>
  container.nodes.flatMap((node) => {
    const position = positionOf(node, container);
    if (!position) return [];
    const [clause, allowed] = positions[position];
    return definitionsOf(node)
      .map(kindOf)
      .filter((kind) => !allowed.split(' ').includes(kind))
      .map((kind) => misplaced(node, position, clause, kind));
  });

function misplaced(node: BpmnElement, position: Position, clause: string, kind: string): Finding {
  const [, allowed] = positions[position];
  const expected =
    allowed === '' ? `no trigger at ${position}` : `one of ${allowed.split(' ').join(', ')} at ${position}`;
  const one = { rule: 'misplaced-trigger', clause, at: idOf(node), expected, but: `it is ${kind}` };
  return interruptsAnyway(position, kind) ? slip(one) : breach(one);
}

/** An error interrupts whatever the event says of itself, and so does cancelling; compensation has nothing left to interrupt. */
function interruptsAnyway(position: Position, kind: string): boolean {
  return position.endsWith('that interrupts nothing') && ['Error', 'Cancel', 'Compensate'].includes(kind);
}

function kindOf({ $type }: BpmnElement): string {
  return $type.replace('bpmn:', '').replace('EventDefinition', '');
}

function positionOf(node: BpmnElement, { element }: Container): Position | undefined {
  switch (node.$type) {
    case 'bpmn:StartEvent':
      if (element.$type === 'bpmn:Process') return 'the start of a process';
      if (!isEventSubProcess(element)) return 'the start of a sub-process';
      return booleanOf(node, 'isInterrupting') === false
        ? 'the start of an event sub-process that interrupts nothing'
        : 'the start of an event sub-process';
    case 'bpmn:BoundaryEvent':
      return booleanOf(node, 'cancelActivity') === false
        ? 'a boundary event that interrupts nothing'
        : 'a boundary event';
    case 'bpmn:IntermediateCatchEvent':
      return 'an intermediate catch event';
    case 'bpmn:IntermediateThrowEvent':
      return 'an intermediate throw event';
    case 'bpmn:EndEvent':
      return 'an end event';
    default:
      return undefined;
  }
}
