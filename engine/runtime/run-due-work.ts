import type { EngineContext } from './engine-context.ts';
import type { LeasedJob } from './job.ts';
import { topicOf } from './job-keys.ts';
import { deliveriesAtOnce, leaseSeconds } from './job-limits.ts';
import { runJob } from './run-job.ts';

const defaultConcurrency = 8;

/** How many jobs of each topic this node has under way. */
export type TopicsUnderWay = Map<string, number>;

/**
 * Takes up to `limit` due jobs and runs them: one case's jobs one after the other, in their order, several cases at a time. Nothing is taken of a
 * connector that has enough under way here, so one that hangs holds up no other. Returns how many were taken.
 */
export async function runDueWork(context: EngineContext, limit: number): Promise<number> {
  const { stores, clock, underWay } = context;
  const jobs = await stores.jobs.lease({ at: clock.now(), limit, leaseSeconds, except: enough(underWay) });
  for (const job of jobs) count(underWay, job, 1);
  const lanes = [...groupByCase(jobs).values()];
  const worker = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift())
      for (const job of lane) await runJob(context, job).finally(() => count(underWay, job, -1));
  };
  await Promise.all(Array.from({ length: context.concurrency ?? defaultConcurrency }, worker));
  return jobs.length;
}

/** Topics of which nothing more is taken. Work of our own is bounded by who asks for it. */
function enough(underWay: TopicsUnderWay): string[] {
  return [...underWay].filter(([topic, jobs]) => topic !== 'case' && jobs >= deliveriesAtOnce).map(([topic]) => topic);
}

function count(underWay: TopicsUnderWay, { work }: LeasedJob, change: 1 | -1): void {
  const topic = topicOf(work);
  const jobs = (underWay.get(topic) ?? 0) + change;
  if (jobs > 0) underWay.set(topic, jobs);
  else underWay.delete(topic);
}

function groupByCase(jobs: readonly LeasedJob[]): Map<string, LeasedJob[]> {
  const lanes = new Map<string, LeasedJob[]>();
  for (const job of jobs) {
    const lane = `${job.tenantId}/${job.caseId ?? job.jobKey}`;
    lanes.set(lane, [...(lanes.get(lane) ?? []), job]);
  }
  return lanes;
}
