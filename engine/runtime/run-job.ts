import type { SystemActor } from '../core/actor.ts';
import type { Rejection } from '../core/rejection.ts';
import { runBatch } from './batch/run-batch.ts';
import { addMilliseconds } from './clock.ts';
import type { LoadedDefinition } from './definition-cache.ts';
import { deliver } from './deliver.ts';
import type { EngineContext } from './engine-context.ts';
import { type CommandBody, type CommandOutcome, handleCommand, isPassing } from './handle-command.ts';
import type { JobWork, LeasedJob, NewJob } from './job.ts';
import { isBroadcast } from './job-keys.ts';
import { BATCH_OF_RECEIVERS } from './job-limits.ts';
import { uuidV7 } from './randomness.ts';
import { retryDelay } from './retry.ts';
import { nextTimerStart } from './timer-starts.ts';

type JobOf<K extends JobWork['kind']> = LeasedJob & { readonly work: Extract<JobWork, { kind: K }> };

/** Does what a leased job is for. What cannot be done now is put off; nothing is thrown, so one bad row stops no other. */
export function runJob(context: EngineContext, job: LeasedJob): Promise<void> {
  const { work, trace, link } = job;
  const cause = { ...(trace !== undefined && { under: trace }), ...(link !== undefined && { link }) };
  const start = { name: 'job', facts: { kind: work.kind }, ...cause } as const;
  return context.tracer.span(start, () => runGuarded(context, job));
}

async function runGuarded(context: EngineContext, job: LeasedJob): Promise<void> {
  try {
    await dispatch(context, job);
  } catch (error) {
    context.onProblem?.({ doing: `job ${job.work.kind}`, tenantId: job.tenantId, caseId: job.caseId, error });
    // How far a delivery came nobody knows: what is told to the receiver again must be asked about first, or by a person.
    await postpone(context, job, job.work.kind !== 'delivery').catch(() => undefined);
  }
}

async function dispatch(context: EngineContext, job: LeasedJob): Promise<void> {
  const { work } = job;
  switch (work.kind) {
    case 'timer':
      return fireTimer(context, { ...job, work });
    case 'delivery':
      return deliver(context, { ...job, caseId: caseOf(job), record: work.job });
    case 'correlate':
      return correlate(context, { ...job, work });
    case 'message':
      return deliverMessage(context, { ...job, work });
    case 'message-start':
      return startByMessage(context, { ...job, work });
    case 'batch':
      return runBatch(context, { ...job, work });
    case 'timer-start':
      return startByTimer(context, { ...job, work });
  }
}

function caseOf(job: LeasedJob): string {
  if (job.caseId === undefined) throw new Error(`Expected a case for job ${job.jobKey}, but there is none`);
  return job.caseId;
}

async function postpone(context: EngineContext, job: LeasedJob, outcomeKnown = true): Promise<void> {
  const dueAt = addMilliseconds(context.clock.now(), retryDelay(job.attempt, context.randomness));
  await context.stores.jobs.postpone(job, dueAt, outcomeKnown);
}

async function fireTimer(context: EngineContext, job: JobOf<'timer'>): Promise<void> {
  const outcome = await command(context, job, { type: 'FireTimer', by: system('timer'), timerId: job.work.timerId });
  if (outcome.status !== 'rejected') return;
  if (isGone(outcome.rejection)) await context.stores.jobs.drop(job);
  else await putOff(context, job, outcome.rejection);
}

/** Whether what the job was for is no longer there: cancelled, interrupted or ended meanwhile. */
function isGone({ code }: Rejection): boolean {
  return goneCodes.has(code);
}

const goneCodes: ReadonlySet<Rejection['code']> = new Set([
  ...(['timer-not-found', 'subscription-not-found', 'job-not-found', 'case-ended', 'case-not-found'] as const),
]);

/** Puts off a job that was refused although it is wanted (a case that is busy or has grown too large), and says so. */
async function putOff(context: EngineContext, job: LeasedJob, rejection: Rejection): Promise<void> {
  const { tenantId, caseId } = job;
  if (!isPassing(rejection))
    context.onProblem?.({ doing: `job ${job.work.kind}`, tenantId, caseId, error: new Error(rejection.message) });
  await postpone(context, job);
}

async function correlate(context: EngineContext, job: JobOf<'correlate'>): Promise<void> {
  const { messageName, correlationKey } = job.work;
  const { tenantId } = job;
  const limit = BATCH_OF_RECEIVERS;
  let made: number;
  do {
    const at = context.clock.now();
    made = await context.stores.messages.correlate({ tenantId, messageName, correlationKey, at, limit });
    if (made > 0) context.onWork?.(at);
  } while (made >= limit);
  await context.stores.jobs.drop(job);
}

async function deliverMessage(context: EngineContext, job: JobOf<'message'>): Promise<void> {
  const { subscriptionId, messageId } = job.work;
  const message = await context.stores.messages.find(job.tenantId, messageId);
  if (!message) return context.stores.jobs.drop(job);
  const by = system(message.source);
  const body = { type: 'DeliverMessage', by, subscriptionId, messageId, payload: message.payload } as const;
  const outcome = await command(context, job, body);
  if (outcome.status !== 'rejected') return;
  const broadcast = isBroadcast(message.messageName);
  if (isGone(outcome.rejection)) await context.stores.messages.returnUndelivered(job, { broadcast });
  else await putOff(context, job, outcome.rejection);
}

async function startByMessage(context: EngineContext, job: JobOf<'message-start'>): Promise<void> {
  const { messageId, processKey, processId, startEventId } = job.work;
  const { tenantId } = job;
  const message = await context.stores.messages.find(tenantId, messageId);
  const startOn = await context.definitions.current(tenantId, processKey);
  if (!message || !startOn) return context.stores.jobs.drop(job);
  const by = system(message.source);
  const { correlationKey, messageName, payload: variables } = message;
  const body = { type: 'StartCase', by, processId, startEventId, messageName, variables } as const;
  const isKeyed = correlationKey !== '' && !isBroadcast(messageName);
  await startCase(context, job, { startOn, body, addJobs: [], ...(isKeyed && { startKey: correlationKey }) });
}

async function startByTimer(context: EngineContext, job: JobOf<'timer-start'>): Promise<void> {
  const { processKey, hash, processId, startEventId } = job.work;
  const startOn = await context.definitions.current(job.tenantId, processKey);
  if (startOn?.stored.hash !== hash) return context.stores.jobs.drop(job);
  const body = { type: 'StartCase', by: system('timer'), processId, startEventId, variables: {} } as const;
  const addJobs = nextTimerStart(job.work, job.dueAt, startOn.compiled.zone);
  await startCase(context, job, { startOn, body, addJobs });
}

type Start = {
  readonly startOn: LoadedDefinition;
  readonly body: CommandBody;
  readonly addJobs: readonly NewJob[];
  readonly startKey?: string;
};

async function startCase(context: EngineContext, job: LeasedJob, start: Start): Promise<void> {
  const { startOn, body, ...rest } = start;
  const { tenantId } = job;
  const caseId = uuidV7(context.clock.now(), context.randomness);
  const make = async () => ({ ok: true, value: body }) as const;
  const { kind } = job.work;
  const outcome = await handleCommand(context, { tenantId, caseId, kind, startOn, uses: job, ...rest, make });
  // The message is for the case that was begun under its key meanwhile.
  if (outcome.status === 'key-held') return context.stores.messages.returnUndelivered(job, { broadcast: false });
  if (outcome.status !== 'rejected') return;
  if (isPassing(outcome.rejection)) return putOff(context, job, outcome.rejection);
  // A start is refused for what it brings or what the flow is, so trying again would not help.
  const doing = `${job.work.kind} of ${startOn.stored.key}`;
  context.onProblem?.({ doing, tenantId, error: new Error(outcome.rejection.message) });
  await context.stores.jobs.drop(job);
}

function command(context: EngineContext, job: LeasedJob, body: CommandBody): Promise<CommandOutcome> {
  const make = async () => ({ ok: true, value: body }) as const;
  const { tenantId, work } = job;
  return handleCommand(context, { tenantId, caseId: caseOf(job), kind: work.kind, uses: job, make });
}

function system(id: string): SystemActor {
  return { kind: 'system', id };
}
