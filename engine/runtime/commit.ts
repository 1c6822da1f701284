import type { IncidentRecord, SubscriptionRecord, TaskRecord } from '../core/effect.ts';
import type { Instant, JsonObject } from '../core/json.ts';
import type { SealedEntry } from '../replay/history-entry.ts';
import type { PublishedVersion } from './engine.ts';
import type { LeasedJob, NewJob } from './job.ts';
import type { PublishedMessage, RequestKey } from './ports.ts';

/**
 * Everything one decision brings, as one value. A store writes all of it in one statement, compared with the case's version, or nothing.
 */
export type Commit = {
  readonly tenantId: string;
  readonly caseId: string;
  /** 0 creates the case. */
  readonly expectedVersion: number;
  readonly case: CaseChange;
  readonly entry: SealedEntry;
  readonly tasks: TaskChanges;
  /** Persons who acted, by the element they completed where the flow asks for it, and under '' whoever issued the command. They may be on record already. */
  readonly actors: readonly { readonly elementId: string; readonly actorId: string }[];
  readonly jobs: { readonly add: readonly NewJob[]; readonly remove: readonly string[] };
  readonly subscriptions: { readonly add: readonly SubscriptionRecord[]; readonly remove: readonly string[] };
  readonly messages: readonly PublishedMessage[];
  readonly incidents: { readonly raise: readonly IncidentRecord[]; readonly resolve: readonly string[] };
  /** The request this commit answers; a second commit with the same key stores nothing. */
  readonly answers?: RequestKey & { readonly answer: string };
  /** The job this commit uses up; it must still be held by this lease. */
  readonly uses?: Pick<LeasedJob, 'tenantId' | 'jobKey' | 'leaseToken'>;
  /** With the first commit: the key under which messages find the case instead of beginning another. It is free again when the case ends. */
  readonly holds?: HeldKey;
};

/**
 * A key of a process (in the flow of the commit) that one open case at a time may hold. `ifFree`: the case begins all the same where another
 * holds it; else the commit is refused.
 */
export type HeldKey = { readonly processId: string; readonly correlationKey: string; readonly ifFree: boolean };

/** The case row after the command. */
export type CaseChange = {
  readonly definition: PublishedVersion;
  readonly status: 'active' | 'ended';
  readonly outcome?: 'completed' | 'terminated' | 'error' | 'cancelled';
  readonly state: string;
  readonly at: Instant;
  /** Set when the case is created. */
  readonly wrappedKey?: string;
  readonly businessKey?: string;
  /** Evaluated `clinical:patientKey`. */
  readonly patientId?: string;
  /** The case variable `patient` as it is now, for lists; read models only. */
  readonly patient?: JsonObject;
};

/** Changes of the task list. */
export type TaskChanges = {
  readonly open: readonly TaskRecord[];
  readonly claim: readonly { readonly taskId: string; readonly by: string }[];
  readonly release: readonly string[];
  readonly close: readonly {
    readonly taskId: string;
    readonly outcome: 'completed' | 'cancelled';
    readonly by?: string;
  }[];
};

/**
 * What became of a commit. `conflict`: another command came first (load and decide again). `job-lost`: the lease went to someone else.
 * `already-answered`: the same request was committed meanwhile. `key-held`: another open case holds the key this one is to begin under.
 */
export type CommitOutcome = 'committed' | 'conflict' | 'job-lost' | 'already-answered' | 'key-held';
