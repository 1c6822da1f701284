import type { Person } from '../../core/actor.ts';
import type { Instant } from '../../core/json.ts';
import type { MigrationMapping, TimerChoice } from '../../core/migrate/mapping.ts';
import type { NewJob } from '../job.ts';

/** What a batch does to each of its cases. A closed union: every kind is judged and done in `batch-kinds.ts`. */
export type BatchWork =
  | {
      readonly kind: 'migrate';
      readonly processKey: string;
      readonly from: number;
      readonly to: number;
      readonly mapping: MigrationMapping;
      readonly timers: TimerChoice;
    }
  /** Sends again what an incident stopped; an item's subject is the incident. */
  | { readonly kind: 'retry-incidents' }
  | { readonly kind: 'cancel-cases' };

/**
 * `checking`: each case is judged, nothing changes. `checked`: the verdicts are there. `waiting`: for a second person. `running`: it is done, case by
 * case. `stopped`: by a person, and goes on from there. `done`. `withdrawn`: by a person; what was not done yet stays undone for good.
 */
export type BatchState = 'checking' | 'checked' | 'waiting' | 'running' | 'stopped' | 'done' | 'withdrawn';

/** The phase a batch is in, or goes on with when it was stopped. */
export type BatchPhase = 'check' | 'run';

/** One piece of work over many cases, asked for by a person. */
export type Batch = {
  readonly tenantId: string;
  readonly id: string;
  readonly work: BatchWork;
  readonly reason: string;
  readonly requestedBy: Pick<Person, 'id' | 'name'>;
  readonly requestedAt: Instant;
  readonly state: BatchState;
  readonly phase: BatchPhase;
  /** Raised whenever it goes on: work of an earlier round does nothing. */
  readonly round: number;
  readonly releasedBy?: string;
  readonly withdrawnBy?: string;
  readonly endedAt?: Instant;
};

/** A case of a batch, and what about it. */
export type BatchTarget = { readonly caseId: string; readonly subject?: string };

/** One reason of a verdict. `code` names the sentence of the catalogue. */
export type BatchNote = {
  readonly severity: 'block' | 'remark';
  readonly code: string;
  readonly elementId?: string;
  readonly to?: string;
};

/** What is said of a case before anything is done. */
export type BatchVerdict = {
  readonly verdict: 'ok' | 'ok-with-note' | 'blocked';
  readonly notes: readonly BatchNote[];
};

/** What became of a case. Blocked ones are left alone and have none. */
export type BatchOutcome = { readonly outcome: 'done' | 'refused'; readonly why?: BatchNote };

/** A case of a batch with what is known of it. */
export type BatchItem = BatchTarget & { readonly position: number } & Partial<BatchVerdict> & Partial<BatchOutcome>;

/** How far a batch is. */
export type BatchCounts = {
  readonly total: number;
  readonly ok: number;
  readonly noted: number;
  readonly blocked: number;
  readonly done: number;
  readonly refused: number;
};

/** A result for one item. */
export type BatchResult = { readonly position: number } & (BatchVerdict | BatchOutcome);

/** Which items a reader wants. */
export type BatchItemQuery = {
  readonly tenantId: string;
  readonly id: string;
  readonly verdict?: BatchVerdict['verdict'];
  readonly outcome?: BatchOutcome['outcome'];
  /** Items after this position. */
  readonly after?: number;
  readonly limit: number;
};

/** Batches and their items. */
export type BatchStore = {
  /** Stores a batch with its items and the jobs that work it off; false when one of this id is there already. */
  create(batch: Batch, targets: readonly BatchTarget[], jobs: readonly NewJob[]): Promise<boolean>;
  find(tenantId: string, id: string): Promise<Batch | undefined>;
  /** Newest first. */
  list(tenantId: string, limit: number): Promise<readonly (Batch & { readonly counts: BatchCounts })[]>;
  counts(tenantId: string, id: string): Promise<BatchCounts>;
  /** Changes a batch that is as `before` says (state and round), and writes jobs with it; false when it is no longer. */
  change(
    before: Batch,
    after: Pick<Batch, 'state' | 'phase' | 'round' | 'releasedBy' | 'withdrawnBy' | 'endedAt'>,
    jobs: readonly NewJob[],
  ): Promise<boolean>;
  /** Items of a lane that a phase has not done, in order. In the run, blocked ones are left out. */
  pending(query: {
    readonly tenantId: string;
    readonly id: string;
    readonly phase: BatchPhase;
    readonly lane?: number;
    readonly limit: number;
  }): Promise<readonly BatchItem[]>;
  record(tenantId: string, id: string, results: readonly BatchResult[]): Promise<void>;
  items(query: BatchItemQuery): Promise<readonly BatchItem[]>;
  /** Running cases pinned to a version of a flow, by the order they began in. */
  runningCases(query: { tenantId: string; processKey: string; version: number }): Promise<readonly string[]>;
};

/** Lanes a batch is worked off in, at the same time and on any node. */
export const batchLanes = 4;
