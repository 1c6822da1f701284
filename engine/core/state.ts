import type { Repeat } from '../ir/kernel.ts';
import type { IncidentRecord, JobRecord, SubscriptionRecord } from './effect.ts';
import type { Instant, Json, JsonObject } from './json.ts';
import type { TaskFacts } from './open-tasks.ts';

/**
 * A case: one aggregate, the root process with everything it calls. Plain JSON. Numbers are keys of what lives in it (scopes, tokens, waits);
 * they come from `counter` and are never used twice, so order of keys is order of creation on every machine.
 *
 * Its size depends on what is open and on what the diagram asks to be remembered, never on how far the case has come: it is read and written
 * with every command. What a case has passed through stands in its history (`trailOf`).
 */
export type CaseState = {
  readonly format: 3;
  readonly caseId: string;
  /** Key of the flow. */
  readonly processKey: string;
  /** Hash of the definition the case is pinned to, as the runtime named it; empty when decided without one. */
  readonly definitionHash: string;
  /** BPMN id of the root process. */
  readonly processId: string;
  readonly status: 'active' | 'ended';
  readonly outcome?: CaseOutcome;
  /** Code of the error that ended the case, for outcome `error`. */
  readonly errorCode?: string;
  readonly businessKey?: string;
  /** Evaluated `clinical:patientKey`. */
  readonly patientKey?: string;
  readonly startedAt: Instant;
  /** `at` of the last command. */
  readonly at: Instant;
  /** The last number given. */
  readonly counter: number;
  readonly scopes: Numbered<ScopeState>;
  readonly tokens: Numbered<TokenState>;
  readonly tasks: Numbered<OpenTask>;
  readonly timers: Numbered<OpenTimer>;
  readonly subscriptions: Numbered<OpenSubscription>;
  readonly jobs: Numbered<OpenJob>;
  /** Conditional events that wait for a write. */
  readonly conditions: Numbered<OpenCondition>;
  readonly incidents: Numbered<OpenIncident>;
  /** Variables of the root scope when the case ended. */
  readonly result?: JsonObject;
  /** Who began the case and completed which user task, for the elements the definition asks it of (`actorsRead`). */
  readonly actors: Readonly<Record<string, readonly string[]>>;
};

/** How a case ended. */
export type CaseOutcome = 'completed' | 'terminated' | 'error' | 'cancelled';

/** Keyed by a number of the case's counter. */
export type Numbered<T> = { readonly [n: string]: T };

/** An open scope: a process, sub-process, event sub-process or one instance of a repeated activity. */
export type ScopeState = {
  /** Id in `CompiledDefinition.scopes`. */
  readonly definition: string;
  readonly processId: string;
  /** Scope around it; the root has none. */
  readonly parent?: number;
  /** Token whose activity this scope is; event sub-processes have none. */
  readonly host?: number;
  /** A called process does not see its caller's variables. */
  readonly isolated?: true;
  /** Version tag of a called process, where it has one. */
  readonly versionTag?: string;
  readonly phase: 'active' | 'interrupted' | 'compensating';
  readonly outcome?: 'terminated' | 'cancelled';
  readonly variables: JsonObject;
  /** Which instance of a repeated activity, from 0. */
  readonly instance?: number;
  /** Completed activities that can be undone, oldest first; absent where there never was one. */
  readonly compensations?: readonly CompensationRecord[];
  /** Event sub-process: the one of `eventScopes` it is. */
  readonly startedBy?: string;
  /** Complex gateways that have fired and still swallow what comes, with the flows they fired on. */
  readonly resetting?: Readonly<Record<string, readonly string[]>>;
  /** Token that throws the compensation this scope was reopened or opened for. */
  readonly compensates?: number;
};

/** An activity that was completed and can be undone once. */
export type CompensationRecord = {
  readonly n: number;
  readonly node: string;
  /** Handler node in the same scope. */
  readonly handler?: string;
  /** Event sub-process of the completed sub-process that undoes it. */
  readonly eventScope?: string;
  /** A completed sub-process: what it was and what it can undo itself. */
  readonly scope?: string;
  readonly processId?: string;
  readonly variables: JsonObject;
  readonly records: readonly CompensationRecord[];
};

/** A token: an actor of its scope's machine. `node` is its state. */
export type TokenState = {
  readonly scope: number;
  readonly node: string;
  /**
   * `arrived`: entered, not begun (an incident stopped it, or it is queued). `joining`: waits at a join. `active`: its body is under way.
   * `completing`: the body is done, results are being written. `leaving`: the way out is not decided.
   */
  readonly phase: 'arrived' | 'joining' | 'active' | 'completing' | 'leaving';
  /** Sequence flow it came by. */
  readonly flow?: string;
  /** Local variables: what the node's input mappings gave. */
  readonly variables?: JsonObject;
  /** What a completed body brought, kept while an incident holds it up. */
  readonly output?: JsonObject;
  readonly repeat?: RepeatState;
  /** Throwing token this handler works for. */
  readonly compensates?: number;
  /** What a compensation thrower still has to undo, last first. */
  readonly pending?: readonly PendingCompensation[];
};

/** A compensation record with the scope its handler runs in. */
export type PendingCompensation = { readonly scope: number; readonly record: CompensationRecord };

/** Progress of a repeated activity. */
export type RepeatState = {
  readonly kind: Repeat['kind'];
  /** Number of instances planned; the standard loop has none. */
  readonly total?: number;
  readonly items?: readonly Json[];
  readonly started: number;
  readonly completed: number;
  readonly terminated: number;
  /** By instance, where an output element is declared. */
  readonly outputs: readonly Json[];
};

/** Whose wait it is: a token's, or (event sub-process) a scope's; `node` is what it triggers. */
export type WaitOwner = { readonly scope: number; readonly token?: number; readonly node: string };

/** An open user task. `task.assignee` is the claimer. */
export type OpenTask = WaitOwner & { readonly task: TaskFacts };
/** A running timer. `every` and `remaining` of a cycle: the duration, and how many firings are left after this one. */
export type OpenTimer = WaitOwner & { readonly dueAt: Instant; readonly every?: string; readonly remaining?: number };
/** An open message or signal subscription. */
export type OpenSubscription = WaitOwner & {
  readonly kind: 'message' | 'signal';
  readonly subscription: SubscriptionRecord;
};
/** A job that was requested and is not answered. */
export type OpenJob = WaitOwner & { readonly job: JobRecord };
/** An armed conditional event. `last`: the condition's value when last asked. */
export type OpenCondition = WaitOwner & { readonly feel: string; readonly last: boolean };
/** An open incident, and the job or phase to go on from. */
export type OpenIncident = WaitOwner & { readonly job?: number; readonly incident: IncidentRecord };
