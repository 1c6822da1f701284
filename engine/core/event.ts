import type { DecisionStep } from '../ir/definition.ts';
import type { IncidentRecord, JobRecord, MessageRecord, SubscriptionRecord } from './effect.ts';
import type { Instant, JsonObject } from './json.ts';
import type { Modification } from './modification.ts';
import type { TaskFacts } from './open-tasks.ts';
import type {
  CaseOutcome,
  CompensationRecord,
  PendingCompensation,
  RepeatState,
  ScopeState,
  TokenState,
  WaitOwner,
} from './state.ts';

/**
 * What has happened. Events carry every result (flow taken, values written, due instants), so folding them needs no machine, no expression,
 * no definition and no clock, for ever. Each is plain JSON; numbers are those of the case's counter.
 */
export type CaseEvent =
  | {
      readonly type: 'CaseStarted';
      readonly caseId: string;
      readonly processKey: string;
      readonly definitionHash: string;
      readonly processId: string;
      readonly businessKey?: string;
      readonly at: Instant;
      /** Version of the working calendar the command came with. */
      readonly calendar?: string;
    }
  /** First event of every later command. */
  | { readonly type: 'CommandAccepted'; readonly command: string; readonly at: Instant; readonly calendar?: string }
  /** Who began the case (under its start event) or completed a user task, where the definition asks for it: separation of duties, `actors`. */
  | { readonly type: 'ActorRecorded'; readonly node: string; readonly by: string }
  /** A person changed the running case; what follows are the effects. */
  | { readonly type: 'CaseModified'; readonly operations: readonly Modification[]; readonly reason: string }
  /** From here on another version decides. `elements`: what is called otherwise there. */
  | {
      readonly type: 'CaseMigrated';
      readonly fromHash: string;
      readonly definitionHash: string;
      readonly version: number;
      readonly processId: string;
      readonly elements: readonly { readonly from: string; readonly to: string }[];
      readonly reason: string;
      readonly batch?: string;
      readonly releasedBy?: string;
      /** Who did what, where that is kept otherwise from now on. */
      readonly actors?: readonly { readonly node: string; readonly persons: readonly string[] }[];
    }
  /** What an open scope, a token or a wait is in the new version. */
  | { readonly type: 'ScopeRebound'; readonly n: number; readonly change: Partial<ScopeState> }
  | { readonly type: 'TokenRebound'; readonly n: number; readonly node: string; readonly flow?: string }
  | {
      readonly type: 'WaitRebound';
      readonly wait: 'timer' | 'subscription' | 'job' | 'condition';
      readonly n: number;
      readonly node: string;
    }
  | { readonly type: 'CaseKeysSet'; readonly businessKey?: string; readonly patientKey?: string }
  | {
      readonly type: 'CaseEnded';
      readonly outcome: CaseOutcome;
      readonly errorCode?: string;
      readonly reason?: string;
    }
  | { readonly type: 'ScopeOpened'; readonly n: number; readonly scope: ScopeState }
  | {
      readonly type: 'ScopePhased';
      readonly n: number;
      readonly phase: ScopeState['phase'];
      readonly outcome?: 'terminated' | 'cancelled';
    }
  /** The root's variables are then the case's result. */
  | {
      readonly type: 'ScopeClosed';
      readonly n: number;
      readonly outcome: 'completed' | 'terminated' | 'cancelled' | 'error';
    }
  | {
      readonly type: 'VariablesWritten';
      readonly scope: number;
      readonly token?: number;
      readonly variables: JsonObject;
    }
  | { readonly type: 'TokenPlaced'; readonly n: number; readonly token: TokenState }
  | { readonly type: 'TokenMoved'; readonly n: number; readonly flow: string; readonly node: string }
  | {
      readonly type: 'TokenPhased';
      readonly n: number;
      readonly phase: TokenState['phase'];
      readonly output?: JsonObject;
    }
  | { readonly type: 'TokenEnded'; readonly n: number; readonly how: 'consumed' | 'cancelled' }
  | { readonly type: 'NodeCompleted'; readonly node: string; readonly processId: string }
  /** The token it is opened for is active with it. */
  | {
      readonly type: 'TaskOpened';
      readonly n: number;
      readonly owner: WaitOwner;
      readonly processId: string;
      readonly task: TaskFacts;
    }
  | { readonly type: 'TaskClaimed'; readonly n: number; readonly by: string; readonly override?: string }
  | { readonly type: 'TaskReleased'; readonly n: number }
  | {
      readonly type: 'TaskClosed';
      readonly n: number;
      readonly outcome: 'completed' | 'cancelled';
      readonly by?: string;
      /** Reason given for setting a separation of duties aside. */
      readonly override?: string;
      readonly variables?: JsonObject;
    }
  | {
      readonly type: 'TimerScheduled';
      readonly n: number;
      readonly owner: WaitOwner;
      readonly dueAt: Instant;
      readonly every?: string;
      readonly remaining?: number;
    }
  | { readonly type: 'TimerClosed'; readonly n: number; readonly how: 'fired' | 'cancelled' }
  | {
      readonly type: 'Subscribed';
      readonly n: number;
      readonly owner: WaitOwner;
      readonly kind: 'message' | 'signal';
      readonly subscription: SubscriptionRecord;
    }
  | { readonly type: 'Unsubscribed'; readonly n: number }
  | {
      readonly type: 'MessageReceived';
      readonly n: number;
      readonly node: string;
      readonly messageId: string;
      readonly payload: JsonObject;
    }
  | { readonly type: 'MessagePublished'; readonly n: number; readonly message: MessageRecord }
  | { readonly type: 'SignalThrown'; readonly node: string; readonly name: string }
  | { readonly type: 'JobRequested'; readonly n: number; readonly owner: WaitOwner; readonly job: JobRecord }
  /** A person asked for the same job again. */
  | { readonly type: 'JobRequestedAgain'; readonly n: number; readonly job: JobRecord }
  | {
      readonly type: 'JobClosed';
      readonly n: number;
      readonly how: 'completed' | 'error' | 'cancelled';
      readonly errorCode?: string;
      readonly output?: JsonObject;
    }
  | {
      readonly type: 'ConditionArmed';
      readonly n: number;
      readonly owner: WaitOwner;
      readonly feel: string;
      readonly last: boolean;
    }
  | { readonly type: 'ConditionAsked'; readonly n: number; readonly last: boolean }
  | { readonly type: 'ConditionClosed'; readonly n: number }
  | { readonly type: 'ErrorThrown'; readonly node: string; readonly code?: string; readonly caughtBy?: string }
  | { readonly type: 'EscalationThrown'; readonly node: string; readonly code?: string; readonly caughtBy?: string }
  | {
      readonly type: 'DecisionMade';
      readonly node: string;
      readonly decisionId: string;
      readonly trace: readonly DecisionStep[];
    }
  /** A complex gateway has fired on some flows and now swallows what comes by the others; without flows it is as new. */
  | {
      readonly type: 'JoinResetting';
      readonly scope: number;
      readonly node: string;
      readonly flows?: readonly string[];
    }
  | { readonly type: 'RepeatChanged'; readonly token: number; readonly repeat: RepeatState }
  | {
      readonly type: 'CompensationRecorded';
      readonly n: number;
      readonly scope: number;
      readonly record: CompensationRecord;
    }
  | { readonly type: 'CompensationsTaken'; readonly scope: number; readonly records: readonly number[] }
  | { readonly type: 'CompensationPending'; readonly token: number; readonly pending: readonly PendingCompensation[] }
  | {
      readonly type: 'IncidentRaised';
      readonly n: number;
      readonly owner: WaitOwner;
      readonly job?: number;
      readonly incident: IncidentRecord;
    }
  | { readonly type: 'IncidentResolved'; readonly n: number; readonly how: 'retried' | 'settled' | 'cancelled' };

/** Names of all events. */
export type CaseEventType = CaseEvent['type'];

/**
 * Names of the fields, at any depth of an event, whose value is or may hold a patient's data. Everything else is ids, nodes, flows, types,
 * instants and codes, and may stand in a clear history header.
 */
export const patientValueFields: ReadonlySet<string> = new Set([
  'variables',
  'output',
  'outputs',
  'items',
  'input',
  'inputs',
  'payload',
  'message',
  'correlationKey',
  'businessKey',
  'patientKey',
  'notPersons',
  'override',
  'reason',
]);
