import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, message, on, processOf, timer } from '../../../tests/spec/diagram.ts';

const paid = message('Paid', 'order.paid', '=orderNo');
const content = [
  element('startEvent', 'start'),
  element('eventBasedGateway', 'wait'),
  element('intermediateCatchEvent', 'money', on('message', '', 'messageRef="Paid"')),
  element('intermediateCatchEvent', 'late', timer('timeDuration', '=grace')),
  element('userTask', 'A'),
  element('userTask', 'B'),
  chain('start wait money A'),
  chain('wait late B'),
];
const definition = await compiled(paid, processOf('p', ...content));

describe('an event-based gateway', () => {
  test('goes the way of the event that comes first and forgets the others', () => {
    const run = new CaseRun(definition).start({ orderNo: 'O-1', grace: 'P1D' });
    expect(run.timers).toEqual(['late']);
    expect(run.messages).toEqual(['order.paid']);

    run.deliver('order.paid', { amount: 20000 });
    expect(run.tasks).toEqual(['A']);
    expect(run.timers).toEqual([]);
    expect(run.variables).toMatchObject({ amount: 20000 });
  });

  test('goes the way of the timer when nothing else came', () => {
    const run = new CaseRun(definition).start({ orderNo: 'O-1', grace: 'PT2H' });
    run.fire('late');
    expect(run.at).toBe('2026-03-02T02:00:00.000Z');
    expect(run.tasks).toEqual(['B']);
    expect(run.messages).toEqual([]);
  });

  test('is refused in front of something that does not wait', async () => {
    const wrong = [...content, element('task', 'T'), chain('wait T')];
    const findings = await findingsOf(paid, processOf('p', ...wrong));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'event-gateway-targets', elementId: 'wait' }));
  });

  test('that is parallel starts a case by each of its events and waits there for the others', async () => {
    const both = await compiled(
      paid,
      message('Picked', 'order.picked', '=orderNo'),
      processOf(
        'p',
        element('eventBasedGateway', 'begin', '', 'instantiate="true" eventGatewayType="Parallel"'),
        element('intermediateCatchEvent', 'money', on('message', '', 'messageRef="Paid"')),
        element('intermediateCatchEvent', 'goods', on('message', '', 'messageRef="Picked"')),
        element('parallelGateway', 'join'),
        element('userTask', 'A'),
        element('endEvent', 'end'),
        chain('begin money join A end'),
        chain('begin goods join'),
      ),
    );
    const run = new CaseRun(both).start({ orderNo: 'O-1' }, { startEventId: 'goods' });
    expect(run.messages).toEqual(['order.paid']);
    expect(run.tasks).toEqual([]);
    expect(run.deliver('order.paid').tasks).toEqual(['A']);
    expect(run.complete('A').outcome).toBe('completed');
  });
});
