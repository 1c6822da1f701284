import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Published versions of flows with their whole content. */
export const definitions = pgTable(
  'definitions',
  {
    tenantId: uuid('tenant_id').notNull(),
    key: text('key').notNull(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    content: text('content').notNull(),
    publishedAt: instant('published_at').notNull(),
    publishedBy: text('published_by').notNull(),
    approvedBy: text('approved_by'),
    /** Who answers for an unsound version, and why. */
    overrideBy: text('override_by'),
    overrideReason: text('override_reason'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key, table.version] })],
);

/** Message start events of the current versions. */
export const messageStarts = pgTable(
  'message_starts',
  {
    tenantId: uuid('tenant_id').notNull(),
    key: text('key').notNull(),
    startEventId: text('start_event_id').notNull(),
    processId: text('process_id').notNull(),
    messageName: text('message_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key, table.startEventId] })],
);
