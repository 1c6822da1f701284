import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';

/** What an event asks of the world. Effects follow from events, so a history says what was asked. */
export function effectsOf(caseId: string, event: CaseEvent): readonly Effect[] {
  switch (event.type) {
    case 'TaskOpened':
      return [{ type: 'OpenTask', task: event.task }];
    case 'TaskClaimed':
      return [{ type: 'ClaimTask', taskId: `${caseId}-${event.n}`, by: event.by }];
    case 'TaskReleased':
      return [{ type: 'ReleaseTask', taskId: `${caseId}-${event.n}` }];
    case 'TaskClosed': {
      const by = event.by === undefined ? {} : { by: event.by };
      return [{ type: 'CloseTask', taskId: `${caseId}-${event.n}`, outcome: event.outcome, ...by }];
    }
    case 'TimerScheduled': {
      const { dueAt, owner } = event;
      return [{ type: 'ScheduleTimer', timerId: `${caseId}-${event.n}`, elementId: owner.node, dueAt }];
    }
    case 'TimerClosed':
      return event.how === 'cancelled' ? [{ type: 'CancelTimer', timerId: `${caseId}-${event.n}` }] : [];
    case 'JobRequested':
    case 'JobRequestedAgain':
      return [{ type: 'RequestJob', job: event.job }];
    case 'JobClosed':
      return event.how === 'cancelled' ? [{ type: 'CancelJob', jobId: `${caseId}-${event.n}` }] : [];
    case 'Subscribed':
      return [{ type: 'Subscribe', subscription: event.subscription }];
    case 'Unsubscribed':
      return [{ type: 'Unsubscribe', subscriptionId: `${caseId}-${event.n}` }];
    case 'MessagePublished':
      return [{ type: 'PublishMessage', message: event.message }];
    case 'IncidentRaised':
      return [{ type: 'RaiseIncident', incident: event.incident }];
    case 'IncidentResolved':
      return [{ type: 'ResolveIncident', incidentId: `${caseId}-${event.n}` }];
    default:
      return [];
  }
}

/**
 * Effects of one decision. What was opened and closed again within it is never seen outside, and a job that was answered is not asked for.
 */
export function effectsOfAll(caseId: string, events: readonly CaseEvent[]): readonly Effect[] {
  const effects: Effect[] = [];
  for (const event of events) effects.push(...effectsOf(caseId, event));
  const closed = new Set(effects.map(closes));
  const opened = new Set(effects.map(opens));
  return effects.filter((effect) => {
    const open = opens(effect);
    const close = closes(effect);
    if (open !== undefined) return !closed.has(open);
    return close === undefined || !opened.has(close);
  });
}

function opens(effect: Effect): string | undefined {
  switch (effect.type) {
    case 'OpenTask':
      return effect.task.taskId;
    case 'ScheduleTimer':
      return effect.timerId;
    case 'RequestJob':
      return effect.job.jobId;
    case 'Subscribe':
      return effect.subscription.subscriptionId;
    case 'RaiseIncident':
      return effect.incident.incidentId;
    default:
      return undefined;
  }
}

function closes(effect: Effect): string | undefined {
  switch (effect.type) {
    case 'CloseTask':
      return effect.taskId;
    case 'CancelTimer':
      return effect.timerId;
    case 'CancelJob':
      return effect.jobId;
    case 'Unsubscribe':
      return effect.subscriptionId;
    case 'ResolveIncident':
      return effect.incidentId;
    default:
      return undefined;
  }
}
