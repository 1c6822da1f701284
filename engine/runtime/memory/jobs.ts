import type { Instant } from '../../core/json.ts';
import { causeIn } from '../cause.ts';
import type { LeasedJob } from '../job.ts';
import { topicOf } from '../job-keys.ts';
import type { JobSource } from '../ports.ts';
import { type JobRow, rowKey, type Tables } from './tables.ts';

/** Work in memory, with leases like the database's. */
export function createMemoryJobs(tables: Tables): JobSource {
  const held = (job: LeasedJob): JobRow | undefined => {
    const row = tables.jobs.get(rowKey(job.tenantId, job.jobKey));
    return row?.lease?.token === job.leaseToken ? row : undefined;
  };
  return {
    async lease({ at, limit, leaseSeconds, except = [] }) {
      const due = [...tables.jobs.values()]
        .filter((row) => readyAt(row) <= at && !isHeld(tables, row) && !except.includes(topicOf(row.work)))
        .sort((a, b) => compare(readyAt(a), readyAt(b)) || a.order - b.order)
        .slice(0, limit);
      return due.map((row) => leaseRow(tables, row, at, leaseSeconds));
    },
    async postpone(job, dueAt, outcomeKnown) {
      const row = held(job);
      if (row) Object.assign(row, { dueAt, outcomeKnown, lease: undefined });
    },
    async drop(job) {
      if (held(job)) tables.jobs.delete(rowKey(job.tenantId, job.jobKey));
    },
    async returnLeases() {
      const leased = [...tables.jobs.values()].filter((row) => row.lease !== undefined);
      for (const row of leased) row.lease = undefined;
      return leased.length;
    },
    async nextDue() {
      return [...tables.jobs.values()].map(readyAt).sort(compare)[0];
    },
  };
}

/** From when on somebody may take it: its due time, or the end of the lease it is under. */
function readyAt({ dueAt, lease }: JobRow): Instant {
  return lease?.until ?? dueAt;
}

function isHeld({ stopwatch }: Tables, { lease }: JobRow): boolean {
  return lease !== undefined && lease.heldUntil > stopwatch();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function leaseRow(tables: Tables, row: JobRow, at: Instant, leaseSeconds: number): LeasedJob {
  tables.leases += 1;
  const { tenantId, jobKey, caseId, work, dueAt, outcomeKnown } = row;
  const leaseToken = String(tables.leases);
  const until = new Date(Date.parse(at) + leaseSeconds * 1000).toISOString();
  row.lease = { token: leaseToken, until, heldUntil: tables.stopwatch() + leaseSeconds * 1000 };
  row.attempt += 1;
  // Until the holder says otherwise, an attempt that never reported back may have had its effect.
  row.outcomeKnown = false;
  return { ...causeIn(row), tenantId, jobKey, caseId, work, dueAt, leaseToken, attempt: row.attempt, outcomeKnown };
}
