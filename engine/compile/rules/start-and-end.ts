import { booleanOf, idOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { slip } from '../breach.ts';

/** A level that draws an end event draws a start event, and the other way round. What starts cases by itself counts as a start. */
export const startAndEnd: LintRule = ({ id, nodes }) => {
  const start = nodes.find((node) => node.$type === 'bpmn:StartEvent');
  const end = nodes.find((node) => node.$type === 'bpmn:EndEvent');
  const instantiates = nodes.some((node) => booleanOf(node, 'instantiate') === true);
  if (end && !start && !instantiates)
    return [
      slip({
        rule: 'start-missing',
        clause: '10.5.3',
        at: id,
        expected: `a start event beside end event ${idOf(end)}`,
        but: 'there is none',
      }),
    ];
  if (start && !end)
    return [
      slip({
        rule: 'end-missing',
        clause: '10.5.2',
        at: id,
        expected: `an end event beside start event ${idOf(start)}`,
        but: 'there is none',
      }),
    ];
  return [];
};
