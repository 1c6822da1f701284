import type { Person } from '../core/actor.ts';
import type { TaskRecord } from '../core/effect.ts';
import type { Instant, JsonObject } from '../core/json.ts';
import type { FieldProblem } from '../core/rejection.ts';
import type { WorkCalendar } from '../feel/index.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';
import type { FormDocument, ProcessPackage } from '../ir/package.ts';
import type { SealedEntry } from '../replay/history-entry.ts';
import type { BatchStore } from './batch/batch.ts';
import type { Cause } from './cause.ts';
import type { Commit, CommitOutcome } from './commit.ts';
import type { Connector } from './connector.ts';
import type { PublishedVersion } from './engine.ts';
import type { LeasedJob, NewJob } from './job.ts';

/** The only source of time in the runtime. Scenarios and browser tests pass a virtual one. */
export type Clock = { now(): Instant };

/** Waits so long in the host's time, or until `signal` is aborted, whichever comes first. The only waiting the runtime does; never rejects. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Milliseconds that only ever go forward, for measuring how long something took. Never recorded. */
export type Stopwatch = () => number;

/** The only source of randomness: ids, nonces and salts. Seeded in scenarios, so a run can be repeated. */
export type Randomness = { bytes(length: number): Uint8Array };

/** The data key of one case: 32 bytes (AES-256). Erasing it erases the case's values, the hash chain stays valid. */
export type CaseKey = Uint8Array;

/** Makes and opens case keys. Only the wrapped form is ever stored. */
export type KeyRing = {
  create(tenantId: string, caseId: string): Promise<{ readonly key: CaseKey; readonly wrapped: string }>;
  /** Thrown when the wrapped key was made under another master key or for another case. */
  open(tenantId: string, caseId: string, wrapped: string): Promise<CaseKey>;
};

/** Who works here, and who is on duty: the hospital's directory and roster as they are at an instant. */
export type Directory = {
  /** The person with the facts eligibility is decided on (roles, department, credentials, duty) as of `at`. */
  person(tenantId: string, personId: string, at: Instant): Promise<Person | undefined>;
  /**
   * Everybody on duty at `at` who holds one of `roles` (empty: everybody on duty).
   * The runtime puts each of them through `checkEligibility`, so the rule itself stays in one place.
   */
  peopleOnDuty(tenantId: string, at: Instant, roles: readonly string[]): Promise<readonly Person[]>;
  /** Everybody of the hospital, on duty at `at` or not. */
  people(tenantId: string, at: Instant): Promise<readonly Person[]>;
};

/** When the hospital works, for flows that count in working days and hours. A changed calendar has another version. */
export type WorkCalendars = { of(tenantId: string): Promise<WorkCalendar> };

/** Finds the connector for a job type (`zeebe:taskDefinition type`). */
export type ConnectorRegistry = { find(jobType: string): Connector | undefined };

/** What became of submitted form data: the data to store (read-only fields taken from `input`), or one message a field. */
export type FormVerdict =
  | { readonly ok: true; readonly data: JsonObject }
  | { readonly ok: false; readonly fields: readonly FieldProblem[] };

/** Checks submitted data against a form of the package: schema, cross-field rules, read-only fields. */
export type FormValidator = {
  validate(request: {
    /** Names the form's content for caches. */
    readonly formKey: string;
    readonly form: FormDocument;
    readonly data: JsonObject;
    /** The task's input mappings (empty for a start form). */
    readonly input: JsonObject;
    readonly at: Instant;
    /** For constraints that count in working time. */
    readonly calendar?: WorkCalendar;
  }): Promise<FormVerdict>;
  /**
   * The form of a task that names none, made from what the flow's conditions read; `known` is what the case has values for. Without it such a
   * task takes any data.
   */
  plainTaskForm?(request: {
    readonly definition: CompiledDefinition;
    readonly task: Pick<TaskRecord, 'elementId' | 'name' | 'nameEn'>;
    readonly known: JsonObject;
  }): FormDocument;
  /** The form of a start that names none. Without it such a start takes any data. */
  plainStartForm?(definition: CompiledDefinition): FormDocument;
  /** Checks the forms of a package before it is published; a finding of severity `error` refuses it. */
  check?(pkg: Pick<ProcessPackage, 'forms'>): readonly Finding[];
};

/** A case as stored. `state` is the canonical JSON of core's case state; nothing else decides what happens next. */
export type StoredCase = {
  readonly tenantId: string;
  readonly caseId: string;
  /** Number of accepted commands; the compare-and-set of every commit. */
  readonly version: number;
  readonly definition: PublishedVersion;
  readonly state: string;
  /** `recordedAt` of the last entry: the next command is never recorded before it. */
  readonly lastAt: Instant;
  readonly lastHash: string;
  readonly wrappedKey: string;
};

/** Identifies a request for idempotency. `hash` covers everything that was asked. */
export type RequestKey = {
  readonly tenantId: string;
  readonly actorId: string;
  readonly key: string;
  readonly hash: string;
};

/** The answer an accepted request was given; `answer` is canonical JSON of `Accepted`. */
export type StoredAnswer = { readonly hash: string; readonly answer: string };

/** Cases and their history. */
export type CaseStore = {
  /** Reads a case and, in the same round trip, the answer already given to this request. */
  load(query: {
    tenantId: string;
    caseId: string;
    request?: RequestKey;
  }): Promise<{ readonly case?: StoredCase; readonly answer?: StoredAnswer }>;
  /** Stores everything one decision brings, or nothing. */
  commit(commit: Commit): Promise<CommitOutcome>;
  /** History entries in order of `seq`. */
  entries(query: {
    tenantId: string;
    caseId: string;
    fromSeq?: number;
    toSeq?: number;
  }): Promise<readonly SealedEntry[]>;
};

/** A version with its content. */
export type StoredDefinition = PublishedVersion & {
  readonly tenantId: string;
  readonly pkg: ProcessPackage;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  readonly approvedBy?: string;
  /** Who answers for publishing it although the soundness check found faults, and why. */
  readonly override?: PublicationOverride;
};

/** The documented word of a person on which an unsound flow was published. */
export type PublicationOverride = { readonly by: string; readonly reason: string };

/** A message start event of a flow's current version. */
export type MessageStart = { readonly messageName: string; readonly processId: string; readonly startEventId: string };

/** Published flows. Versions are immutable; a case is pinned to the hash it started on. */
export type DefinitionStore = {
  /** Stores the next version; the content of the current one again returns the current one. */
  publish(request: {
    tenantId: string;
    pkg: ProcessPackage;
    hash: string;
    messageStarts: readonly MessageStart[];
    /** Replace the rows of the version before. */
    timerStarts: readonly NewJob[];
    at: Instant;
    by: string;
    approvedBy?: string;
    override?: PublicationOverride;
  }): Promise<PublishedVersion>;
  current(tenantId: string, key: string): Promise<StoredDefinition | undefined>;
  byVersion(tenantId: string, key: string, version: number): Promise<StoredDefinition | undefined>;
  byHash(tenantId: string, key: string, hash: string): Promise<StoredDefinition | undefined>;
};

/** A message to publish; `messageId` dedups within the hospital. */
export type PublishedMessage = Cause & {
  readonly tenantId: string;
  readonly messageId: string;
  readonly messageName: string;
  readonly correlationKey: string;
  readonly payload: JsonObject;
  readonly source: string;
  readonly publishedAt: Instant;
  /** Until when it waits for a receiver. */
  readonly expiresAt: Instant;
};

/** Messages on their way to cases. Matching is over committed rows only, after a message's and after a subscription's commit. */
export type MessageStore = {
  publish(message: PublishedMessage): Promise<'published' | 'duplicate'>;
  find(tenantId: string, messageId: string): Promise<PublishedMessage | undefined>;
  /**
   * Matches waiting messages of this name and key with subscriptions and message starts, and makes one delivery job a receiver. A flow one of
   * whose open cases holds the key is not started again (`Commit.holds`).
   * A message goes to a case at most once. Makes about `limit` deliveries a call (default 1,000): a signal has a hundred thousand receivers, fixed
   * by the first call. Returns the number of deliveries made; while it is not below `limit`, there is more to do.
   */
  correlate(request: {
    tenantId: string;
    messageName: string;
    correlationKey: string;
    at: Instant;
    limit?: number;
  }): Promise<number>;
  /**
   * A receiver no longer waits: forgets the delivery, so a message without any receiver waits again until it expires. So does one that was to
   * start a case, and found that another holds its key.
   */
  returnUndelivered(job: LeasedJob, options: { broadcast: boolean }): Promise<void>;
};

/** Due work: timers, deliveries to connectors, messages to match and to deliver. */
export type JobSource = {
  /**
   * Takes up to `limit` due jobs for `leaseSeconds` in one short statement that waits for no one (`SKIP LOCKED`).
   * What is due is judged by `at`; how long a lease runs, by the store's own clock, so that a node whose clock is wrong takes nothing from
   * whoever holds it. A job whose lease ran out is handed out again, with its attempt counted. `except` names topics (`topicOf`) of which nothing is wanted now.
   */
  lease(request: {
    at: Instant;
    limit: number;
    leaseSeconds: number;
    except?: readonly string[];
  }): Promise<readonly LeasedJob[]>;
  /** Gives a job back to be run again at `dueAt`; `outcomeKnown` says whether the last attempt surely had no effect. */
  postpone(job: LeasedJob, dueAt: Instant, outcomeKnown: boolean): Promise<void>;
  /** Drops a job that has nothing left to do. */
  drop(job: LeasedJob): Promise<void>;
  /**
   * Gives back every lease there is, exactly as if each had run out, and returns how many. For a node that starts and knows
   * that no other works on this database: what its killed predecessor held is then due at once.
   */
  returnLeases(): Promise<number>;
  /** When there is next something to lease: the earliest due time or end of a lease, if any. */
  nextDue(): Promise<Instant | undefined>;
};

/** The five storage ports of one database. Every method may reject with a `StoreFailure`, which says what that means. */
export type Stores = {
  readonly cases: CaseStore;
  readonly definitions: DefinitionStore;
  readonly messages: MessageStore;
  readonly jobs: JobSource;
  readonly batches: BatchStore;
};
