import { z } from 'zod';
import { type Cause, causeIn, type JobSource, type JobWork, type LeasedJob } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import { toInstant } from '../schema/columns.ts';

const leased = z.object({
  tenant_id: z.string(),
  job_key: z.string(),
  case_id: z.string().nullable(),
  work: z.string(),
  due_at: z.date(),
  lease_token: z.string(),
  attempt: z.number(),
  outcome_known: z.boolean(),
});

/** Due work in PostgreSQL, leased across hospitals by one short statement that waits for no lock. */
export function createPostgresJobs({ send }: Database): JobSource {
  return {
    async lease({ at, limit, leaseSeconds, except = [] }) {
      const rows = await send(
        (raw) => raw`
          select * from lease_jobs_except(${at}::timestamptz, ${limit}::integer, ${leaseSeconds}::double precision, ${[...except]}::text[])`,
      );
      return rows.map(toLeasedJob);
    },
    async postpone({ tenantId, jobKey, leaseToken }, dueAt, outcomeKnown) {
      await send(
        (raw) => raw`
          select postpone_job(${tenantId}::uuid, ${jobKey}, ${leaseToken}::uuid, ${dueAt}::timestamptz, ${outcomeKnown}::boolean)`,
      );
    },
    async drop({ tenantId, jobKey, leaseToken }) {
      await send((raw) => raw`select drop_job(${tenantId}::uuid, ${jobKey}, ${leaseToken}::uuid)`);
    },
    async returnLeases() {
      const [row] = await send((raw) => raw`select return_leases() as given_back`);
      return z.object({ given_back: z.number() }).parse(row).given_back;
    },
    async nextDue() {
      const [row] = await send((raw) => raw`select next_job_at() as at`);
      const { at } = z.object({ at: z.date().nullable() }).parse(row);
      return at ? toInstant(at) : undefined;
    },
  };
}

function toLeasedJob(row: unknown): LeasedJob {
  const found = leased.parse(row);
  // Written by our own commits as JSON of `JobWork`, with the cause beside it.
  const stored: JobWork & Cause = JSON.parse(found.work);
  const { trace, link, ...work } = stored;
  return {
    tenantId: found.tenant_id,
    jobKey: found.job_key,
    ...(found.case_id !== null && { caseId: found.case_id }),
    work,
    ...causeIn({ trace, link }),
    dueAt: toInstant(found.due_at),
    leaseToken: found.lease_token,
    attempt: found.attempt,
    outcomeKnown: found.outcome_known,
  };
}
