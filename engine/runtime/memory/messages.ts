import type { Instant } from '../../core/json.ts';
import { causeIn } from '../cause.ts';
import type { JobWork, LeasedJob } from '../job.ts';
import { correlateJob, isBroadcast, messageKey } from '../job-keys.ts';
import type { MessageStore } from '../ports.ts';
import { writeMessage } from './cases.ts';
import { openKey } from './open-keys.ts';
import { addJob, type MessageRow, rowKey, type Tables } from './tables.ts';

/** Messages in memory. */
export function createMemoryMessages(tables: Tables): MessageStore {
  return {
    async publish(message) {
      return writeMessage(tables, message) ? 'published' : 'duplicate';
    },
    async find(tenantId, messageId) {
      return tables.messages.get(rowKey(tenantId, messageId))?.message;
    },
    async correlate({ tenantId, messageName, correlationKey, at }) {
      const waiting = [...tables.messages.values()].filter(
        ({ message, status }) =>
          status === 'waiting' &&
          message.tenantId === tenantId &&
          message.messageName === messageName &&
          message.correlationKey === correlationKey &&
          message.expiresAt > at,
      );
      return waiting.reduce((sum, row) => sum + deliver(tables, row, at), 0);
    },
    async returnUndelivered(job, { broadcast }) {
      const key = rowKey(job.tenantId, job.jobKey);
      const { work } = job;
      if (tables.jobs.get(key)?.lease?.token !== job.leaseToken || !isToReceiver(work)) return;
      tables.jobs.delete(key);
      const row = tables.messages.get(rowKey(job.tenantId, work.messageId));
      if (!row || broadcast) return;
      row.receivers.delete(receiverOf(job, work.messageId));
      // One whose start found the key taken is offered again whoever else got it: it is for the case that holds the key.
      if (row.receivers.size > 0 && work.kind === 'message') return;
      row.status = 'waiting';
      addJob(tables, job.tenantId, correlateJob(`returned:${job.leaseToken}`, row.message, job.dueAt));
    },
  };
}

function isToReceiver(work: JobWork): work is Extract<JobWork, { kind: 'message' | 'message-start' }> {
  return work.kind === 'message' || work.kind === 'message-start';
}

function receiverOf(job: LeasedJob, messageId: string): string {
  return job.jobKey.slice(messageKey(messageId, '').length);
}

type Receiver = { readonly receiver: string; readonly caseId?: string; readonly work: JobWork };

function deliver(tables: Tables, row: MessageRow, at: Instant): number {
  const { tenantId, messageId, messageName } = row.message;
  const fresh = [...casesWaiting(tables, row), ...flowsStarting(tables, row)].filter(
    ({ receiver }) => !row.receivers.has(receiver),
  );
  for (const { receiver, caseId, work } of fresh) {
    row.receivers.add(receiver);
    const jobKey = messageKey(messageId, receiver);
    addJob(tables, tenantId, { ...causeIn(row.message), jobKey, caseId, dueAt: at, work });
  }
  if (fresh.length > 0 || isBroadcast(messageName)) row.status = 'delivered';
  return fresh.length;
}

function casesWaiting(tables: Tables, { message }: MessageRow): Receiver[] {
  const receivers = new Map<string, Receiver>();
  for (const { tenantId, caseId, subscription } of tables.subscriptions.values()) {
    const { subscriptionId, messageName, correlationKey } = subscription;
    if (tenantId !== message.tenantId || messageName !== message.messageName) continue;
    if (correlationKey !== message.correlationKey) continue;
    const receiver = isBroadcast(messageName) ? `${caseId}/${subscriptionId}` : caseId;
    if (receivers.has(receiver)) continue;
    receivers.set(receiver, {
      receiver,
      caseId,
      work: { kind: 'message', subscriptionId, messageId: message.messageId },
    });
  }
  return [...receivers.values()];
}

function flowsStarting(tables: Tables, { message }: MessageRow): Receiver[] {
  const { tenantId, messageId, messageName, correlationKey } = message;
  return [...tables.definitions.values()].flatMap((versions) => {
    const current = versions.at(-1);
    const start = current?.starts.find((one) => one.messageName === messageName);
    if (!current || !start || current.stored.tenantId !== tenantId) return [];
    const { processId, startEventId } = start;
    const processKey = current.stored.key;
    const key = openKey({ tenantId, processKey, processId, correlationKey });
    if (tables.openKeys.has(key) && !isBroadcast(messageName)) return [];
    const work = { kind: 'message-start', messageId, processKey, processId, startEventId } as const;
    return [{ receiver: `start:${processKey}`, work }];
  });
}
