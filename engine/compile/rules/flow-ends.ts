import { refusal } from '../../elements/element.ts';
import { type BpmnElement, elementOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { LintRule } from '../2-lint.ts';

/** Sequence flows join two nodes of one scope; nothing flows into a start or boundary event or out of an end event. */
export const flowEnds: LintRule = ({ flows, nodes }) => {
  const here = new Set(nodes.map(idOf));
  return flows.flatMap((flow) => {
    const [source, target] = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')];
    if (!source || !target) return [dangling(flow, source ? 'target' : 'source')];
    const outside = [source, target].find((end) => !here.has(idOf(end)));
    if (outside) return [strayed(flow, outside)];
    return [...wrongEnd(flow, source, target)];
  });
};

function dangling(flow: BpmnElement, end: string): Finding {
  return refusal('dangling-flow', idOf(flow), 'a sequence flow between two nodes', `it has no ${end}`);
}

function strayed(flow: BpmnElement, end: BpmnElement): Finding {
  return refusal(
    'flow-leaves-scope',
    idOf(flow),
    'a sequence flow inside one scope',
    `${idOf(end)} lies in another or cannot be flowed to`,
  );
}

function wrongEnd(flow: BpmnElement, source: BpmnElement, target: BpmnElement): Finding[] {
  const findings: Finding[] = [];
  if (source.$type === 'bpmn:EndEvent')
    findings.push(refusal('flow-from-end', idOf(flow), 'nothing after an end event', `a flow leaves ${idOf(source)}`));
  if (target.$type === 'bpmn:StartEvent' || target.$type === 'bpmn:BoundaryEvent')
    findings.push(
      refusal('flow-into-start', idOf(flow), 'no flow into a start or boundary event', `one leads to ${idOf(target)}`),
    );
  return findings;
}
