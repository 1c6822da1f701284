// Ids made by core begin with the case's id, so they are unique in the hospital.
import type { JobRecord } from '../core/effect.ts';
import type { Instant } from '../core/json.ts';
import { type Cause, causeIn } from './cause.ts';
import type { JobWork, NewJob } from './job.ts';

/** Key of the row of a case's timer. */
export function timerKey(timerId: string): string {
  return `timer:${timerId}`;
}

/** Key of the row of a connector job in the outbox. */
export function deliveryKey(jobId: JobRecord['jobId']): string {
  return `delivery:${jobId}`;
}

/** Key of the row that starts cases by a timer; one row a start event, whatever the version. */
export function timerStartKey(processKey: string, startEventId: string): string {
  return `timer-start:${processKey}:${startEventId}`;
}

/** Key of the row that carries a message to one receiver. */
export function messageKey(messageId: string, receiver: string): string {
  return `message:${messageId}:${receiver}`;
}

/** A row that matches messages and subscriptions of a name and key; `cause` names the row whose commit asks for it. */
export function correlateJob(
  cause: string,
  wanted: Cause & { readonly messageName: string; readonly correlationKey: string },
  dueAt: Instant,
): NewJob {
  return {
    jobKey: `correlate:${cause}`,
    dueAt,
    work: { kind: 'correlate', messageName: wanted.messageName, correlationKey: wanted.correlationKey },
    ...causeIn(wanted),
  };
}

/**
 * Whether a message of this name goes to everybody who waits now, and to nobody who waits later: a patient's event
 * (transfer, death …; a case that starts afterwards reads the patient's status itself) or a BPMN signal.
 */
export function isBroadcast(messageName: string): boolean {
  return messageName.startsWith('patient.') || messageName.startsWith('signal:');
}

/** What a node counts its work under way by, so that one slow system holds up no other: a connector's job type, or `case` for work of our own. */
export function topicOf(work: JobWork): string {
  return work.kind === 'delivery' ? `delivery:${work.job.jobType}` : 'case';
}
