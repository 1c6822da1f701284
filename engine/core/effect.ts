import type { EligibilityRule } from './eligibility-rule.ts';
import type { Instant, JsonObject } from './json.ts';

/**
 * What a decision asks of the world. A closed union; each effect has a row to write in the commit of its decision,
 * so none is done unless the decision is stored, and none is lost once it is.
 */
export type Effect =
  | { readonly type: 'OpenTask'; readonly task: TaskRecord }
  | { readonly type: 'ClaimTask'; readonly taskId: string; readonly by: string }
  | { readonly type: 'ReleaseTask'; readonly taskId: string }
  | {
      readonly type: 'CloseTask';
      readonly taskId: string;
      readonly outcome: 'completed' | 'cancelled';
      readonly by?: string;
    }
  | { readonly type: 'ScheduleTimer'; readonly timerId: string; readonly elementId: string; readonly dueAt: Instant }
  | { readonly type: 'CancelTimer'; readonly timerId: string }
  | { readonly type: 'RequestJob'; readonly job: JobRecord }
  | { readonly type: 'CancelJob'; readonly jobId: string }
  | { readonly type: 'Subscribe'; readonly subscription: SubscriptionRecord }
  | { readonly type: 'Unsubscribe'; readonly subscriptionId: string }
  | { readonly type: 'PublishMessage'; readonly message: MessageRecord }
  | { readonly type: 'RaiseIncident'; readonly incident: IncidentRecord }
  | { readonly type: 'ResolveIncident'; readonly incidentId: string };

/** A user task a person can see. Everything the list, the page and the eligibility check need, fixed when it opened. */
export type TaskRecord = {
  readonly taskId: string;
  /** Flow node in the diagram. */
  readonly elementId: string;
  readonly processId: string;
  /** Names at opening: the BPMN name (zh-CN) and `clinical:nameEn`. */
  readonly name: string;
  readonly nameEn?: string;
  /** Form of the package; without one the page generates a plain form. */
  readonly formId?: string;
  readonly eligibility: EligibilityRule;
  readonly assignee?: string;
  readonly priority: number;
  readonly createdAt: Instant;
  readonly dueAt?: Instant;
  readonly followUpAt?: Instant;
  /** Result of the task's input mappings: prefills the form and feeds its constraints. */
  readonly input: JsonObject;
};

/** Work for a connector (service, send, business rule by job): leaves through the outbox, at least once, with `jobId` as its key. */
export type JobRecord = {
  readonly jobId: string;
  readonly elementId: string;
  /** `zeebe:taskDefinition type`, e.g. `insurance.revoke`. */
  readonly jobType: string;
  readonly retries: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly input: JsonObject;
};

/** A place where the case waits for a message. */
export type SubscriptionRecord = {
  readonly subscriptionId: string;
  readonly elementId: string;
  readonly messageName: string;
  /** Evaluated `zeebe:subscription correlationKey`, as text. */
  readonly correlationKey: string;
};

/** A message thrown by the case; delivered to waiting cases and message starts after the commit. */
export type MessageRecord = {
  readonly messageId: string;
  readonly elementId: string;
  readonly messageName: string;
  readonly correlationKey: string;
  readonly payload: JsonObject;
};

/** A case stuck at a place; a person must act. */
export type IncidentRecord = {
  readonly incidentId: string;
  readonly elementId: string;
  readonly code:
    | 'condition-not-boolean'
    | 'no-flow-possible'
    | 'expression-failed'
    | 'job-failed'
    | 'job-outcome-unknown'
    | 'uncaught-error'
    | 'decision-failed'
    | 'invalid-timer'
    | 'invalid-correlation-key'
    | 'called-process-missing'
    | 'data-missing'
    | 'limit-exceeded';
  /** For `job-failed` and `job-outcome-unknown`: the job a person retries or settles. */
  readonly jobId?: string;
  readonly message: string;
  readonly raisedAt: Instant;
};
