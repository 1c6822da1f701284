import { type BpmnElement, idOf, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { LintRule } from '../2-lint.ts';
import { formality, slip } from '../breach.ts';
import { waysOf } from './ways.ts';

type Counts = { readonly incoming: number; readonly outgoing: number };

/** A gateway brings several flows together or parts into several, as its direction says. */
export const gatewayWays: LintRule = ({ nodes, flows }) => {
  const ways = waysOf(flows);
  return nodes
    .filter(({ $type }) => $type.endsWith('Gateway'))
    .flatMap((gateway) => {
      const counts = { incoming: ways.into(gateway).length, outgoing: ways.outOf(gateway).length };
      return [...useless(gateway, counts), ...againstDirection(gateway, counts)];
    });
};

function useless(gateway: BpmnElement, { incoming, outgoing }: Counts): Finding[] {
  if (incoming > 1 || outgoing > 1) return [];
  return [
    slip({
      rule: 'useless-gateway',
      clause: '10.6.1',
      at: idOf(gateway),
      expected: 'several flows into or out of a gateway',
      but: `it has ${incoming} and ${outgoing}`,
    }),
  ];
}

/** `Unspecified` says nothing. The direction is for the reader; what runs are the flows. */
function againstDirection(gateway: BpmnElement, { incoming, outgoing }: Counts): Finding[] {
  const direction = textOf(gateway, 'gatewayDirection');
  const [several, single] = [(count: number) => count > 1, (count: number) => count <= 1];
  const kept =
    (direction === 'Converging' && several(incoming) && single(outgoing)) ||
    (direction === 'Diverging' && single(incoming) && several(outgoing)) ||
    (direction === 'Mixed' && several(incoming) && several(outgoing));
  if (kept || direction === undefined || direction === 'Unspecified') return [];
  return [
    formality({
      rule: 'gateway-direction',
      clause: '8.4.9',
      at: idOf(gateway),
      expected: `flows as ${direction} says`,
      but: `there are ${incoming} in and ${outgoing} out`,
    }),
  ];
}
