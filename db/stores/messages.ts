import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import {
  BATCH_OF_RECEIVERS,
  causeIn,
  correlateJob,
  isBroadcast,
  type JsonObject,
  type MessageStore,
  messageKey,
} from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import { messages } from '../schema/work.ts';
import { toJobRow, toMessageRow } from './commit-row.ts';

/** Messages in PostgreSQL. Matching runs over committed rows, in the database. */
export function createPostgresMessages({ send, inTenant }: Database): MessageStore {
  return {
    async publish(message) {
      const row = JSON.stringify(toMessageRow(message));
      const [result] = await send(
        (raw) => raw`select publish_message(${message.tenantId}::uuid, ${row}::text::jsonb) as fresh`,
      );
      return z.object({ fresh: z.boolean() }).parse(result).fresh ? 'published' : 'duplicate';
    },
    async find(tenantId, messageId) {
      const wanted = and(eq(messages.tenantId, tenantId), eq(messages.messageId, messageId));
      const [row] = await inTenant(tenantId, (tx) => tx.select().from(messages).where(wanted));
      if (!row) return undefined;
      const payload: JsonObject = JSON.parse(row.payload);
      return { ...row, payload };
    },
    async correlate({ tenantId, messageName, correlationKey, at, limit = BATCH_OF_RECEIVERS }) {
      const broadcast = isBroadcast(messageName);
      const [row] = await send(
        (raw) => raw`
          select correlate_some(${tenantId}::uuid, ${messageName}::text, ${correlationKey}::text, ${at}::timestamptz, ${broadcast}::boolean,
                                ${limit}::integer) as made`,
      );
      return z.object({ made: z.number() }).parse(row).made;
    },
    async returnUndelivered(job, { broadcast }) {
      if (job.work.kind !== 'message' && job.work.kind !== 'message-start') return;
      const { messageId } = job.work;
      const message = await this.find(job.tenantId, messageId);
      if (!message) return;
      const row = JSON.stringify({
        job_key: job.jobKey,
        lease_token: job.leaseToken,
        message_id: messageId,
        receiver: job.jobKey.slice(messageKey(messageId, '').length),
        broadcast,
        key_held: job.work.kind === 'message-start',
        job: toJobRow(correlateJob(`returned:${job.leaseToken}`, { ...message, ...causeIn(job) }, job.dueAt)),
      });
      await send((raw) => raw`select return_undelivered(${job.tenantId}::uuid, ${row}::text::jsonb)`);
    },
  };
}
