import { type BpmnElement, elementOf, idOf, isElement } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { ModelRule } from '../2-lint.ts';
import { type Breach, slip } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';
import { typeName } from './ways.ts';

/** Message flows join pools, or activities and message events of different pools. Nothing runs by them; they must still tell the truth. */
export const messageFlows: ModelRule = ({ model }) => {
  return [...model.byId.values()]
    .filter(({ $type }) => $type === 'bpmn:MessageFlow')
    .flatMap((flow) => [...wrongEnd(flow, 'sourceRef'), ...wrongEnd(flow, 'targetRef'), ...samePool(flow)]);
};

const sources =
  /^bpmn:(Participant|\w*Task|CallActivity|SubProcess|AdHocSubProcess|Transaction|EndEvent|IntermediateThrowEvent)$/;
const targets =
  /^bpmn:(Participant|\w*Task|CallActivity|SubProcess|AdHocSubProcess|Transaction|StartEvent|IntermediateCatchEvent|BoundaryEvent)$/;

function wrongEnd(flow: BpmnElement, side: 'sourceRef' | 'targetRef'): Finding[] {
  const end = elementOf(flow, side);
  const word = side === 'sourceRef' ? 'source' : 'target';
  if (!end) return [said(flow, { expected: `a ${word} of the message flow`, but: 'there is none' })];
  if (!(side === 'sourceRef' ? sources : targets).test(end.$type))
    return [
      said(flow, { expected: `a pool, activity or event that can be the ${word} of a message flow`, but: isA(end) }),
    ];
  if (!end.$type.endsWith('Event')) return [];
  const takesMessages = definitionsOf(end).some(({ $type }) => $type === 'bpmn:MessageEventDefinition');
  if (takesMessages) return [];
  return [said(flow, { expected: `a message event as ${word} of the message flow`, but: `${idOf(end)} is none` })];
}

function isA(end: BpmnElement): string {
  return `${idOf(end)} is a ${typeName(end)}`;
}

function samePool(flow: BpmnElement): Finding[] {
  const pools = ['sourceRef', 'targetRef'].map((side) => {
    const end = elementOf(flow, side);
    return end && poolOf(end);
  });
  if (pools[0] === undefined || pools[0] !== pools[1]) return [];
  return [said(flow, { expected: 'a message flow between two pools', but: 'both ends lie in one' })];
}

/** The pool an element belongs to, by its process: one process in two pools is still one. */
function poolOf(end: BpmnElement): string | undefined {
  if (end.$type === 'bpmn:Participant') {
    const process = elementOf(end, 'processRef');
    return process ? idOf(process) : idOf(end);
  }
  for (let one: unknown = end; isElement(one); one = one.$parent) if (one.$type === 'bpmn:Process') return idOf(one);
  return undefined;
}

function said(flow: BpmnElement, { expected, but }: Pick<Breach, 'expected' | 'but'>): Finding {
  return slip({ rule: 'message-flow', clause: '9.4', at: idOf(flow), expected, but });
}
