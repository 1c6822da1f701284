import { booleanOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import { type ElementLowering, refusal } from '../element.ts';

/** Event-based gateways wait for whichever event behind them comes first. */
export const eventBasedGateway: ElementLowering = {
  type: 'bpmn:EventBasedGateway',
  lower(element, context) {
    const starts = booleanOf(element, 'instantiate') === true || textOf(element, 'eventGatewayType') === 'Parallel';
    if (starts)
      context.report(
        refusal(
          'unsupported-element',
          idOf(element),
          'an event-based gateway inside a process',
          'this one starts processes',
        ),
      );
    return starts ? undefined : { body: { kind: 'race' } };
  },
};
