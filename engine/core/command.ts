import type { WorkCalendar } from '../feel/index.ts';
import type { Actor, DutyOverride } from './actor.ts';
import type { EligibilityRule } from './eligibility-rule.ts';
import type { Instant, JsonObject } from './json.ts';
import type { MigrationMapping, TimerChoice } from './migrate/mapping.ts';
import type { Modification } from './modification.ts';

type CommandBase = {
  /** UUIDv7 made by the caller; names the command in the history. */
  readonly id: string;
  readonly caseId: string;
  /** When the command is recorded. Never before the state's last; the runtime clamps it. */
  readonly at: Instant;
  /** When the act happened, if earlier than `at` (late entry). */
  readonly occurredAt?: Instant;
  readonly by: Actor;
  /** The hospital's calendar, where the definition reads it. */
  readonly calendar?: WorkCalendar;
};

/**
 * Everything that can be asked of a case. The runtime is the only producer of the machine-made ones
 * (`FireTimer`, `DeliverMessage`, `CompleteJob`, `FailJob`, `ThrowJobError`).
 */
export type Command =
  | (CommandBase & {
      readonly type: 'StartCase';
      /** Id of the BPMN process in the package. */
      readonly processId: string;
      /** Start event to begin at; without it the one none start event. */
      readonly startEventId?: string;
      /** Message that starts it, where the start event waits for several together: the case then waits for the others. */
      readonly messageName?: string;
      readonly variables: JsonObject;
      readonly businessKey?: string;
    })
  | (CommandBase & {
      readonly type: 'ClaimTask';
      readonly taskId: string;
      readonly override?: DutyOverride;
      readonly othersOnDuty?: number;
    })
  | (CommandBase & { readonly type: 'ReleaseTask'; readonly taskId: string })
  | (CommandBase & {
      readonly type: 'CompleteTask';
      readonly taskId: string;
      /** Form data, already validated against the form the task is pinned to. */
      readonly variables: JsonObject;
      readonly override?: DutyOverride;
      /** Eligible people on duty other than the actor, counted by the caller; an override needs 0. */
      readonly othersOnDuty?: number;
    })
  | (CommandBase & { readonly type: 'FireTimer'; readonly timerId: string })
  | (CommandBase & {
      readonly type: 'DeliverMessage';
      readonly subscriptionId: string;
      readonly messageId: string;
      readonly payload: JsonObject;
    })
  | (CommandBase & { readonly type: 'CompleteJob'; readonly jobId: string; readonly output: JsonObject })
  | (CommandBase & {
      readonly type: 'ThrowJobError';
      readonly jobId: string;
      readonly errorCode: string;
      readonly message: string;
      readonly output: JsonObject;
    })
  | (CommandBase & {
      readonly type: 'FailJob';
      readonly jobId: string;
      readonly message: string;
      readonly outcome: 'failed' | 'unknown';
    })
  | (CommandBase & { readonly type: 'RetryIncident'; readonly incidentId: string })
  /** Enters an activity of an ad-hoc sub-process that is under way; `scopeId` where several of it are. */
  | (CommandBase & {
      readonly type: 'EnterActivity';
      /** The ad-hoc sub-process in the diagram. */
      readonly elementId: string;
      readonly scopeId?: string;
      readonly activityId: string;
    })
  /** Completes an ad-hoc sub-process in which nothing is under way. */
  | (CommandBase & { readonly type: 'CompleteAdHoc'; readonly elementId: string; readonly scopeId?: string })
  | (CommandBase & { readonly type: 'SetVariables'; readonly scopeId?: string; readonly variables: JsonObject })
  | (CommandBase & { readonly type: 'CancelCase'; readonly reason: string })
  /** Moves, adds and cancels tokens by decision of a person: all of it together, or nothing. */
  | (CommandBase & {
      readonly type: 'ModifyCase';
      readonly operations: readonly Modification[];
      readonly reason: string;
      /** Who may change running cases, as the hospital has it when the command is made. */
      readonly authority: EligibilityRule;
    })
  /** Moves the case to another version of its flow, which decides from then on. */
  | (CommandBase & {
      readonly type: 'MigrateCase';
      /** The new version; its definition is handed to `decide` besides. */
      readonly to: { readonly hash: string; readonly version: number };
      readonly mapping: MigrationMapping;
      readonly timers: TimerChoice;
      readonly changedForms: readonly string[];
      /** From the history: who did what only the new version asks for, by elements of the old one. */
      readonly actors?: Readonly<Record<string, readonly string[]>>;
      readonly reason: string;
      readonly authority: EligibilityRule;
      /** The batch it is part of, and who released that. */
      readonly batch?: string;
      readonly releasedBy?: string;
    });

/** Names of all commands. */
export type CommandType = Command['type'];
