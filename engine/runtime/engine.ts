import type { DutyOverride, Person } from '../core/actor.ts';
import type { TaskRecord } from '../core/effect.ts';
import type { Instant, JsonObject } from '../core/json.ts';
import type { MappableElement, MigrationMapping, ProposedPair, TimerChoice } from '../core/migrate/mapping.ts';
import type { Modification } from '../core/modification.ts';
import type { Place } from '../core/modify/places.ts';
import type { ChangePreview, OpenThing } from '../core/modify/preview-change.ts';
import type { Rejection, Result } from '../core/rejection.ts';
import type { Finding } from '../ir/finding.ts';
import type { ProcessPackage } from '../ir/package.ts';
import type { BatchDesk } from './batch/batch-desk.ts';

/** What a caller says with every command. `key` makes it safe to send again: the same key gives the same answer. */
export type Request = {
  readonly tenantId: string;
  readonly by: Person;
  readonly key: string;
  readonly occurredAt?: Instant;
};

/** Answer to an accepted command. */
export type Accepted = {
  readonly caseId: string;
  /** The case's version after the command. */
  readonly version: number;
  readonly ended: boolean;
};

/** A version of a flow that cases may be started on or are pinned to. */
export type PublishedVersion = {
  readonly key: string;
  readonly version: number;
  readonly hash: string;
};

/** The ad-hoc sub-processes of a case that are under way. A refusal that is absent: this person may. */
export type StartableWork = {
  /** The case's version this was said of. */
  readonly version: number;
  readonly phases: readonly {
    readonly elementId: string;
    readonly scopeId: string;
    readonly processId: string;
    readonly activities: readonly { readonly activityId: string; readonly refusal: Rejection | undefined }[];
    readonly completionRefusal: Rejection | undefined;
  }[];
};

/** What of a running case a person can change. */
export type ChangeableCase = {
  /** The case's version this was said of. */
  readonly version: number;
  readonly open: readonly OpenThing[];
  /** Open scopes a token may have to be told apart by: runs of a repeated activity, and what several are open of. */
  readonly scopes: readonly { readonly n: number; readonly elementId: string; readonly run?: number }[];
  /** Where a token can be placed; by which flows, at what counts arrivals. */
  readonly places: readonly Place[];
};

/** What the system proposes for moving cases between two versions. */
export type MigrationProposal = {
  readonly from: { readonly version: number; readonly hash: string };
  readonly to: { readonly version: number; readonly hash: string };
  readonly pairs: readonly ProposedPair[];
  /** Elements of the new version, to choose from. */
  readonly successors: readonly MappableElement[];
};

/**
 * The engine's only door for the app. Every method is safe to call again with the same `key`.
 * Commands of one case are queued; what other cases do is never waited for.
 */
export type Engine = {
  /** Compiles a package and holds it against the hospital's people, without storing anything; findings of severity `error` refuse publication. */
  check(request: { tenantId: string; pkg: ProcessPackage }): Promise<readonly Finding[]>;
  /**
   * Stores a checked package as the next version of its key; rejected with its findings when one is an error. An unsound one is published only
   * on an `override`: the person who answers for it, and why; both are kept with the version. Publishing the current content again returns the
   * current version.
   */
  publish(request: {
    tenantId: string;
    by: Person;
    pkg: ProcessPackage;
    approvedBy?: Person;
    override?: { readonly by: Person; readonly reason: string };
  }): Promise<Result<PublishedVersion>>;

  /**
   * Starts a case on the current version of `processKey`, or on `version`. `variables` is the start form's data, checked against it;
   * `context` is what the host itself vouches for (e.g. `patient`), merged over them.
   */
  start(
    request: Request & {
      processKey: string;
      version?: number;
      processId?: string;
      startEventId?: string;
      variables: JsonObject;
      context?: JsonObject;
      businessKey?: string;
    },
  ): Promise<Result<Accepted>>;
  claim(request: Request & { caseId: string; taskId: string; override?: DutyOverride }): Promise<Result<Accepted>>;
  release(request: Request & { caseId: string; taskId: string }): Promise<Result<Accepted>>;
  /** Validates the data against the task's form (422-like `invalid-form`), checks eligibility, completes. */
  complete(
    request: Request & { caseId: string; taskId: string; variables: JsonObject; override?: DutyOverride },
  ): Promise<Result<Accepted>>;
  /**
   * Begins an activity of an ad-hoc sub-process that is under way; `scopeId` where several of it are. Who may: whom the sub-process names, else
   * whoever could do the activity.
   */
  enterActivity(
    request: Request & { caseId: string; elementId: string; scopeId?: string; activityId: string },
  ): Promise<Result<Accepted>>;
  /** Completes an ad-hoc sub-process in which nothing is under way. */
  completeAdHoc(request: Request & { caseId: string; elementId: string; scopeId?: string }): Promise<Result<Accepted>>;
  retryIncident(request: Request & { caseId: string; incidentId: string }): Promise<Result<Accepted>>;
  /** A person settles a job whose outcome is unknown: says what really happened. */
  settleJob(
    request: Request & {
      caseId: string;
      incidentId: string;
      outcome: 'done' | 'error' | 'send-again';
      errorCode?: string;
      output: JsonObject;
    },
  ): Promise<Result<Accepted>>;
  cancelCase(request: Request & { caseId: string; reason: string }): Promise<Result<Accepted>>;
  /** Moves, adds and cancels tokens of a running case; `EngineParts.changePolicy` says who may. */
  modifyCase(
    request: Request & { caseId: string; operations: readonly Modification[]; reason: string },
  ): Promise<Result<Accepted>>;
  /** Moves a case to another version of its flow, which decides from then on. */
  migrateCase(
    request: Request & {
      caseId: string;
      toVersion: number;
      mapping: MigrationMapping;
      timers: TimerChoice;
      reason: string;
    },
  ): Promise<Result<Accepted>>;
  /** What the system would map between two versions of a flow. */
  proposeMigration(request: {
    tenantId: string;
    processKey: string;
    from: number;
    to: number;
  }): Promise<Result<MigrationProposal>>;
  /** Whether the hospital lets somebody change running cases; the commands ask the same. */
  mayChangeCases(by: Person): boolean;
  /** What of a running case can be changed, for a person to choose from; refused for those who may not. */
  changeable(request: { tenantId: string; by: Person; caseId: string }): Promise<Result<ChangeableCase>>;
  /** What such a change would close and open. Nothing is kept. */
  previewModification(request: {
    tenantId: string;
    by: Person;
    caseId: string;
    operations: readonly Modification[];
  }): Promise<Result<ChangePreview>>;

  /**
   * Publishes a message to waiting cases (name and correlation key) and to message start events of that name.
   * Correlation is by rows after the commit. `messageId` dedups. Thrown (TypeError) when the payload holds what no case may hold.
   */
  publishMessage(request: {
    tenantId: string;
    messageId: string;
    messageName: string;
    correlationKey: string;
    payload: JsonObject;
    source: string;
    /** How long it waits for a receiver, in milliseconds; 24 hours unless told. */
    keepFor?: number;
  }): Promise<void>;

  /** Work over many cases at once: migration, retries, cancelling. */
  readonly batches: BatchDesk;

  /** Whether this person may work on this task now, and why not: the same function every command uses. */
  mayWorkOn(request: {
    tenantId: string;
    by: Person;
    caseId: string;
    taskId: string;
    override?: DutyOverride;
  }): Promise<Result<TaskRecord>>;

  /** What this person may begin and complete in the case's ad-hoc sub-processes now, and why not: the same function the commands use. */
  startableWork(request: { tenantId: string; by: Person; caseId: string }): Promise<Result<StartableWork>>;

  /** Runs what is due (timers, outbox, correlation) once; returns how many jobs were done. The host calls it in a loop; scenarios call it by hand. */
  runDueWork(request: { limit: number }): Promise<number>;
};
