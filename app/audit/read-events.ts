import type { Json, JsonObject } from '../../engine/index.ts';

/** An event of the history with the few facts screens tell of it. */
export type ToldEvent = {
  readonly type: string;
  /** Element of the diagram it is about. */
  readonly elementId?: string;
  /** A code, decision, message or duration that says more. */
  readonly detail?: string;
  readonly data?: JsonObject;
  /** Form of a task that was opened. */
  readonly formId?: string;
};

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** Records that carry an element, by the name of the event's field. */
const records = ['task', 'job', 'subscription', 'message', 'incident', 'owner', 'token'] as const;

function elementIn(event: JsonObject): string | undefined {
  const own = text(event.node);
  if (own !== undefined) return own;
  for (const name of records) {
    const record = event[name];
    if (!isObject(record)) continue;
    const element = text(record.elementId) ?? text(record.node);
    if (element !== undefined) return element;
  }
  return undefined;
}

function detailIn(event: JsonObject): string | undefined {
  const { job, subscription, message, incident } = event;
  if (isObject(job)) return text(job.jobType);
  if (isObject(subscription)) return text(subscription.messageName);
  if (isObject(message)) return text(message.messageName);
  if (isObject(incident)) return text(incident.code);
  const names = ['outcome', 'how', 'dueAt', 'decisionId', 'errorCode', 'code', 'name', 'phase', 'flow', 'reason'];
  return names.map((name) => text(event[name])).find((one) => one !== undefined);
}

/** Numbers of open things (tasks, timers, jobs …) and the elements they belong to, kept along the history. */
export type OpenThings = Map<string, string>;

const families: Readonly<Record<string, string>> = {
  TaskOpened: 'task',
  TaskClaimed: 'task',
  TaskReleased: 'task',
  TaskClosed: 'task',
  TimerScheduled: 'timer',
  TimerClosed: 'timer',
  JobRequested: 'job',
  JobRequestedAgain: 'job',
  JobClosed: 'job',
  Subscribed: 'subscription',
  Unsubscribed: 'subscription',
  MessageReceived: 'subscription',
  IncidentRaised: 'incident',
  IncidentResolved: 'incident',
  TokenPlaced: 'token',
  TokenMoved: 'token',
  TokenPhased: 'token',
  TokenEnded: 'token',
};

/** Reads one event; later events of the same thing are told with the element its first one named. */
export function tellEvent(event: Json, open: OpenThings): ToldEvent | undefined {
  if (!isObject(event)) return undefined;
  const type = text(event.type);
  if (type === undefined) return undefined;
  const family = families[type];
  const key = family === undefined ? undefined : `${family} ${text(event.n) ?? ''}`;
  const elementId = elementIn(event) ?? (key === undefined ? undefined : open.get(key));
  if (key !== undefined && elementId !== undefined) open.set(key, elementId);
  const data = [event.variables, event.payload, event.output].find(isObject);
  const formId = isObject(event.task) ? text(event.task.formId) : undefined;
  return { type, elementId, detail: detailIn(event), data, formId };
}
