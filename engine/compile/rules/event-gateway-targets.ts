import { type BpmnElement, booleanOf, elementOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { Resolved } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { breach, slip } from '../breach.ts';
import { definitionsOf } from '../event-definitions.ts';
import { type Ways, waysOf } from './ways.ts';

const waited: ReadonlySet<string> = new Set(
  ['Message', 'Signal', 'Timer', 'Conditional'].map((kind) => `bpmn:${kind}EventDefinition`),
);

/** Behind an event-based gateway stand two or more places that wait, reached by nothing else; one that starts cases is reached by nothing. */
export const eventGatewayTargets: LintRule = ({ nodes, flows }, resolved) => {
  const ways = waysOf(flows);
  return nodes
    .filter((node) => node.$type === 'bpmn:EventBasedGateway')
    .flatMap((gateway) => {
      const targets = ways.outOf(gateway).flatMap((flow) => elementOf(flow, 'targetRef') ?? []);
      return [
        ...wrongTargets(gateway, targets),
        ...mixedReceivers(gateway, targets),
        ...targets.flatMap((target) => [...otherwiseReached(gateway, target, ways), ...withBoundary(target, resolved)]),
        ...wrongStart(gateway, ways),
      ];
    });
};

function wrongTargets(gateway: BpmnElement, targets: readonly BpmnElement[]): Finding[] {
  const few = targets.length < 2 ? ['it has fewer'] : [];
  const strange = targets.filter((target) => !waits(target)).map((target) => `${idOf(target)} is none`);
  return [...few, ...strange].map((but) =>
    breach({
      rule: 'event-gateway-targets',
      clause: '10.6.6',
      at: idOf(gateway),
      expected:
        'two or more receive tasks or message, signal, timer or conditional events behind the event-based gateway',
      but,
    }),
  );
}

function waits(target: BpmnElement): boolean {
  if (target.$type === 'bpmn:ReceiveTask') return true;
  const definitions = definitionsOf(target);
  return target.$type === 'bpmn:IntermediateCatchEvent' && definitions.every(({ $type }) => waited.has($type));
}

/** Message events and receive tasks exclude each other. */
function mixedReceivers(gateway: BpmnElement, targets: readonly BpmnElement[]): Finding[] {
  const task = targets.find(({ $type }) => $type === 'bpmn:ReceiveTask');
  const event = targets.find((target) =>
    definitionsOf(target).some(({ $type }) => $type === 'bpmn:MessageEventDefinition'),
  );
  if (!task || !event) return [];
  const but = `there are ${idOf(task)} and ${idOf(event)}`;
  const expected = 'either receive tasks or message events behind the event-based gateway';
  return [slip({ rule: 'event-gateway-mixed', clause: '10.6.6', at: idOf(gateway), expected, but })];
}

function otherwiseReached(gateway: BpmnElement, target: BpmnElement, ways: Ways): Finding[] {
  if (ways.into(target).length < 2) return [];
  const expected = `no other flow into what ${idOf(gateway)} waits for`;
  return [slip({ rule: 'event-gateway-shared', clause: '10.6.6', at: idOf(target), expected, but: 'there is one' })];
}

function withBoundary(target: BpmnElement, { boundaries }: Resolved): Finding[] {
  const [boundary] = boundaries.get(idOf(target)) ?? [];
  if (!boundary) return [];
  const expected = `no event attached to receive task ${idOf(target)} behind an event-based gateway`;
  const but = `${idOf(boundary)} is`;
  return [slip({ rule: 'event-gateway-boundary', clause: '10.6.6', at: idOf(boundary), expected, but })];
}

function wrongStart(gateway: BpmnElement, ways: Ways): Finding[] {
  const at = { at: idOf(gateway), clause: '10.6.6' };
  const starts = booleanOf(gateway, 'instantiate') === true;
  if (starts && ways.into(gateway).length > 0)
    return [
      breach({
        ...at,
        rule: 'instantiate-reached',
        expected: 'nothing before a gateway that starts cases',
        but: 'a flow leads to it',
      }),
    ];
  if (textOf(gateway, 'eventGatewayType') === 'Parallel' && !starts)
    return [
      breach({
        ...at,
        rule: 'parallel-event-gateway',
        expected: 'a parallel event-based gateway to start cases (instantiate)',
        but: 'it does not',
      }),
    ];
  return [];
}
