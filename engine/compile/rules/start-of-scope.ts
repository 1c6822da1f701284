import { refusal } from '../../elements/element.ts';
import { idOf } from '../../ir/bpmn-element.ts';
import { isEventSubProcess } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { definitionsOf } from '../event-definitions.ts';

/** A sub-process begins at one plain start event, or at the nodes no flow leads to when it has none. */
export const startOfScope: LintRule = ({ element, id, nodes }) => {
  const starts = nodes.filter((node) => node.$type === 'bpmn:StartEvent');
  if (element.$type === 'bpmn:Process' || isEventSubProcess(element)) return [];
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
