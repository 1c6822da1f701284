import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Due work: timers, deliveries, messages to match and to carry. */
export const jobs = pgTable(
  'jobs',
  {
    tenantId: uuid('tenant_id').notNull(),
    jobKey: text('job_key').notNull(),
    caseId: uuid('case_id'),
    kind: text('kind').notNull(),
    work: text('work').notNull(),
    dueAt: instant('due_at').notNull(),
    runAt: instant('run_at').notNull(),
    seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
    attempt: integer('attempt').notNull(),
    outcomeKnown: boolean('outcome_known').notNull(),
    leaseToken: uuid('lease_token'),
    heldUntil: instant('held_until'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.jobKey] })],
);

/** Where cases wait for messages. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    subscriptionId: text('subscription_id').notNull(),
    elementId: text('element_id').notNull(),
    messageName: text('message_name').notNull(),
    correlationKey: text('correlation_key').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId, table.subscriptionId] })],
);

/** Published messages. */
export const messages = pgTable(
  'messages',
  {
    tenantId: uuid('tenant_id').notNull(),
    messageId: text('message_id').notNull(),
    messageName: text('message_name').notNull(),
    correlationKey: text('correlation_key').notNull(),
    payload: text('payload').notNull(),
    source: text('source').notNull(),
    status: text('status', { enum: ['waiting', 'delivered'] }).notNull(),
    publishedAt: instant('published_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.messageId] })],
);
