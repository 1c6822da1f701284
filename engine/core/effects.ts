import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';
import { taskRecord } from './open-tasks.ts';

/** What an event asks of the world, if anything. Effects follow from events, so a history says what was asked. */
export function effectOf(caseId: string, event: CaseEvent): Effect | undefined {
  switch (event.type) {
    case 'TaskOpened':
      return { type: 'OpenTask', task: taskRecord(`${caseId}-${event.n}`, event.owner, event.processId, event.task) };
    case 'TaskClaimed':
      return { type: 'ClaimTask', taskId: `${caseId}-${event.n}`, by: event.by };
    case 'TaskReleased':
      return { type: 'ReleaseTask', taskId: `${caseId}-${event.n}` };
    case 'TaskClosed': {
      const by = event.by === undefined ? {} : { by: event.by };
      return { type: 'CloseTask', taskId: `${caseId}-${event.n}`, outcome: event.outcome, ...by };
    }
    case 'TimerScheduled': {
      const { dueAt, owner } = event;
      return { type: 'ScheduleTimer', timerId: `${caseId}-${event.n}`, elementId: owner.node, dueAt };
    }
    case 'TimerClosed':
      return event.how === 'cancelled' ? { type: 'CancelTimer', timerId: `${caseId}-${event.n}` } : undefined;
    case 'JobRequested':
    case 'JobRequestedAgain':
      return { type: 'RequestJob', job: event.job };
    case 'JobClosed':
      return event.how === 'cancelled' ? { type: 'CancelJob', jobId: `${caseId}-${event.n}` } : undefined;
    case 'Subscribed':
      return { type: 'Subscribe', subscription: event.subscription };
    case 'Unsubscribed':
      return { type: 'Unsubscribe', subscriptionId: `${caseId}-${event.n}` };
    case 'MessagePublished':
      return { type: 'PublishMessage', message: event.message };
    case 'IncidentRaised':
      return { type: 'RaiseIncident', incident: event.incident };
    case 'IncidentResolved':
      return { type: 'ResolveIncident', incidentId: `${caseId}-${event.n}` };
    default:
      return undefined;
  }
}

const OPENING: ReadonlySet<Effect['type']> = new Set([
  'OpenTask',
  'ScheduleTimer',
  'RequestJob',
  'Subscribe',
  'RaiseIncident',
]);

const CLOSING: ReadonlySet<Effect['type']> = new Set([
  'CloseTask',
  'CancelTimer',
  'CancelJob',
  'Unsubscribe',
  'ResolveIncident',
]);

/**
 * Effects of one decision. What was opened and closed again within it is never seen outside, and a job that was answered is not asked for.
 */
export function effectsOfAll(caseId: string, events: readonly CaseEvent[]): readonly Effect[] {
  const asked: { readonly n: number; readonly effect: Effect }[] = [];
  const opened = new Set<number>();
  const closed = new Set<number>();
  for (const event of events) {
    if (!('n' in event)) continue;
    const effect = effectOf(caseId, event);
    if (!effect) continue;
    asked.push({ n: event.n, effect });
    if (OPENING.has(effect.type)) opened.add(event.n);
    if (CLOSING.has(effect.type)) closed.add(event.n);
  }
  const seen = asked.filter(({ n, effect: { type } }) => {
    if (OPENING.has(type)) return !closed.has(n);
    return !CLOSING.has(type) || !opened.has(n);
  });
  return seen.map(({ effect }) => effect);
}
