import type { Person } from '../../core/actor.ts';
import { checkEligibility } from '../../core/check-eligibility.ts';
import type { Rejection, Result } from '../../core/rejection.ts';
import { causeOfBatch } from '../cause.ts';
import { type ChangePolicy, defaultChangePolicy } from '../change-policy.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Batch, BatchCounts, BatchItem, BatchItemQuery, BatchState, BatchTarget, BatchWork } from './batch.ts';
import { batchJobs } from './run-batch.ts';

/** A batch and how far it is. */
export type BatchProgress = Batch & {
  readonly counts: BatchCounts;
  /** Whether somebody else than who asked must release it. */
  readonly needsSecondPerson: boolean;
};

type OnBatch = { readonly tenantId: string; readonly by: Person; readonly id: string };

/** Work over many cases: judged first, then done, by jobs on any node; every case is a command of its own. */
export type BatchDesk = {
  /** Begins judging the cases. `id` is the caller's: the same again is the same batch. A migration without `targets` is over all running cases. */
  request(
    request: OnBatch & { readonly work: BatchWork; readonly reason: string; readonly targets?: readonly BatchTarget[] },
  ): Promise<Result<BatchProgress>>;
  /** Asks for a second person. */
  askRelease(request: OnBatch): Promise<Result<BatchProgress>>;
  /** Lets it run: who asked for it, or a second person where it is over more cases than one may change alone. */
  release(request: OnBatch): Promise<Result<BatchProgress>>;
  stop(request: OnBatch): Promise<Result<BatchProgress>>;
  goOn(request: OnBatch): Promise<Result<BatchProgress>>;
  /** Gives it up: before it ran nothing has changed; of one that was stopped, what is not done yet stays undone. */
  withdraw(request: OnBatch): Promise<Result<BatchProgress>>;
  /** How much one batch may take in, and from how many on a second person is needed. */
  readonly limits: Omit<ChangePolicy, 'authority'>;
  see(tenantId: string, id: string): Promise<BatchProgress | undefined>;
  list(tenantId: string, limit: number): Promise<readonly BatchProgress[]>;
  items(query: BatchItemQuery): Promise<readonly BatchItem[]>;
};

/** Builds the desk on the engine's parts. */
export function createBatchDesk(context: EngineContext): BatchDesk {
  const { batches } = context.stores;
  const see: BatchDesk['see'] = async (tenantId, id) => {
    const batch = await batches.find(tenantId, id);
    return batch && progressOf(context, { ...batch, counts: await batches.counts(tenantId, id) });
  };
  const step = (...from: readonly BatchState[]) => stepOf(context, see, from);
  const askRelease = step('checked');
  const stop = step('checking', 'running');
  const goOn = step('stopped');
  const release = step('checked', 'waiting');
  const withdraw = step('checking', 'checked', 'waiting', 'stopped');
  return {
    see,
    request: (request) => requestBatch(context, see, request),
    askRelease: (request) => askRelease(request, (batch) => ({ ...batch, state: 'waiting' })),
    stop: (request) => stop(request, (batch) => ({ ...batch, state: 'stopped' })),
    goOn: (request) =>
      goOn(request, (batch) => ({
        ...batch,
        state: batch.phase === 'run' ? 'running' : 'checking',
        round: batch.round + 1,
      })),
    release: (request) =>
      release(request, (batch) => {
        if (batch.needsSecondPerson && batch.requestedBy.id === request.by.id) return secondPersonNeeded(batch);
        return { ...batch, state: 'running', phase: 'run', round: batch.round + 1, releasedBy: request.by.id };
      }),
    withdraw: (request) =>
      withdraw(request, (batch) => ({
        ...batch,
        state: 'withdrawn',
        withdrawnBy: request.by.id,
        endedAt: context.clock.now(),
      })),
    limits: context.changePolicy ?? defaultChangePolicy,
    list: async (tenantId, limit) => (await batches.list(tenantId, limit)).map((batch) => progressOf(context, batch)),
    items: (query) => batches.items(query),
  };
}

function progressOf(context: EngineContext, batch: Batch & { readonly counts: BatchCounts }): BatchProgress {
  const { secondPersonAbove } = context.changePolicy ?? defaultChangePolicy;
  const { ok, noted } = batch.counts;
  return { ...batch, needsSecondPerson: ok + noted > secondPersonAbove };
}

function secondPersonNeeded({ counts, requestedBy }: BatchProgress): Rejection {
  const cases = counts.ok + counts.noted;
  const message = `Expected a second person to release a batch over ${cases} cases, but ${requestedBy.id} asked for it`;
  return { code: 'separation-of-duties', message, params: { person: requestedBy.id, cases } };
}

type See = BatchDesk['see'];
type Change = (batch: BatchProgress) => BatchProgress | Rejection;

function stepOf(context: EngineContext, see: See, from: readonly BatchState[]) {
  return async ({ tenantId, by, id }: OnBatch, change: Change): Promise<Result<BatchProgress>> => {
    const refusal = refusalOf(context, by);
    if (refusal) return { ok: false, rejection: refusal };
    const batch = await see(tenantId, id);
    if (!batch) return refuse('batch-not-found', `a batch ${id}`, 'there is none');
    if (!from.includes(batch.state))
      return refuse('batch-moved-on', from.join(' or '), `it is ${batch.state}`, batch.state);
    const after = change(batch);
    if ('code' in after) return { ok: false, rejection: after };
    const at = context.clock.now();
    const jobs = after.round > batch.round ? batchJobs(after, at, causeOfBatch(context.tracer)) : [];
    if (!(await context.stores.batches.change(batch, after, jobs)))
      return refuse('batch-moved-on', batch.state, 'somebody was first', batch.state);
    if (jobs.length > 0) context.onWork?.(at);
    return { ok: true, value: (await see(tenantId, id)) ?? after };
  };
}

function refuse(code: Rejection['code'], expected: string, but: string, state?: BatchState): Result<never> {
  const message = `Expected ${expected}, but ${but}`;
  return { ok: false, rejection: { code, message, ...(state ? { params: { state } } : {}) } };
}

function refuseTooMany(chosen: number, most: number): Result<never> {
  const message = `Expected at most ${most} cases in one batch, but there are ${chosen}`;
  return { ok: false, rejection: { code: 'batch-too-large', message, params: { chosen, most } } };
}

/** Who may change one running case may change many. */
function refusalOf({ changePolicy = defaultChangePolicy }: EngineContext, by: Person): Rejection | undefined {
  const verdict = checkEligibility(changePolicy.authority, by, {});
  return verdict.ok ? undefined : verdict.rejection;
}

async function requestBatch(
  context: EngineContext,
  see: See,
  { tenantId, by, id, work, reason, targets }: Parameters<BatchDesk['request']>[0],
): Promise<Result<BatchProgress>> {
  const refusal = refusalOf(context, by);
  if (refusal) return { ok: false, rejection: refusal };
  if (reason.trim() === '') {
    const params = { reason: 'no-reason' };
    return {
      ok: false,
      rejection: { code: 'modification-refused', message: 'Expected a reason, but there is none', params },
    };
  }
  const { mostChosen } = context.changePolicy ?? defaultChangePolicy;
  if (targets && targets.length > mostChosen) return refuseTooMany(targets.length, mostChosen);
  const chosen = targets ?? (await allCases(context, tenantId, work));
  const requestedAt = context.clock.now();
  const { id: person, name } = by;
  const batch: Batch = {
    ...{ tenantId, id, work, reason, requestedAt, requestedBy: { id: person, name } },
    ...{ state: 'checking', phase: 'check', round: 1 },
  };
  await context.stores.batches.create(batch, chosen, batchJobs(batch, requestedAt, causeOfBatch(context.tracer)));
  context.onWork?.(requestedAt);
  const begun = await see(tenantId, id);
  return begun ? { ok: true, value: begun } : refuse('batch-not-found', `a batch ${id}`, 'there is none');
}

async function allCases(context: EngineContext, tenantId: string, work: BatchWork): Promise<readonly BatchTarget[]> {
  if (work.kind !== 'migrate') return [];
  const { processKey, from: version } = work;
  const cases = await context.stores.batches.runningCases({ tenantId, processKey, version });
  return cases.map((caseId) => ({ caseId }));
}
