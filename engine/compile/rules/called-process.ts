import { type BpmnElement, idOf, textOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { breach } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';

/** A called process begins by itself: it has a start event without a trigger, or none at all. */
export const calledProcess: LintRule = ({ nodes }, { model }) =>
  nodes.flatMap((node) => {
    const called = node.$type === 'bpmn:CallActivity' ? calledBy(node, model.byId) : undefined;
    if (!called) return [];
    if (!/^bpmn:(Process|Global\w*Task)$/.test(called.$type))
      return [
        breach({
          rule: 'not-callable',
          clause: '10.3.6',
          at: idOf(node),
          expected: 'a process or global task to call',
          but: `${idOf(called)} is a ${called.$type.replace('bpmn:', '')}`,
        }),
      ];
    return startsAlone(called)
      ? []
      : [
          breach({
            rule: 'called-process-start',
            clause: '10.5.2',
            at: idOf(node),
            expected: `a start event without a trigger in called process ${idOf(called)}`,
            but: 'each of its start events waits for something',
          }),
        ];
  });

function calledBy(call: BpmnElement, byId: ReadonlyMap<string, BpmnElement>): BpmnElement | undefined {
  const id = textOf(call, 'calledElement');
  if (id === undefined || id.startsWith('=')) return undefined;
  return byId.get(id) ?? byId.get(id.slice(id.indexOf(':') + 1));
}

function startsAlone(called: BpmnElement): boolean {
  const elements = called.get('flowElements');
  const starts: readonly BpmnElement[] = Array.isArray(elements)
    ? elements.filter((one: BpmnElement) => one.$type === 'bpmn:StartEvent')
    : [];
  return starts.length === 0 || starts.some((start) => definitionsOf(start).length === 0);
}
