import { raise } from '../incidents.ts';
import type { Rejection } from '../rejection.ts';
import { emit, numberOfId, numbersOf, type Run } from '../run.ts';
import type { OpenJob } from '../state.ts';
import { throwFrom } from '../throws.ts';
import { fire, rescheduleTimer, staysOpen } from '../triggers.ts';
import { type Handler, reject } from './answer.ts';
import { accept } from './tasks.ts';

/** A timer is due. */
export const fireTimer: Handler<'FireTimer'> = (run, command) => {
  const n = numberOfId(run.draft.caseId, command.timerId);
  const timer = n === undefined ? undefined : run.draft.timers[n];
  if (n === undefined || !timer)
    return reject('timer-not-found', 'a running timer', `there is no timer ${command.timerId}`);
  accept(run, command);
  emit(run, { type: 'TimerClosed', n, how: 'fired' });
  rescheduleTimer(run, timer);
  const { dueAt: _, every: __, remaining: ___, ...owner } = timer;
  fire(run, owner, {});
  return undefined;
};

/** A message has come for a place that waits for it. */
export const deliverMessage: Handler<'DeliverMessage'> = (run, command) => {
  const n = numberOfId(run.draft.caseId, command.subscriptionId);
  const open = n === undefined ? undefined : run.draft.subscriptions[n];
  const ownSignal = open?.kind === 'signal' && numberOfId(run.draft.caseId, command.messageId) !== undefined;
  if (n === undefined || !open || ownSignal)
    return reject(
      'subscription-not-found',
      'a place that waits for the message',
      `there is no subscription ${command.subscriptionId}`,
    );
  accept(run, command);
  const { kind: _, subscription: __, ...owner } = open;
  if (!staysOpen(run, owner)) emit(run, { type: 'Unsubscribed', n });
  emit(run, { type: 'MessageReceived', n, node: owner.node, messageId: command.messageId, payload: command.payload });
  fire(run, owner, command.payload);
  return undefined;
};

/** A connector has done its work. */
export const completeJob: Handler<'CompleteJob'> = (run, command) => {
  const found = findJob(run, command.jobId);
  if ('code' in found) return found;
  accept(run, command);
  closeJob(run, found.n, { how: 'completed', output: command.output });
  if (found.job.token !== undefined)
    run.queue.push({ kind: 'complete', token: found.job.token, output: command.output });
  return undefined;
};

/** A connector answers with a BPMN error: the flow catches it, or a person must act. */
export const throwJobError: Handler<'ThrowJobError'> = (run, command) => {
  const found = findJob(run, command.jobId);
  if ('code' in found) return found;
  accept(run, command);
  const { errorCode, output, message } = command;
  closeJob(run, found.n, { how: 'error', errorCode, output });
  const { token, scope, node } = found.job;
  if (token === undefined) return undefined;
  const caught = throwFrom(run, token, { kind: 'error', code: errorCode, message, output }, 'own-boundary');
  if (caught === undefined)
    raise(
      run,
      { scope, token, node },
      {
        code: 'uncaught-error',
        message: `Expected error ${errorCode} to be caught, but nothing around ${node} catches it`,
      },
    );
  return undefined;
};

/** A connector could not do its work, or nobody knows whether it did: the case stops there until a person acts. */
export const failJob: Handler<'FailJob'> = (run, command) => {
  const found = findJob(run, command.jobId);
  if ('code' in found) return found;
  if (Object.values(run.draft.incidents).some(({ job }) => job === found.n))
    return reject('job-not-found', 'a job under way', `job ${command.jobId} has failed before and waits for a person`);
  accept(run, command);
  const { job, ...owner } = found.job;
  const code = command.outcome === 'unknown' ? 'job-outcome-unknown' : 'job-failed';
  raise(run, owner, { code, message: command.message }, { n: found.n, jobId: job.jobId });
  return undefined;
};

function findJob(run: Run, jobId: string): { readonly n: number; readonly job: OpenJob } | Rejection {
  const n = numberOfId(run.draft.caseId, jobId);
  const job = n === undefined ? undefined : run.draft.jobs[n];
  if (n !== undefined && job) return { n, job };
  return reject('job-not-found', 'a job under way', `there is no job ${jobId} in this case`);
}

function closeJob(
  run: Run,
  n: number,
  result: Omit<Extract<Parameters<typeof emit>[1], { type: 'JobClosed' }>, 'type' | 'n'>,
): void {
  for (const incident of numbersOf(run.draft.incidents))
    if (run.draft.incidents[incident]?.job === n) emit(run, { type: 'IncidentResolved', n: incident, how: 'settled' });
  emit(run, { type: 'JobClosed', n, ...result });
}
