import type { Instant } from '../../core/json.ts';
import type { Cause } from '../cause.ts';
import type { EngineContext } from '../engine-context.ts';
import type { LeasedJob, NewJob } from '../job.ts';
import { type Batch, type BatchItem, type BatchResult, batchLanes } from './batch.ts';
import { judgeItem, performItem } from './batch-kinds.ts';

/** Items of one lane that are done before the job is given back: short enough that a stop is heard and a lease never runs out. */
const chunk = 50;

/** What a lane's job says. */
export type BatchJob = LeasedJob & {
  readonly work: { readonly kind: 'batch'; readonly batchId: string; readonly round: number; readonly lane: number };
};

/** The jobs that work a round of a batch off. */
export function batchJobs(
  { id, round }: Pick<Batch, 'id' | 'round'>,
  dueAt: Instant,
  cause: Cause = {},
): readonly NewJob[] {
  return Array.from({ length: batchLanes }, (_, lane) => ({
    ...cause,
    jobKey: `batch:${id}:${round}:${lane}`,
    dueAt,
    work: { kind: 'batch', batchId: id, round, lane },
  }));
}

/**
 * Works off the next items of one lane, then comes again until none is left. Everything done is on record, so whoever goes on after a crash, on
 * whatever node, goes on behind it. The lane that finds nothing left anywhere ends the phase.
 */
export async function runBatch(context: EngineContext, job: BatchJob): Promise<void> {
  const { tenantId, work } = job;
  const { batches, jobs } = context.stores;
  const batch = await batches.find(tenantId, work.batchId);
  if (!batch || batch.round !== work.round || !isUnderWay(batch)) return jobs.drop(job);
  const { id, phase } = batch;
  const items = await batches.pending({ tenantId, id, phase, lane: work.lane, limit: chunk });
  const results = await workOff(context, batch, items);
  if (results.length > 0) await batches.record(tenantId, id, results);
  if (items.length > 0) return jobs.postpone(job, context.clock.now(), true);
  const left = await batches.pending({ tenantId, id, phase, limit: 1 });
  if (left.length === 0) await endPhase(context, batch);
  await jobs.drop(job);
}

function isUnderWay({ state }: Batch): boolean {
  return state === 'checking' || state === 'running';
}

async function endPhase(context: EngineContext, batch: Batch): Promise<void> {
  const { phase, round, releasedBy } = batch;
  const endedAt = phase === 'run' ? context.clock.now() : undefined;
  const state = phase === 'run' ? 'done' : 'checked';
  await context.stores.batches.change(
    batch,
    { state, phase, round, ...(releasedBy && { releasedBy }), ...(endedAt && { endedAt }) },
    [],
  );
}

async function workOff(
  context: EngineContext,
  batch: Batch,
  items: readonly BatchItem[],
): Promise<readonly BatchResult[]> {
  const by = await context.directory.person(batch.tenantId, batch.requestedBy.id, context.clock.now());
  const results: BatchResult[] = [];
  for (const item of items) {
    const { position } = item;
    if (batch.phase === 'run') {
      const outcome = await performItem(context, batch, by, item);
      if (outcome) results.push({ position, ...outcome });
    } else if (by) results.push({ position, ...(await judgeItem(context, batch, by, item)) });
    else results.push({ position, verdict: 'blocked', notes: [{ severity: 'block', code: 'not-eligible' }] });
  }
  return results;
}
