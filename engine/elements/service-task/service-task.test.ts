import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, io, on, processOf } from '../../../tests/spec/diagram.ts';

const settle = element(
  'serviceTask',
  'Settle',
  extension(
    '<zeebe:taskDefinition type="insurance.settle" retries="2" />',
    '<zeebe:taskHeaders><zeebe:header key="transaction" value="2207" /></zeebe:taskHeaders>',
    io({ sale: '=saleNo' }, { settlement: '=result' }),
  ),
);
const refused = element('error', 'Refused', '', 'errorCode="insurance.refused"');
const content = [
  element('startEvent', 'start'),
  settle,
  boundary('refusal', 'Settle', on('error', '', 'errorRef="Refused"')),
  element('userTask', 'Pay'),
  element('userTask', 'PaySelf'),
  chain('start Settle Pay'),
  chain('refusal PaySelf'),
];
const definition = await compiled(refused, processOf('p', ...content));
const started = () => new CaseRun(definition).start({ saleNo: 'S-1' });

describe('a service task', () => {
  test('asks its connector with what the input mappings give, and nothing else of the case', () => {
    const run = started();
    expect(run.effects).toEqual([
      {
        type: 'RequestJob',
        job: {
          jobId: run.jobOf('Settle'),
          elementId: 'Settle',
          jobType: 'insurance.settle',
          retries: 2,
          headers: { transaction: '2207' },
          input: { sale: 'S-1' },
        },
      },
    ]);
  });

  test('with output mappings writes only those', () => {
    const run = started().jobDone('Settle', { result: { fund: 100 }, trace: 'x' });
    expect(run.variables).toEqual({ saleNo: 'S-1', settlement: { fund: 100 } });
    expect(run.tasks).toEqual(['Pay']);
  });

  test('goes to the boundary event that catches the error its connector answers', () => {
    const run = started().jobError('Settle', 'insurance.refused', { reason: 'not covered' });
    expect(run.tasks).toEqual(['PaySelf']);
    expect(run.variables).toMatchObject({ reason: 'not covered' });
    expect(run.done('Settle')).toBe(0);
  });

  test('waits for a person when nothing catches the error, and asks again when told to', () => {
    const run = started().jobError('Settle', 'insurance.closed');
    expect(run.incidents).toEqual(['Settle uncaught-error']);

    run.retry('Settle');
    expect(run.jobs).toEqual(['Settle']);
    run.jobDone('Settle', {});
    expect(run.tasks).toEqual(['Pay']);
  });

  test('waits for a person when its connector fails; the same job is asked for again', () => {
    const run = started().jobFailed('Settle');
    const jobId = run.jobOf('Settle');
    expect(run.incidents).toEqual(['Settle job-failed']);

    run.retry('Settle');
    expect(run.effects).toContainEqual(
      expect.objectContaining({ type: 'RequestJob', job: expect.objectContaining({ jobId }) }),
    );
    expect(run.jobDone('Settle').tasks).toEqual(['Pay']);
  });

  test('lets a person say what became of a job with an unknown outcome', () => {
    const run = started().jobFailed('Settle', 'unknown');
    expect(run.incidents).toEqual(['Settle job-outcome-unknown']);

    run.jobDone('Settle', { result: 1 });
    expect(run.incidents).toEqual([]);
    expect(run.variables).toMatchObject({ settlement: 1 });
  });

  test('refuses an answer to a job that is not open', () => {
    const run = started();
    const jobId = run.jobOf('Settle');
    run.jobDone('Settle');
    expect(run.refused({ type: 'CompleteJob', jobId, output: {} }).code).toBe('job-not-found');
  });

  test('is refused at deployment without a job type', async () => {
    const findings = await findingsOf(processOf('p', element('serviceTask', 'S')));
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'job-type-missing', elementId: 'S', severity: 'error' }),
    );
  });
});
