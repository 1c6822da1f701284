import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, flow, job, on, processOf } from '../../../tests/spec/diagram.ts';

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
