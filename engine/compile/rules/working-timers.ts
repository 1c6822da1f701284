import { bodyOf, idOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { definitionsOf } from '../event-definitions.ts';

/** Working time is counted from a moment and gives a moment, so it says a timer's date, not its duration or cycle. */
export const workingTimers: LintRule = ({ nodes }) =>
  nodes.flatMap((node) =>
    definitionsOf(node).flatMap((definition) => {
      const kind = ['timeDuration', 'timeCycle'].find((one) => givesMoment(bodyOf(definition, one)));
      if (kind === undefined) return [];
      const message = `Expected a date (timeDate) from the working time of ${idOf(node)}, but it stands as ${kind}`;
      return [{ rule: 'working-timer', severity: 'error' as const, message, elementId: idOf(node), path: kind }];
    }),
  );

function givesMoment(text: string | undefined): boolean {
  return text !== undefined && /^\s*=\s*add\s+working\s+(days|time)\s*\(/.test(text);
}
