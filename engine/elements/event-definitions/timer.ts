import { bodyOf, idOf } from '../../ir/bpmn-element.ts';
import type { TimerSource } from '../../ir/kernel.ts';
import { valueSource } from '../../ir/value-source.ts';
import { type EventDefinitionLowering, refusal } from '../element.ts';

const kinds: readonly (readonly [string, TimerSource['kind']])[] = [
  ['timeDuration', 'duration'],
  ['timeDate', 'date'],
  ['timeCycle', 'cycle'],
];

/** Timers: after a duration, at a date, or again and again; ISO 8601 or FEEL giving it. */
export const timerEvent: EventDefinitionLowering = {
  type: 'bpmn:TimerEventDefinition',
  trigger(definition, event, context) {
    for (const [property, kind] of kinds) {
      const text = bodyOf(definition, property);
      if (text !== undefined) return { kind: 'timer', timer: { kind, value: valueSource(text) } };
    }
    context.report(
      refusal('timer-missing', idOf(event), 'a duration, date or cycle on the timer event', 'there is none'),
    );
    return undefined;
  },
};
