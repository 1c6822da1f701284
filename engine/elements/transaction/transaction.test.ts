import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, flow, job, on, processOf } from '../../../tests/spec/diagram.ts';
import { checkSoundness } from '../../compile/4-check-soundness/index.ts';

const inner = [
  element('startEvent', 'innerStart'),
  job('Charge'),
  boundary('undoCharge', 'Charge', on('compensate')),
  element('serviceTask', 'Refund', extension('<zeebe:taskDefinition type="refund" />'), 'isForCompensation="true"'),
  '<bpmn:association id="link" sourceRef="undoCharge" targetRef="Refund" />',
  element('exclusiveGateway', 'ok', '', 'default="ok_done"'),
  element('endEvent', 'done'),
  element('endEvent', 'giveUp', on('cancel')),
  chain('innerStart Charge ok done'),
  flow('ok', 'giveUp', '=wrong'),
].join('');
const content = [
  element('startEvent', 'start'),
  element('transaction', 'Sale', inner),
  boundary('cancelled', 'Sale', on('cancel')),
  element('userTask', 'Sold'),
  element('userTask', 'NotSold'),
  chain('start Sale Sold'),
  chain('cancelled NotSold'),
];

describe('a transaction', () => {
  test('ends like a sub-process when nothing cancels it', async () => {
    const run = new CaseRun(await compiled(processOf('p', ...content))).start({ wrong: false }).jobDone('Charge');
    expect(run.tasks).toEqual(['Sold']);
  });

  test('is undone whole by its cancel end event, then left by its cancel boundary event', async () => {
    const run = new CaseRun(await compiled(processOf('p', ...content))).start({ wrong: true }).jobDone('Charge');
    expect(run.jobs).toEqual(['Refund']);
    expect(run.tasks).toEqual([]);
    expect(run.jobDone('Refund').tasks).toEqual(['NotSold']);
  });

  test.each([
    ['a cancel end event outside', 'cancel-outside-transaction', [element('endEvent', 'stop', on('cancel'))]],
    ['a second cancel boundary event', 'several-cancels', [boundary('again', 'Sale', on('cancel'))]],
  ])('is refused with %s', async (_, rule, more) => {
    expect(await findingsOf(processOf('p', ...content, ...more))).toContainEqual(expect.objectContaining({ rule }));
  });
});

describe('a cancel end event deeper in a transaction', () => {
  const undoable = (id: string) => [
    job(id),
    boundary(`undo${id}`, id, on('compensate')),
    element(
      'serviceTask',
      `Not${id}`,
      extension(`<zeebe:taskDefinition type="undo.${id}" />`),
      'isForCompensation="true"',
    ),
    `<bpmn:association id="link${id}" sourceRef="undo${id}" targetRef="Not${id}" />`,
  ];
  const deeper = (cancelled: readonly string[]) =>
    processOf(
      'p',
      element('startEvent', 'start'),
      element(
        'transaction',
        'Sale',
        [
          element('startEvent', 'innerStart'),
          ...undoable('Charge'),
          element('parallelGateway', 'fork'),
          element('userTask', 'Beside'),
          element(
            'subProcess',
            'Deliver',
            [
              element('startEvent', 'deepStart'),
              ...undoable('Pack'),
              element('userTask', 'Look'),
              element('exclusiveGateway', 'ok', '', 'default="ok_done"'),
              element('endEvent', 'done'),
              element('endEvent', 'giveUp', on('cancel')),
              chain('deepStart Pack Look ok done'),
              flow('ok', 'giveUp', '=wrong'),
            ].join(''),
          ),
          boundary('late', 'Deliver', on('timer', '<bpmn:timeDuration>PT1H</bpmn:timeDuration>'), false),
          element('userTask', 'Late'),
          element('userTask', 'After'),
          chain('innerStart Charge fork Deliver After'),
          chain('fork Beside'),
          chain('late Late'),
        ].join(''),
      ),
      ...cancelled,
      element('userTask', 'Sold'),
      chain('start Sale Sold'),
    );
  const left = [
    boundary('cancelled', 'Sale', on('cancel')),
    element('userTask', 'NotSold'),
    chain('cancelled NotSold'),
  ];

  test('stops the whole transaction, undoes what was completed on the way out, last first, and leaves it', async () => {
    const run = new CaseRun(await compiled(deeper(left))).start({ wrong: true }).jobDone('Charge').jobDone('Pack');
    expect(run.tasks).toEqual(['Beside', 'Look']);
    run.complete('Look');
    expect([run.tasks, run.timers, run.jobs]).toEqual([[], [], ['NotPack']]);
    expect(run.jobDone('NotPack').jobs).toEqual(['NotCharge']);
    expect(run.jobDone('NotCharge').tasks).toEqual(['NotSold']);
  });

  test('ends the transaction where nothing catches the cancelling', async () => {
    const run = new CaseRun(await compiled(deeper([]))).start({ wrong: true }).jobDone('Charge').jobDone('Pack');
    run.complete('Look').jobDone('NotPack').jobDone('NotCharge');
    expect(run.tasks).toEqual(['Sold']);
  });

  test('leaves the transaction sound', async () => {
    expect(checkSoundness(await compiled(deeper(left)))).toMatchObject({ verdict: 'sound', findings: [] });
  });
});
