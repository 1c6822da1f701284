import { type BpmnElement, elementOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { isEventSubProcess } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { breach } from '../breach.ts';
import { typeName } from './ways.ts';

const artifacts: ReadonlySet<string> = new Set(['bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group']);

/** Sequence flows join two flow nodes of one scope; nothing flows into a start or boundary event or out of an end event. */
export const flowEnds: LintRule = ({ flows, nodes }) => {
  const here = new Set(nodes.map(idOf));
  return flows.flatMap((flow) => {
    const ends = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')] as const;
    const [source, target] = ends;
    if (!source || !target) return [dangling(flow, source ? 'target' : 'source')];
    const strange = ends.flatMap((end) => (end ? notANode(flow, end) : []));
    if (strange.length > 0) return strange;
    const outside = ends.find((end) => end && !here.has(idOf(end)));
    return outside ? [strayed(flow, outside)] : wrongEnd(flow, source, target);
  });
};

function dangling(flow: BpmnElement, end: string): Finding {
  return breach({
    rule: 'dangling-flow',
    clause: '8.4.13',
    at: idOf(flow),
    expected: 'a sequence flow between two nodes',
    but: `it has no ${end}`,
  });
}

/** Artifacts, data, pools and event sub-processes are no place a token could be. */
function notANode(flow: BpmnElement, end: BpmnElement): Finding[] {
  const at = { at: idOf(flow), but: `${idOf(end)} is a ${typeName(end)}` };
  if (artifacts.has(end.$type))
    return [
      breach({ ...at, rule: 'flow-to-artifact', clause: '8.4.1', expected: 'a sequence flow between flow nodes' }),
    ];
  if (isEventSubProcess(end))
    return [
      breach({
        rule: 'flow-to-event-sub-process',
        clause: '10.3.5',
        at: idOf(flow),
        expected: 'an event sub-process that only its event starts',
        but: `a flow joins ${idOf(end)}`,
      }),
    ];
  if (/(Activity|Task|Event|Gateway|Process|Transaction|Choreography)$/.test(end.$type)) return [];
  return [breach({ ...at, rule: 'flow-to-no-node', clause: '8.4.13', expected: 'a sequence flow between flow nodes' })];
}

function strayed(flow: BpmnElement, end: BpmnElement): Finding {
  return breach({
    rule: 'flow-leaves-scope',
    clause: '8.4.13',
    at: idOf(flow),
    expected: 'a sequence flow inside one process or sub-process',
    but: `${idOf(end)} lies in another`,
  });
}

function wrongEnd(flow: BpmnElement, source: BpmnElement, target: BpmnElement): Finding[] {
  const findings: Finding[] = [];
  if (source.$type === 'bpmn:EndEvent')
    findings.push(
      breach({
        rule: 'flow-from-end',
        clause: '10.5.3',
        at: idOf(flow),
        expected: 'nothing after an end event',
        but: `a flow leaves ${idOf(source)}`,
      }),
    );
  if (target.$type === 'bpmn:StartEvent' || target.$type === 'bpmn:BoundaryEvent')
    findings.push(
      breach({
        rule: 'flow-into-start',
        clause: target.$type === 'bpmn:StartEvent' ? '10.5.2' : '10.5.4',
        at: idOf(flow),
        expected: 'no flow into a start or boundary event',
        but: `one leads to ${idOf(target)}`,
      }),
    );
  return findings;
}
