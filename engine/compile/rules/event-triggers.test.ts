import { describe, expect, test } from 'vitest';
import { boundary, chain, element, flow, on, timer } from '../../../tests/spec/diagram.ts';
import { type Broken, brokenIn, drawn } from '../../../tests/spec/level.ts';

/** Every position with a trigger the standard's tables do not have there. */
function misplacedTriggers(): Broken[] {
  const inside = (kind: string, more = '') =>
    element('startEvent', 'x', on(kind), more) + element('endEvent', 'xe') + flow('x', 'xe');
  const at: readonly (readonly [string, (kind: string) => string, string])[] = [
    ['the start of a process', (kind) => inside(kind), 'escalation error cancel compensate link terminate'],
    [
      'the start of a sub-process',
      (kind) => element('subProcess', 'S', inside(kind)) + chain('A S B'),
      'message timer conditional signal',
    ],
    [
      'the start of an event sub-process',
      (kind) => element('subProcess', 'S', inside(kind), 'triggeredByEvent="true"'),
      'cancel link terminate',
    ],
    [
      'the start of an event sub-process that interrupts nothing',
      (kind) => element('subProcess', 'S', inside(kind, 'isInterrupting="false"'), 'triggeredByEvent="true"'),
      'error compensate',
    ],
    [
      'a catch event',
      (kind) => element('intermediateCatchEvent', 'x', on(kind)) + chain('A x B'),
      'error escalation cancel compensate terminate',
    ],
    [
      'a throw event',
      (kind) => element('intermediateThrowEvent', 'x', on(kind)) + chain('A x B'),
      'timer conditional error cancel terminate',
    ],
    ['a boundary event', (kind) => boundary('x', 'A', on(kind)) + flow('x', 'end'), 'link terminate'],
    [
      'a boundary event that interrupts nothing',
      (kind) => boundary('x', 'A', on(kind), false) + flow('x', 'end'),
      'error compensate cancel',
    ],
    ['an end event', (kind) => element('endEvent', 'x', on(kind)) + flow('A', 'x'), 'timer conditional link'],
  ];
  return at.flatMap(([where, draw, kinds]) =>
    kinds.split(' ').map((kind) => [`${kind} at ${where}`, 'misplaced-trigger', 'x', [drawn(draw(kind))]] as const),
  );
}

function eventGateways(): Broken[] {
  const race = (...content: readonly string[]) =>
    drawn(
      element('eventBasedGateway', 'g'),
      element('receiveTask', 'R'),
      element('intermediateCatchEvent', 'T', timer('timeDuration', 'PT1H')),
      chain('A g R B'),
      chain('g T B'),
      ...content,
    );
  const messages = element('intermediateCatchEvent', 'M', on('message'));
  return [
    ['a receive task beside a message event', 'event-gateway-mixed', 'g', [race(messages, chain('g M B'))]],
    ['another way to what a gateway waits for', 'event-gateway-shared', 'T', [race(flow('start', 'T'))]],
    [
      'a boundary event on what a gateway waits for',
      'event-gateway-boundary',
      'late',
      [race(boundary('late', 'R', timer('timeDuration', 'PT2H')), flow('late', 'end'))],
    ],
    [
      'a parallel event-based gateway in the flow',
      'parallel-event-gateway',
      'g',
      [race().replace('id="g"', 'id="g" eventGatewayType="Parallel"')],
    ],
    [
      'a gateway that starts cases in the middle of the flow',
      'instantiate-reached',
      'g',
      [race().replace('id="g"', 'id="g" instantiate="true"')],
    ],
  ];
}

describe('an event', () => {
  test.each([...misplacedTriggers(), ...eventGateways()])('%s is named by %s', async (_, rule, elementId, roots) => {
    expect(await brokenIn(...roots)).toContainEqual(expect.objectContaining({ rule, elementId }));
  });
});
