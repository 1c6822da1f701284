import type { IncidentRecord, SubscriptionRecord, TaskRecord } from '../../core/effect.ts';
import type { Instant } from '../../core/json.ts';
import type { SealedEntry } from '../../replay/history-entry.ts';
import type { Batch, BatchItem } from '../batch/batch.ts';
import type { CaseChange } from '../commit.ts';
import type { NewJob } from '../job.ts';
import type {
  MessageStart,
  PublishedMessage,
  Stopwatch,
  StoredAnswer,
  StoredCase,
  StoredDefinition,
} from '../ports.ts';

/** A case row of the memory store: what the engine reads, and what lists would show. */
export type CaseRecord = StoredCase & Pick<CaseChange, 'status' | 'outcome' | 'businessKey' | 'patientId' | 'patient'>;

/** A row of work with its lease. */
export type JobRow = NewJob & {
  readonly tenantId: string;
  readonly order: number;
  attempt: number;
  outcomeKnown: boolean;
  dueAt: Instant;
  /** It runs out by the store's own stopwatch (`heldUntil`); `until` is when its taker thought it would, and says whose turn it is after that. */
  lease?: { readonly token: string; readonly until: Instant; readonly heldUntil: number };
};

/** A task row, open or closed. */
export type TaskRow = {
  readonly caseId: string;
  task: TaskRecord;
  status: 'open' | 'completed' | 'cancelled';
  closedBy?: string;
};

/** A place where a case waits for a message. */
export type SubscriptionRow = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly subscription: SubscriptionRecord;
};

/** A message and who got it. */
export type MessageRow = {
  readonly message: PublishedMessage;
  status: 'waiting' | 'delivered';
  readonly receivers: Set<string>;
};

/** A key an open case holds. */
export type OpenKeyRow = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly processKey: string;
  readonly processId: string;
  readonly correlationKey: string;
};

/** The tables of the memory store. One object outlives a crash of the engine on it, like a database. */
export type Tables = {
  readonly cases: Map<string, CaseRecord>;
  readonly entries: Map<string, SealedEntry[]>;
  readonly tasks: Map<string, TaskRow>;
  readonly jobs: Map<string, JobRow>;
  readonly subscriptions: Map<string, SubscriptionRow>;
  readonly incidents: Map<string, { readonly caseId: string; readonly incident: IncidentRecord }>;
  readonly messages: Map<string, MessageRow>;
  readonly openKeys: Map<string, OpenKeyRow>;
  readonly answers: Map<string, StoredAnswer>;
  readonly definitions: Map<string, { readonly stored: StoredDefinition; readonly starts: readonly MessageStart[] }[]>;
  readonly batches: Map<string, Batch>;
  /** Items of a batch, by its key and in order of position. */
  readonly batchItems: Map<string, readonly BatchItem[]>;
  /** Counts job rows, so equal due times keep the order of writing. */
  jobsWritten: number;
  leases: number;
  /** The store's own clock, by which leases run out, like a database's. */
  stopwatch: Stopwatch;
};

/** Key of a row: its parts cannot run into each other. */
export function rowKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** Empty tables. */
export function createTables(): Tables {
  return {
    cases: new Map(),
    entries: new Map(),
    tasks: new Map(),
    jobs: new Map(),
    subscriptions: new Map(),
    incidents: new Map(),
    messages: new Map(),
    openKeys: new Map(),
    answers: new Map(),
    definitions: new Map(),
    batches: new Map(),
    batchItems: new Map(),
    jobsWritten: 0,
    leases: 0,
    stopwatch: () => performance.now(),
  };
}

/** Writes a row of work. Thrown when a row with this key exists: the caller lost count of its keys. */
export function addJob(tables: Tables, tenantId: string, job: NewJob): void {
  const key = rowKey(tenantId, job.jobKey);
  if (tables.jobs.has(key)) throw new Error(`Expected a new job key, but ${job.jobKey} exists`);
  tables.jobsWritten += 1;
  tables.jobs.set(key, { ...job, tenantId, order: tables.jobsWritten, attempt: 0, outcomeKnown: true });
}
