import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, io, message, on, processOf, timer } from '../../../tests/spec/diagram.ts';

const start = element('startEvent', 'start');

describe('an embedded sub-process', () => {
  const inner = [
    element('startEvent', 'innerStart'),
    element('userTask', 'A'),
    element('userTask', 'B'),
    chain('innerStart A B'),
    extension(io({ local: '=outer' }, { result: '=kept' })),
  ];
  const content = [
    start,
    element('subProcess', 'Sub', inner.reverse().join('')),
    boundary('tooLate', 'Sub', timer('timeDuration', 'PT1H')),
    element('userTask', 'After'),
    element('userTask', 'Late'),
    chain('start Sub After'),
    chain('tooLate Late'),
  ];

  test('keeps local variables inside and writes only what its output mappings say', async () => {
    const run = new CaseRun(await compiled(processOf('p', ...content)));
    run.start({ outer: 1 }).complete('A', { local: 2, kept: 3 }).complete('B');
    expect(run.tasks).toEqual(['After']);
    expect(run.variables).toEqual({ outer: 1, kept: 3, result: 3 });
    expect(run.timers).toEqual([]);
  });

  test('is stopped whole by an interrupting boundary event', async () => {
    const run = new CaseRun(await compiled(processOf('p', ...content)));
    run.start({ outer: 1 }).fire('tooLate');
    expect(run.tasks).toEqual(['Late']);
    expect(run.done('Sub')).toBe(0);
  });

  test('ends alone when a terminate end event is reached in it', async () => {
    const parts = [
      element('startEvent', 'innerStart'),
      element('parallelGateway', 'fork'),
      element('userTask', 'A'),
      element('userTask', 'B'),
      element('endEvent', 'stop', on('terminate')),
      chain('innerStart fork A stop'),
      chain('fork B'),
    ];
    const body = [
      start,
      element('subProcess', 'Sub', parts.join('')),
      element('userTask', 'After'),
      chain('start Sub After'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...body))).start();
    run.complete('A');
    expect(run.tasks).toEqual(['After']);
  });
});

describe('an event sub-process', () => {
  const cancelled = message('Cancelled', 'order.cancelled', '=orderNo');
  const definitionOf = (definition: string, interrupting: boolean) =>
    compiled(
      cancelled,
      processOf(
        'p',
        start,
        element('userTask', 'A'),
        element('userTask', 'After'),
        chain('start A After'),
        element(
          'subProcess',
          'Handler',
          [
            element('startEvent', 'trigger', definition, `isInterrupting="${interrupting}"`),
            element('userTask', 'H'),
            chain('trigger H'),
          ].join(''),
          'triggeredByEvent="true"',
        ),
      ),
    );
  const onMessage = on('message', '', 'messageRef="Cancelled"');

  test('that interrupts stops everything else in its scope and then ends it normally', async () => {
    const run = new CaseRun(await definitionOf(onMessage, true)).start({ orderNo: 'O-1' });
    run.deliver('order.cancelled', { reason: 'died' });
    expect(run.tasks).toEqual(['H']);
    expect(run.messages).toEqual([]);
    expect(run.variables).toMatchObject({ reason: 'died' });
    expect(run.complete('H').outcome).toBe('completed');
  });

  test('that does not interrupt runs beside, as often as it is triggered, and the scope waits for it', async () => {
    const run = new CaseRun(await definitionOf(onMessage, false)).start({ orderNo: 'O-1' });
    run.deliver('order.cancelled').deliver('order.cancelled');
    expect(run.tasks).toEqual(['A', 'H', 'H']);

    run.complete('A').complete('After').complete('H');
    expect(run.outcome).toBeUndefined();
    expect(run.complete('H').outcome).toBe('completed');
    expect(run.messages).toEqual([]);
  });

  test('is started by its timer', async () => {
    const run = new CaseRun(await definitionOf(timer('timeCycle', 'R2/PT1H'), false)).start({ orderNo: 'O-1' });
    run.fire('trigger').fire('trigger');
    expect(run.tasks).toEqual(['A', 'H', 'H']);
    expect(run.timers).toEqual([]);
  });

  test('catches an error thrown in its scope before a boundary event around could', async () => {
    const failing = element('error', 'Failed', '', 'errorCode="failed"');
    const thrown = on('error', '', 'errorRef="Failed"');
    const handler = [element('startEvent', 'trigger', thrown), element('userTask', 'H'), chain('trigger H')].join('');
    const inner = [
      element('startEvent', 'innerStart'),
      element('endEvent', 'failing', thrown),
      chain('innerStart failing'),
      element('subProcess', 'Handler', handler, 'triggeredByEvent="true"'),
    ];
    const body = [
      start,
      element('subProcess', 'Sub', inner.join('')),
      boundary('caught', 'Sub', thrown),
      element('userTask', 'Outside'),
      element('userTask', 'After'),
      chain('start Sub After'),
      chain('caught Outside'),
    ];
    const run = new CaseRun(await compiled(failing, processOf('p', ...body))).start();
    expect(run.tasks).toEqual(['H']);
    expect(run.complete('H').tasks).toEqual(['After']);
  });
});
