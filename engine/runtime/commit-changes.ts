import type { Effect, IncidentRecord, SubscriptionRecord, TaskRecord } from '../core/effect.ts';
import type { Instant } from '../core/json.ts';
import { addMilliseconds } from './clock.ts';
import type { Commit, TaskChanges } from './commit.ts';
import type { NewJob } from './job.ts';
import { correlateJob, deliveryKey, timerKey } from './job-keys.ts';
import type { PublishedMessage } from './ports.ts';

/** Rows a decision changes, as a Commit carries them. */
export type CommitChanges = Pick<Commit, 'tasks' | 'jobs' | 'subscriptions' | 'messages' | 'incidents'>;

/** How long a message waits for a receiver: 24 hours. */
export const messageLifetime = 24 * 3_600_000;

type Place = { readonly tenantId: string; readonly caseId: string; readonly at: Instant };

/**
 * Turns the effects of a decision into row changes. What was opened and closed again in the same decision leaves no row:
 * nobody could have seen it, and the history has it.
 */
export function changesOf(effects: readonly Effect[], place: Place): CommitChanges {
  const rows = createRows(place);
  for (const effect of effects) apply(rows, effect);
  return {
    tasks: {
      open: [...rows.tasks.added.values()],
      claim: rows.claims.filter(({ taskId }) => !rows.tasks.added.has(taskId)),
      release: rows.releases.filter((taskId) => !rows.tasks.added.has(taskId)),
      close: rows.closes,
    },
    jobs: { add: [...rows.jobs.added.values()], remove: [...rows.jobs.removed] },
    subscriptions: { add: [...rows.subscriptions.added.values()], remove: [...rows.subscriptions.removed] },
    incidents: { raise: [...rows.incidents.added.values()], resolve: [...rows.incidents.removed] },
    messages: rows.messages,
  };
}

/** Rows added and keys removed, netted. */
type Netted<T> = { readonly added: Map<string, T>; readonly removed: Set<string> };

type Rows = Place & {
  readonly tasks: Netted<TaskRecord>;
  readonly jobs: Netted<NewJob>;
  readonly subscriptions: Netted<SubscriptionRecord>;
  readonly incidents: Netted<IncidentRecord>;
  readonly claims: TaskChanges['claim'][number][];
  readonly releases: string[];
  readonly closes: TaskChanges['close'][number][];
  readonly messages: PublishedMessage[];
};

function createRows(place: Place): Rows {
  const netted = <T>(): Netted<T> => ({ added: new Map(), removed: new Set() });
  return {
    ...place,
    ...{ tasks: netted<TaskRecord>(), jobs: netted<NewJob>() },
    ...{ subscriptions: netted<SubscriptionRecord>(), incidents: netted<IncidentRecord>() },
    ...{ claims: [], releases: [], closes: [], messages: [] },
  };
}

function remove<T>(rows: Netted<T>, key: string): boolean {
  if (rows.added.delete(key)) return false;
  rows.removed.add(key);
  return true;
}

function apply(rows: Rows, effect: Effect): void {
  switch (effect.type) {
    case 'OpenTask':
    case 'ClaimTask':
    case 'ReleaseTask':
    case 'CloseTask':
      applyToTasks(rows, effect);
      return;
    case 'ScheduleTimer': {
      const jobKey = timerKey(effect.timerId);
      const work = { kind: 'timer', timerId: effect.timerId } as const;
      rows.jobs.added.set(jobKey, { jobKey, caseId: rows.caseId, dueAt: effect.dueAt, work });
      return;
    }
    case 'CancelTimer':
      remove(rows.jobs, timerKey(effect.timerId));
      return;
    case 'RequestJob': {
      const jobKey = deliveryKey(effect.job.jobId);
      const work = { kind: 'delivery', job: effect.job } as const;
      rows.jobs.added.set(jobKey, { jobKey, caseId: rows.caseId, dueAt: rows.at, work });
      return;
    }
    case 'CancelJob':
      remove(rows.jobs, deliveryKey(effect.jobId));
      return;
    case 'Subscribe':
    case 'Unsubscribe':
      applyToSubscriptions(rows, effect);
      return;
    case 'PublishMessage':
      rows.messages.push(toMessage(rows, effect.message));
      return;
    case 'RaiseIncident':
      rows.incidents.added.set(effect.incident.incidentId, effect.incident);
      return;
    case 'ResolveIncident':
      remove(rows.incidents, effect.incidentId);
      return;
  }
}

type TaskEffect = Extract<Effect, { type: 'OpenTask' | 'ClaimTask' | 'ReleaseTask' | 'CloseTask' }>;

function applyToTasks(rows: Rows, effect: TaskEffect): void {
  if (effect.type === 'OpenTask') {
    rows.tasks.added.set(effect.task.taskId, effect.task);
    return;
  }
  const opened = rows.tasks.added.get(effect.taskId);
  if (effect.type === 'CloseTask') {
    if (remove(rows.tasks, effect.taskId))
      rows.closes.push({ taskId: effect.taskId, outcome: effect.outcome, ...(effect.by && { by: effect.by }) });
  } else if (effect.type === 'ClaimTask') {
    if (opened) rows.tasks.added.set(effect.taskId, { ...opened, assignee: effect.by });
    else rows.claims.push({ taskId: effect.taskId, by: effect.by });
  } else rows.releases.push(effect.taskId);
}

function applyToSubscriptions(rows: Rows, effect: Extract<Effect, { type: 'Subscribe' | 'Unsubscribe' }>): void {
  if (effect.type === 'Subscribe') {
    const { subscription } = effect;
    const job = correlateJob(`subscription:${subscription.subscriptionId}`, subscription, rows.at);
    rows.subscriptions.added.set(subscription.subscriptionId, subscription);
    rows.jobs.added.set(job.jobKey, job);
  } else if (!remove(rows.subscriptions, effect.subscriptionId))
    rows.jobs.added.delete(`correlate:subscription:${effect.subscriptionId}`);
}

function toMessage(place: Place, message: Extract<Effect, { type: 'PublishMessage' }>['message']): PublishedMessage {
  return {
    tenantId: place.tenantId,
    messageId: message.messageId,
    messageName: message.messageName,
    correlationKey: message.correlationKey,
    payload: message.payload,
    source: `case:${place.caseId}`,
    publishedAt: place.at,
    expiresAt: addMilliseconds(place.at, messageLifetime),
  };
}
