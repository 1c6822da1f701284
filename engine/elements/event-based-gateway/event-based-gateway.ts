import { idOf, textOf } from '../../ir/bpmn-element.ts';
import { type ElementLowering, refusal } from '../element.ts';

/** Event-based gateways wait for whichever event behind them comes first; at the beginning of a process each of them may start it. */
export const eventBasedGateway: ElementLowering = {
  type: 'bpmn:EventBasedGateway',
  lower(element, context) {
    const waitsForAll = textOf(element, 'eventGatewayType') === 'Parallel';
    if (waitsForAll)
      context.report(
        refusal(
          'unsupported-element',
          idOf(element),
          'an exclusive event-based gateway',
          'this one waits for all its events',
        ),
      );
    return waitsForAll ? undefined : { body: { kind: 'race' } };
  },
};
