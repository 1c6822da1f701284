import type { JobRecord } from '../core/effect.ts';
import { addMilliseconds } from './clock.ts';
import type { Connector, ConnectorRequest, ConnectorResult } from './connector.ts';
import type { EngineContext } from './engine-context.ts';
import { type CommandBody, handleCommand, isPassing } from './handle-command.ts';
import type { LeasedJob } from './job.ts';
import { defaultDeliveryTimeout, extraQueries } from './job-limits.ts';
import { retryDelay } from './retry.ts';

/** What to do after an attempt: tell the case, or try again later. */
type Verdict =
  | { readonly next: 'tell'; readonly body: CommandBody }
  | { readonly next: 'again'; readonly outcomeKnown: boolean };

/** A delivery's job row. */
export type DeliveryJob = LeasedJob & { readonly caseId: string; readonly record: JobRecord };

/**
 * One attempt to carry a job to its connector. The outcome comes back as a command whose commit deletes the row, so it is told once;
 * the outward act itself happens at least once, always with the same key.
 */
export async function deliver(context: EngineContext, job: DeliveryJob): Promise<void> {
  const connector = context.connectors.find(job.record.jobType);
  const verdict = connector
    ? judge(job, connector, await followed(context, connector, job))
    : tell(failJob(job.record, 'failed', `Expected a connector for ${job.record.jobType}, but there is none`));
  if (verdict.next === 'again') await retryLater(context, job, verdict.outcomeKnown);
  else await tellCase(context, job, verdict.body);
}

async function tellCase(context: EngineContext, job: DeliveryJob, body: CommandBody): Promise<void> {
  const { tenantId, caseId } = job;
  const make = async () => ({ ok: true, value: body }) as const;
  const outcome = await handleCommand(context, { tenantId, caseId, kind: 'delivery', uses: job, make });
  if (outcome.status !== 'rejected') return;
  const { code, message } = outcome.rejection;
  if (isPassing(outcome.rejection)) await retryLater(context, job, false);
  // An answer the case cannot hold: somebody must look, and the act is not repeated.
  else if (isRefusedAnswer(code) && body.type !== 'FailJob')
    await tellCase(context, job, failJob(job.record, 'failed', message));
  // The case no longer waits for this job (it was interrupted or cancelled meanwhile).
  else await context.stores.jobs.drop(job);
}

function isRefusedAnswer(code: string): boolean {
  return code === 'invalid-input' || code === 'limit-exceeded';
}

async function retryLater(context: EngineContext, job: LeasedJob, outcomeKnown: boolean): Promise<void> {
  const dueAt = addMilliseconds(context.clock.now(), retryDelay(job.attempt, context.randomness));
  await context.stores.jobs.postpone(job, dueAt, outcomeKnown);
}

/** One attempt, as a span of its own: what the other system took, apart from what we did with its answer. */
function followed(context: EngineContext, connector: Connector, job: DeliveryJob): Promise<AttemptResult> {
  const facts = { connector: connector.jobType, attempt: job.attempt };
  return context.tracer.span(
    { name: 'delivery', facts },
    () => attempt(context, connector, job),
    ({ status }) => ({ outcome: status }),
  );
}

type AttemptResult = ConnectorResult & { readonly outcomeKnown: boolean };

async function attempt(context: EngineContext, connector: Connector, job: DeliveryJob): Promise<AttemptResult> {
  const request = requestOf(context, job);
  if (!job.outcomeKnown) {
    if (connector.delivery === 'neither')
      return { ...unknown('An earlier attempt was cut off; it may have been carried out'), outcomeKnown: false };
    const query = connector.query?.bind(connector);
    if (connector.delivery === 'queryable' && query) {
      const found = await guarded(context, request, () => query(request));
      // A failed question leaves the earlier attempt's outcome as unknown as it was.
      if (found.status !== 'not-received') return { ...found, outcomeKnown: false };
    }
  }
  const result = await guarded(context, request, () => connector.perform(request));
  return { ...result, outcomeKnown: result.status !== 'unknown' };
}

function judge(job: DeliveryJob, connector: Connector, result: AttemptResult): Verdict {
  const { record, attempt: attemptNo } = job;
  switch (result.status) {
    case 'done':
      return tell({ type: 'CompleteJob', by: actorOf(record), jobId: record.jobId, output: result.output });
    case 'error': {
      const { code, message, output = {} } = result;
      return tell({
        type: 'ThrowJobError',
        by: actorOf(record),
        jobId: record.jobId,
        errorCode: code,
        message,
        output,
      });
    }
    case 'failed': {
      const surely = result.outcomeKnown ? 'failed' : 'unknown';
      const mayRetry = (result.retryable || !result.outcomeKnown) && attemptNo < attemptsAllowed(record, result);
      return mayRetry
        ? { next: 'again', outcomeKnown: result.outcomeKnown }
        : tell(failJob(record, surely, result.message));
    }
    case 'unknown':
      return connector.delivery !== 'neither' && attemptNo < attemptsAllowed(record, result)
        ? { next: 'again', outcomeKnown: false }
        : tell(failJob(record, 'unknown', result.message));
  }
}

function attemptsAllowed(record: JobRecord, result: AttemptResult): number {
  return Math.max(1, record.retries) + (result.outcomeKnown ? 0 : extraQueries);
}

function tell(body: CommandBody): Verdict {
  return { next: 'tell', body };
}

function failJob(record: JobRecord, outcome: 'failed' | 'unknown', message: string): CommandBody {
  return { type: 'FailJob', by: actorOf(record), jobId: record.jobId, message, outcome };
}

function actorOf(record: JobRecord): CommandBody['by'] {
  return { kind: 'system', id: `connector:${record.jobType}` };
}

function requestOf(
  context: EngineContext,
  { tenantId, caseId, attempt: attemptNo, record }: DeliveryJob,
): ConnectorRequest {
  const { jobId, jobType, headers, input } = record;
  const traceparent = context.tracer.current();
  return {
    ...{ tenantId, caseId, key: jobId, jobType, attempt: attemptNo, headers, input, now: context.clock.now() },
    ...(traceparent !== undefined && { traceparent }),
  };
}

function unknown(message: string): Extract<ConnectorResult, { status: 'unknown' }> {
  return { status: 'unknown', message };
}

async function guarded<T>(
  context: EngineContext,
  { tenantId, caseId, jobType }: ConnectorRequest,
  call: () => Promise<T>,
): Promise<T | ReturnType<typeof unknown>> {
  const limit = context.deliveryTimeoutMs ?? defaultDeliveryTimeout;
  const stop = new AbortController();
  const silence = context
    .sleep(limit, stop.signal)
    .then(() => unknown(`Expected an answer within ${limit} ms, but there was none`));
  try {
    return await Promise.race([call(), silence]);
  } catch (error) {
    // Connectors answer, they do not throw: this is a bug of the connector, and nobody knows how far it came.
    context.onProblem?.({ doing: `delivery to ${jobType}`, tenantId, caseId, error });
    return unknown('Expected an answer, but the connector broke off');
  } finally {
    stop.abort();
  }
}
