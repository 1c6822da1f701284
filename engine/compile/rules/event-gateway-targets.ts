import { refusal } from '../../elements/element.ts';
import { elementOf, idOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';

const waiting: ReadonlySet<string> = new Set(['bpmn:IntermediateCatchEvent', 'bpmn:ReceiveTask']);

/** Behind an event-based gateway stand at least two catching events or receive tasks, and nothing else. */
export const eventGatewayTargets: LintRule = ({ nodes, flows }) =>
  nodes
    .filter((node) => node.$type === 'bpmn:EventBasedGateway')
    .flatMap((gateway) => {
      const targets = flows.flatMap((flow) => {
        const [source, target] = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')];
        return source && target && idOf(source) === idOf(gateway) ? [target] : [];
      });
      const wrong = targets.filter(({ $type }) => !waiting.has($type));
      const few = targets.length < 2 ? ['it has fewer'] : [];
      const strange = wrong.map((target) => `${idOf(target)} waits for nothing`);
      return [...few, ...strange].map((but) =>
        refusal(
          'event-gateway-targets',
          idOf(gateway),
          'two or more waiting events behind the event-based gateway',
          but,
        ),
      );
    });
