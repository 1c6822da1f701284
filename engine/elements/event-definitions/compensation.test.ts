import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, io, job, on, processOf, script } from '../../../tests/spec/diagram.ts';

const undoing = (activity: string, handler: string, more = '') =>
  [
    job(activity, `do.${activity}`, more),
    boundary(`undo${activity}`, activity, on('compensate')),
    element(
      'serviceTask',
      handler,
      extension(`<zeebe:taskDefinition type="undo.${activity}" />`, io({ ref: '=ref' })),
      'isForCompensation="true"',
    ),
    `<bpmn:association id="link${activity}" sourceRef="undo${activity}" targetRef="${handler}" />`,
  ].join('');

describe('compensation', () => {
  const content = [
    element('startEvent', 'start'),
    undoing('Charge', 'Refund', io({ ref: '="c" + orderNo' })),
    undoing('Reserve', 'Free'),
    element('intermediateThrowEvent', 'undo', on('compensate')),
    element('userTask', 'After'),
    chain('start Charge Reserve undo After'),
  ];

  test('undoes what was completed in reverse order, and the thrower waits', async () => {
    const run = new CaseRun(await compiled(processOf('p', ...content))).start({ orderNo: '1' });
    run.jobDone('Charge').jobDone('Reserve');
    expect(run.jobs).toEqual(['Free']);

    run.jobDone('Free');
    expect(run.jobs).toEqual(['Refund']);
    expect(run.tasks).toEqual([]);

    run.jobDone('Refund');
    expect(run.tasks).toEqual(['After']);
  });

  test('gives a handler the inputs its activity had', async () => {
    const run = new CaseRun(await compiled(processOf('p', ...content))).start({ orderNo: '1' });
    run.jobDone('Charge').jobDone('Reserve').jobDone('Free');
    expect(run.effects).toContainEqual(
      expect.objectContaining({ type: 'RequestJob', job: expect.objectContaining({ input: { ref: 'c1' } }) }),
    );
  });

  test('undoes nothing twice', async () => {
    const twice = [
      element('startEvent', 'start'),
      undoing('Charge', 'Refund'),
      element('intermediateThrowEvent', 'undo', on('compensate')),
      element('endEvent', 'again', on('compensate')),
      chain('start Charge undo again'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...twice))).start().jobDone('Charge').jobDone('Refund');
    expect(run.outcome).toBe('completed');
    expect(run.done('Refund')).toBe(1);
  });

  test('undoes one activity where the thrower names it', async () => {
    const one = [
      element('startEvent', 'start'),
      undoing('Charge', 'Refund'),
      undoing('Reserve', 'Free'),
      element('intermediateThrowEvent', 'undo', on('compensate', '', 'activityRef="Charge"')),
      element('userTask', 'After'),
      chain('start Charge Reserve undo After'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...one))).start().jobDone('Charge').jobDone('Reserve');
    expect(run.jobs).toEqual(['Refund']);
    expect(run.jobDone('Refund').tasks).toEqual(['After']);
  });

  test('reaches into a completed sub-process, with the variables it ended with', async () => {
    const inner = [element('startEvent', 'innerStart'), undoing('Charge', 'Refund'), chain('innerStart Charge')].join(
      '',
    );
    const nested = [
      element('startEvent', 'start'),
      element('subProcess', 'Sub', extension(io({ ref: '="inner"' })) + inner),
      undoing('Reserve', 'Free'),
      element('endEvent', 'undo', on('compensate')),
      chain('start Sub Reserve undo'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...nested))).start().jobDone('Charge').jobDone('Reserve');
    expect(run.jobs).toEqual(['Free']);

    run.jobDone('Free');
    expect(run.jobs).toEqual(['Refund']);
    expect(run.effects).toContainEqual(
      expect.objectContaining({ type: 'RequestJob', job: expect.objectContaining({ input: { ref: 'inner' } }) }),
    );
    expect(run.jobDone('Refund').outcome).toBe('completed');
  });

  test('goes straight on when there is nothing to undo', async () => {
    const nothing = [
      element('startEvent', 'start'),
      element('endEvent', 'undo', on('compensate')),
      chain('start undo'),
    ];
    expect(new CaseRun(await compiled(processOf('p', ...nothing))).start().outcome).toBe('completed');
  });

  test('is refused at deployment without a handler', async () => {
    const alone = [element('startEvent', 'start'), job('A'), boundary('undo', 'A', on('compensate')), chain('start A')];
    const findings = await findingsOf(processOf('p', ...alone));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'handler-missing', elementId: 'undo' }));
  });
});

describe('a compensation event sub-process', () => {
  test('undoes its completed sub-process in its own order', async () => {
    const handler = [
      element('startEvent', 'undoing', on('compensate')),
      element('intermediateThrowEvent', 'first', on('compensate', '', 'activityRef="Charge"')),
      element('intermediateThrowEvent', 'second', on('compensate', '', 'activityRef="Reserve"')),
      element('userTask', 'Record'),
      chain('undoing first second Record'),
    ].join('');
    const inner = [
      element('startEvent', 'innerStart'),
      undoing('Charge', 'Refund'),
      undoing('Reserve', 'Free'),
      chain('innerStart Charge Reserve'),
      element('subProcess', 'Handler', handler, 'triggeredByEvent="true"'),
    ].join('');
    const content = [
      element('startEvent', 'start'),
      element('subProcess', 'Sub', inner),
      element('endEvent', 'undo', on('compensate')),
      chain('start Sub undo'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...content))).start().jobDone('Charge').jobDone('Reserve');
    expect(run.jobs).toEqual(['Refund']);
    expect(run.jobDone('Refund').jobs).toEqual(['Free']);
    expect(run.jobDone('Free').tasks).toEqual(['Record']);
    expect(run.complete('Record').outcome).toBe('completed');
  });

  test('reads what its sub-process ended with, also an input that was written since', async () => {
    const handler = [
      element('startEvent', 'undoing', on('compensate')),
      job('Tell', 'tell', io({ place: '=place', bed: '=bed' })),
      chain('undoing Tell'),
    ].join('');
    const inner = [
      element('startEvent', 'innerStart'),
      script('Move', 'place', '"second"'),
      chain('innerStart Move'),
      element('subProcess', 'Handler', handler, 'triggeredByEvent="true"'),
    ].join('');
    const content = [
      element('startEvent', 'start'),
      element('subProcess', 'Sub', extension(io({ place: '="first"', bed: '=bed + 1' }, { bed: '=0' })) + inner),
      element('endEvent', 'undo', on('compensate')),
      chain('start Sub undo'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...content))).start({ bed: 11, place: 'outside' });
    expect(run.effects).toContainEqual(
      expect.objectContaining({
        type: 'RequestJob',
        job: expect.objectContaining({ input: { place: 'second', bed: 12 } }),
      }),
    );
    expect(run.jobDone('Tell').variables).toEqual({ bed: 0, place: 'outside' });
  });
});
