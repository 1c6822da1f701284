import type { JobRecord } from '../core/effect.ts';
import type { Instant } from '../core/json.ts';
import type { Cause } from './cause.ts';

/** What a job is for. A closed union: every kind is one function in `run-job.ts`. */
export type JobWork =
  /** A timer of the case is due. */
  | { readonly kind: 'timer'; readonly timerId: string }
  /** A job leaves for its connector (the outbox). */
  | { readonly kind: 'delivery'; readonly job: JobRecord }
  /** A message or subscription was committed: match this name and key. */
  | { readonly kind: 'correlate'; readonly messageName: string; readonly correlationKey: string }
  /** A matched message goes to a waiting case. */
  | {
      readonly kind: 'message';
      readonly subscriptionId: string;
      readonly messageId: string;
    }
  /** A matched message starts a case. */
  | {
      readonly kind: 'message-start';
      readonly messageId: string;
      readonly processKey: string;
      readonly processId: string;
      readonly startEventId: string;
    }
  /** A lane of a batch has cases left; `round` as in the batch's row. */
  | { readonly kind: 'batch'; readonly batchId: string; readonly round: number; readonly lane: number }
  /** A timer start event of a flow's current version is due. */
  | {
      readonly kind: 'timer-start';
      readonly processKey: string;
      /** Version the row was written for; a newer one has rows of its own. */
      readonly hash: string;
      readonly processId: string;
      readonly startEventId: string;
      /** Of a cycle: its period, and how many starts are left after this one (absent: without end). */
      readonly every?: string;
      readonly remaining?: number;
    };

/** A row of work to be written by a commit. `jobKey` is unique within the hospital. */
export type NewJob = Cause & {
  readonly jobKey: string;
  /** Absent for matching and message starts, which belong to no case yet. */
  readonly caseId?: string;
  readonly dueAt: Instant;
  readonly work: JobWork;
};

/** A job taken for a while. `leaseToken` fences: only the holder of the last lease can use, postpone or drop it. */
export type LeasedJob = NewJob & {
  readonly tenantId: string;
  readonly leaseToken: string;
  /** 1 at the first attempt. */
  readonly attempt: number;
  /** False when an earlier attempt may have had its effect (its lease ran out, or it timed out). */
  readonly outcomeKnown: boolean;
};
