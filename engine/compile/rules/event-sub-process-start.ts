import { idOf } from '../../ir/bpmn-element.ts';
import { isEventSubProcess } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { breach } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';

/** An event sub-process has exactly one start event, which says what starts it. */
export const eventSubProcessStart: LintRule = ({ element, id, nodes }) => {
  if (!isEventSubProcess(element)) return [];
  const starts = nodes.filter((node) => node.$type === 'bpmn:StartEvent');
  const [start] = starts;
  if (starts.length === 1 && start && definitionsOf(start).length > 0) return [];
  const but = starts.length === 1 ? `${start ? idOf(start) : ''} has no event` : `there are ${starts.length}`;
  const expected = 'one start event with an event in the event sub-process';
  return [breach({ rule: 'event-sub-process-start', clause: '10.3.5', at: id, expected, but })];
};
