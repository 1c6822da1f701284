import type { EngineContext } from './engine-context.ts';
import type { LeasedJob } from './job.ts';
import { topicOf } from './job-keys.ts';
import { beginWithin, defaultDeliveryTimeout, deliveriesAtOnce, leaseSecondsFor } from './job-limits.ts';
import { runJob } from './run-job.ts';

const defaultConcurrency = 8;

/** How many jobs of each topic this node has under way. */
export type TopicsUnderWay = Map<string, number>;

/**
 * Takes up to `limit` due jobs and runs them: one case's jobs one after the other, in their order, several cases at a time. Nothing is taken of a
 * connector that has enough under way here, so one that hangs holds up no other. Returns how many were taken.
 */
export async function runDueWork(context: EngineContext, limit: number): Promise<number> {
  const { stores, clock, underWay, stopwatch, deliveryTimeoutMs = defaultDeliveryTimeout } = context;
  const asked = stopwatch();
  const isLate = () => stopwatch() - asked > beginWithin(deliveryTimeoutMs);
  const leaseSeconds = leaseSecondsFor(deliveryTimeoutMs);
  const jobs = await stores.jobs.lease({ at: clock.now(), limit, leaseSeconds, except: enough(underWay) });
  for (const job of jobs) count(underWay, job, 1);
  const lanes = [...groupByCase(jobs).values()];
  const worker = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift())
      for (const job of lane)
        await (isLate() ? giveBack(context, job) : runJob(context, job)).finally(() => count(underWay, job, -1));
  };
  await Promise.all(Array.from({ length: context.concurrency ?? defaultConcurrency }, worker));
  return jobs.length;
}

/**
 * Gives back a job that was not begun while its lease surely ran: the answer with it was late, or what stood before it took long. Whoever holds it
 * by then may be carrying it out.
 */
async function giveBack({ stores, clock, onProblem }: EngineContext, job: LeasedJob): Promise<void> {
  const { tenantId, caseId } = job;
  // Where this fails the lease runs out, which comes to the same.
  await stores.jobs
    .postpone(job, clock.now(), job.outcomeKnown)
    .catch((error: unknown) => onProblem?.({ doing: 'giving work back', tenantId, caseId, error }));
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
