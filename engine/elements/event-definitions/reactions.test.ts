import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, on, processOf } from '../../../tests/spec/diagram.ts';

const start = element('startEvent', 'start');
const whenHigh = on('conditional', '<bpmn:condition>=value &gt; 10</bpmn:condition>');

describe('a conditional event', () => {
  const around = (interrupting: boolean) =>
    compiled(
      processOf(
        'p',
        start,
        element('userTask', 'A'),
        boundary('high', 'A', whenHigh, interrupting),
        element('userTask', 'Call'),
        chain('start A'),
        chain('high Call'),
      ),
    );

  test('fires before its activity begins when its condition holds already', async () => {
    const run = new CaseRun(await around(true)).start({ value: 11 });
    expect(run.tasks).toEqual(['Call']);
    expect(run.done('A')).toBe(0);
  });

  test('fires when a write makes its condition true, and again only after it was false', async () => {
    const run = new CaseRun(await around(false)).start({ value: 1 });
    run.set({ value: 20 }).set({ value: 30 }).set({ other: 1 });
    expect(run.tasks).toEqual(['A', 'Call']);
    run.set({ value: 5 }).set({ value: 12 });
    expect(run.tasks).toEqual(['A', 'Call', 'Call']);
  });
});

describe('an escalation', () => {
  const escalation = element('escalation', 'E', '', 'escalationCode="late"');
  const thrown = on('escalation', '', 'escalationRef="E"');
  const inner = [
    element('startEvent', 'innerStart'),
    element('intermediateThrowEvent', 'tell', thrown),
    element('userTask', 'A'),
    chain('innerStart tell A'),
  ].join('');
  const around = (event: string) =>
    compiled(
      escalation,
      processOf(
        'p',
        start,
        element('subProcess', 'Sub', inner),
        event,
        element('userTask', 'H'),
        chain('start Sub'),
        event ? chain('heard H') : '',
      ),
    );

  test('goes to who catches it outside, and its thrower goes on beside', async () => {
    expect(new CaseRun(await around(boundary('heard', 'Sub', thrown, false))).start().tasks).toEqual(['A', 'H']);
  });

  test('stops its thrower where the catcher interrupts', async () => {
    expect(new CaseRun(await around(boundary('heard', 'Sub', thrown, true))).start().tasks).toEqual(['H']);
  });

  test('has no effect where nobody catches it', async () => {
    expect(new CaseRun(await around('')).start().tasks).toEqual(['A']);
  });
});

describe('an error nobody catches', () => {
  test('ends the case with it', async () => {
    const failed = element('error', 'F', '', 'errorCode="failed"');
    const content = [
      start,
      element('parallelGateway', 'fork'),
      element('userTask', 'A'),
      element('endEvent', 'fail', on('error', '', 'errorRef="F"')),
      chain('start fork A'),
      chain('fork fail'),
    ];
    const run = new CaseRun(await compiled(failed, processOf('p', ...content))).start({ x: 1 });
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'error', errorCode: 'failed', result: { x: 1 } });
    expect(run.tasks).toEqual([]);
  });
});

describe('a signal', () => {
  test('thrown in a case reaches everyone who waits in it at once, and other cases through the outbox', async () => {
    const signal = element('signal', 'S', '', 'name="alarm"');
    const heard = on('signal', '', 'signalRef="S"');
    const content = [
      start,
      element('parallelGateway', 'fork'),
      element('intermediateCatchEvent', 'one', heard),
      element('intermediateCatchEvent', 'two', heard),
      element('userTask', 'Before'),
      element('intermediateThrowEvent', 'ring', heard),
      element('userTask', 'A'),
      element('userTask', 'B'),
      chain('start fork one A'),
      chain('fork two B'),
      chain('fork Before ring'),
    ];
    const run = new CaseRun(await compiled(signal, processOf('p', ...content))).start();
    run.complete('Before');
    expect(run.tasks).toEqual(['A', 'B']);
    expect(run.effects).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({ messageName: 'signal:alarm', correlationKey: '' }),
      }),
    );
  });

  test('is thrown once and for all, even where it stops its own thrower', async () => {
    const signal = element('signal', 'S', '', 'name="alarm"');
    const alarm = on('signal', '', 'signalRef="S"');
    const content = [
      start,
      element(
        'subProcess',
        'Sub',
        [start.replace('"start"', '"begin"'), element('endEvent', 'ring', alarm), chain('begin ring')].join(''),
      ),
      boundary('heard', 'Sub', alarm),
      element('userTask', 'A'),
      chain('start Sub'),
      chain('heard A'),
    ];
    const run = new CaseRun(await compiled(signal, processOf('p', ...content))).start();
    expect(run.tasks).toEqual(['A']);
    expect(run.done('ring')).toBe(1);
  });
});

describe('a terminate end event', () => {
  test('ends its scope for good: what its event sub-processes listened for comes too late', async () => {
    const alarm = on('signal', '', 'signalRef="S"');
    const listener = element(
      'subProcess',
      'Listener',
      element('startEvent', 'heard', alarm, 'isInterrupting="false"') + element('userTask', 'H') + chain('heard H'),
      'triggeredByEvent="true"',
    );
    const sub = element('startEvent', 'begin') + element('endEvent', 'stop', on('terminate')) + chain('begin stop');
    const steps = ['a', 'b', 'c'].map((id) => element('task', id));
    const content = [
      start,
      element('parallelGateway', 'fork'),
      element('subProcess', 'Sub', sub + listener),
      ...steps,
      element('endEvent', 'ring', alarm),
      element('userTask', 'After'),
      chain('start fork Sub After'),
      chain('fork a b c ring'),
    ];
    const run = new CaseRun(await compiled(element('signal', 'S', '', 'name="alarm"'), processOf('p', ...content)));
    expect(run.start().tasks).toEqual(['After']);
  });
});

describe('a link', () => {
  test('goes on at the catching event of its name', async () => {
    const content = [
      start,
      element('intermediateThrowEvent', 'leave', on('link', '', 'name="over"')),
      element('intermediateCatchEvent', 'arrive', on('link', '', 'name="over"')),
      element('userTask', 'A'),
      chain('start leave'),
      chain('arrive A'),
    ];
    expect(new CaseRun(await compiled(processOf('p', ...content))).start().tasks).toEqual(['A']);
  });
});
