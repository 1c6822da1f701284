import { refusal } from '../../elements/element.ts';
import { type BpmnElement, booleanOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { isEventSubProcess } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { definitionsOf } from '../event-definitions.ts';

/** What may start a case: by hand, by a message, a signal or the clock. */
const startingCases: ReadonlySet<string> = new Set([
  'bpmn:MessageEventDefinition',
  'bpmn:SignalEventDefinition',
  'bpmn:TimerEventDefinition',
]);

/**
 * A process begins by hand, by a message, a signal or the clock. A sub-process begins at one plain start event, or at the nodes no flow leads to
 * when it has none.
 */
export const startOfScope: LintRule = ({ element, id, nodes }) => {
  const starts = nodes.filter((node) => node.$type === 'bpmn:StartEvent');
  if (isEventSubProcess(element)) return [];
  if (element.$type === 'bpmn:Process') return starts.flatMap(notServed);
  const triggered = starts.filter((start) => definitionsOf(start).length > 0);
  return [
    ...triggered.map((start) =>
      refusal(
        'start-in-sub-process',
        idOf(start),
        'a plain start event in a sub-process',
        'this one waits for an event',
      ),
    ),
    ...(starts.length > 1
      ? [refusal('several-starts', id, 'one start event in a sub-process', `there are ${starts.length}`)]
      : []),
  ];
};

function notServed(start: BpmnElement): Finding[] {
  const strange = definitionsOf(start).find(({ $type }) => !startingCases.has($type));
  const parallel = booleanOf(start, 'parallelMultiple') === true && definitionsOf(start).length > 1;
  if (!strange && !parallel) return [];
  const but = strange ? `it waits for a ${strange.$type.replace('bpmn:', '')}` : 'it waits for several events together';
  return [refusal('unsupported-element', idOf(start), 'a start by hand, message, signal or timer', but)];
}
