import type { EngineContext } from './engine-context.ts';
import type { LeasedJob } from './job.ts';
import { leaseSeconds } from './job-limits.ts';
import { runJob } from './run-job.ts';

const defaultConcurrency = 8;

/**
 * Takes up to `limit` due jobs and runs them: one case's jobs one after the other, in their order, several cases at a time.
 * Returns how many were taken.
 */
export async function runDueWork(context: EngineContext, limit: number): Promise<number> {
  const jobs = await context.stores.jobs.lease({ at: context.clock.now(), limit, leaseSeconds });
  const lanes = [...groupByCase(jobs).values()];
  const worker = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) for (const job of lane) await runJob(context, job);
  };
  await Promise.all(Array.from({ length: context.concurrency ?? defaultConcurrency }, worker));
  return jobs.length;
}

function groupByCase(jobs: readonly LeasedJob[]): Map<string, LeasedJob[]> {
  const lanes = new Map<string, LeasedJob[]>();
  for (const job of jobs) {
    const lane = `${job.tenantId}/${job.caseId ?? job.jobKey}`;
    lanes.set(lane, [...(lanes.get(lane) ?? []), job]);
  }
  return lanes;
}
