import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, person } from '../../tests/spec/case-run.ts';
import { chain, element, extension, flow, message, on, processOf, script, timer } from '../../tests/spec/diagram.ts';
import { decide } from './decide.ts';

const paid = message('Paid', 'order.paid', '=orderNo');
const content = [
  element('startEvent', 'start'),
  element('userTask', 'A'),
  element('intermediateCatchEvent', 'money', on('message', '', 'messageRef="Paid"')),
  element('intermediateCatchEvent', 'rest', timer('timeDate', '2026-03-05T08:00:00')),
  element('endEvent', 'end'),
  chain('start A money rest end'),
];
const keyed = (inside: string) =>
  `<bpmn:process id="p" isExecutable="true" clinical:patientKey="=patient.patientId" clinical:businessKey="=orderNo">${inside}</bpmn:process>`;
const definition = await compiled(paid, keyed(content.join('')));

describe('starting a case', () => {
  test('gives the case its keys', () => {
    const run = new CaseRun(definition).start(
      { orderNo: 'O-1', patient: { patientId: 'P000001' } },
      { by: person('dr-wang') },
    );
    expect(run.state).toMatchObject({ businessKey: 'O-1', patientKey: 'P000001' });
  });

  test('remembers its starter where an expression asks for them', async () => {
    const asks = [element('startEvent', 'start'), script('s', 'doctor', 'actors.start[-1]'), chain('start s')];
    const run = new CaseRun(await compiled(processOf('p', ...asks)));
    expect(run.start({}, { by: person('dr-wang') }).variables).toEqual({ doctor: 'dr-wang' });
  });

  test('sets a key as soon as it is known', () => {
    const run = new CaseRun(definition).start({});
    expect(run.state.businessKey).toBeUndefined();
    run.complete('A', { orderNo: 'O-2' });
    expect(run.state.businessKey).toBe('O-2');
  });

  test('is refused for a process or start event that is not there, and for a case that is', () => {
    const start = { type: 'StartCase', variables: {} } as const;
    expect(new CaseRun(definition).refused({ ...start, processId: 'q' }).code).toBe('start-not-found');
    expect(new CaseRun(definition).refused({ ...start, processId: 'p', startEventId: 'A' }).code).toBe(
      'start-not-found',
    );
    expect(new CaseRun(definition).start().refused({ ...start, processId: 'p' }).code).toBe('case-already-exists');
  });

  test('begins at the message start event that was triggered', async () => {
    const starts = [
      element('startEvent', 'byHand'),
      element('startEvent', 'byMessage', on('message', '', 'messageRef="Paid"')),
      element('userTask', 'A'),
      element('userTask', 'B'),
      chain('byHand A'),
      chain('byMessage B'),
    ];
    const several = await compiled(paid, processOf('p', ...starts));
    expect(new CaseRun(several).start().tasks).toEqual(['A']);
    expect(new CaseRun(several).start({}, { startEventId: 'byMessage' }).tasks).toEqual(['B']);
    expect(several.processes.p?.starts).toMatchObject([
      { startEventId: 'byHand', kind: 'none' },
      { startEventId: 'byMessage', kind: 'message', messageName: 'order.paid' },
    ]);
  });
});

describe('a waiting case', () => {
  test('takes the message with its key and a date without offset in the hospital zone', () => {
    const run = new CaseRun(definition).start({ orderNo: 'O-1' }).complete('A');
    expect(run.view.subscriptions).toMatchObject([{ messageName: 'order.paid', correlationKey: 'O-1' }]);
    run.deliver('order.paid');
    expect(run.view.timers).toMatchObject([{ dueAt: '2026-03-05T00:00:00.000Z' }]);
    expect(run.fire('rest').outcome).toBe('completed');
  });

  test('asks a person when the correlation key is null', () => {
    const run = new CaseRun(definition).start({}).complete('A');
    expect(run.incidents).toEqual(['money invalid-correlation-key']);
    expect(run.set({ orderNo: 'O-1' }).retry('money').messages).toEqual(['order.paid']);
  });

  test('refuses what does not fit', () => {
    const run = new CaseRun(definition).start({ orderNo: 'O-1' });
    expect(run.refused({ type: 'FireTimer', timerId: 'case-99' }).code).toBe('timer-not-found');
    expect(run.refused({ type: 'FireTimer', timerId: 'other-1' }).code).toBe('timer-not-found');
    expect(run.refused({ type: 'DeliverMessage', subscriptionId: 'x', messageId: 'm', payload: {} }).code).toBe(
      'subscription-not-found',
    );
    expect(run.refused({ type: 'RetryIncident', incidentId: 'case-1' }).code).toBe('incident-not-found');
    expect(run.refused({ type: 'ClaimTask', taskId: 'case-1' }).code).toBe('task-not-found');
  });

  test('never goes back in time', () => {
    const run = new CaseRun(definition);
    run.at = '2026-03-02T10:00:00.000Z';
    run.start({ orderNo: 'O-1' });
    run.at = '2026-03-02T09:00:00.000Z';
    expect(run.complete('A').state.at).toBe('2026-03-02T10:00:00.000Z');
  });

  test('can be cancelled with everything it waits for', () => {
    const run = new CaseRun(definition).start({ orderNo: 'O-1' });
    const taskId = run.taskOf('A');
    run.accepted({ type: 'CancelCase', reason: 'ordered by mistake' });
    expect(run.outcome).toBe('cancelled');
    expect(run.effects).toContainEqual({ type: 'CloseTask', taskId, outcome: 'cancelled' });
    expect(run.refused({ type: 'SetVariables', variables: {} }).code).toBe('case-ended');
  });
});

describe('a command', () => {
  test('on no case is refused', () => {
    const base = { id: 'c', caseId: 'none', at: '2026-03-02T00:00:00.000Z', by: person('a') };
    expect(decide(definition, null, { ...base, type: 'CancelCase', reason: '' })).toMatchObject({
      rejection: { code: 'case-not-found' },
    });
  });

  test('that would never come to rest is refused, and nothing changes', async () => {
    const endless = [
      element('startEvent', 'start'),
      element('exclusiveGateway', 'a'),
      script('b', 'x', '1'),
      chain('start a b a'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...endless)));
    expect(run.refused({ type: 'StartCase', processId: 'p', variables: {} }).code).toBe('limit-exceeded');
  });

  test('decided twice gives the same, whatever the order of keys in the stored state', () => {
    const run = new CaseRun(definition).start({ orderNo: 'O-1', b: 1, a: 2 });
    const body = run.completion('A', { z: 1 }, person('a'));
    expect(run.decide(body)).toEqual(run.decide(body));
  });
});

describe('a thrown message', () => {
  test('leaves with its key and what its input mappings give', async () => {
    const publish = extension(
      '<clinical:publish messageName="order.stopped" correlationKey="=orderNo" />',
      '<zeebe:ioMapping><zeebe:input source="=reason" target="why" /></zeebe:ioMapping>',
    );
    const thrown = [
      element('startEvent', 'start'),
      element('endEvent', 'stopped', publish + on('message')),
      flow('start', 'stopped'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...thrown))).start({
      orderNo: 'O-1',
      reason: 'rash',
      secret: 1,
    });
    expect(run.effects).toEqual([
      {
        type: 'PublishMessage',
        message: {
          messageId: expect.stringMatching(/^case-/),
          elementId: 'stopped',
          messageName: 'order.stopped',
          correlationKey: 'O-1',
          payload: { why: 'rash' },
        },
      },
    ]);
    expect(run.outcome).toBe('completed');
  });
});
