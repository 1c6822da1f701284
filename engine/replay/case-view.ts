import type { IncidentRecord, SubscriptionRecord, TaskRecord } from '../core/effect.ts';
import type { Instant, JsonObject } from '../core/json.ts';

/**
 * A case's state as screens show it, derived from the stored state (live) or from the history folded up to an entry (audit).
 * Element and flow ids are the diagram's.
 */
export type CaseView = {
  readonly caseId: string;
  readonly processKey: string;
  readonly definitionHash: string;
  readonly status: 'active' | 'ended';
  readonly outcome?: 'completed' | 'terminated' | 'error' | 'cancelled';
  /** How many tokens stand in each element now; called processes' elements are listed under their own process id. */
  readonly tokens: readonly { readonly processId: string; readonly elementId: string; readonly count: number }[];
  readonly variables: JsonObject;
  readonly tasks: readonly TaskRecord[];
  readonly timers: readonly { readonly timerId: string; readonly elementId: string; readonly dueAt: Instant }[];
  readonly subscriptions: readonly SubscriptionRecord[];
  readonly jobs: readonly { readonly jobId: string; readonly elementId: string; readonly jobType: string }[];
  readonly incidents: readonly IncidentRecord[];
};
