import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Flows being changed: one draft a flow. */
export const processDrafts = pgTable(
  'process_drafts',
  {
    tenantId: uuid('tenant_id').notNull(),
    processKey: text('process_key').notNull(),
    /** The `ProcessPackage` as JSON text. */
    content: text('content').notNull(),
    hash: text('hash').notNull(),
    revision: integer('revision').notNull(),
    status: text('status', { enum: ['editing', 'submitted'] }).notNull(),
    /** Directory ids as a JSON list. */
    editors: text('editors').notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
    submittedBy: text('submitted_by'),
    returnedBy: text('returned_by'),
    returnedWith: text('returned_with'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.processKey] })],
);

/** What was handed in, approved and given back. Only ever added to. */
export const processReviews = pgTable(
  'process_reviews',
  {
    tenantId: uuid('tenant_id').notNull(),
    processKey: text('process_key').notNull(),
    n: bigint('n', { mode: 'number' }).generatedAlwaysAsIdentity(),
    hash: text('hash').notNull(),
    step: text('step', { enum: ['submitted', 'approved', 'returned'] }).notNull(),
    byPerson: text('by_person').notNull(),
    at: instant('at').notNull(),
    comment: text('comment'),
    version: integer('version'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.processKey, table.n] })],
);
