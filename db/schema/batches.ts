import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Work over many cases. */
export const batches = pgTable(
  'batches',
  {
    tenantId: uuid('tenant_id').notNull(),
    batchId: uuid('batch_id').notNull(),
    kind: text('kind').notNull(),
    /** `BatchWork` as JSON text. */
    work: text('work').notNull(),
    reason: text('reason').notNull(),
    /** Directory id and name as JSON text. */
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    state: text('state', {
      enum: ['checking', 'checked', 'waiting', 'running', 'stopped', 'done', 'withdrawn'],
    }).notNull(),
    phase: text('phase', { enum: ['check', 'run'] }).notNull(),
    round: integer('round').notNull(),
    releasedBy: text('released_by'),
    withdrawnBy: text('withdrawn_by'),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.batchId] })],
);

/** A case of a batch: what was said of it, and what became of it. */
export const batchItems = pgTable(
  'batch_items',
  {
    tenantId: uuid('tenant_id').notNull(),
    batchId: uuid('batch_id').notNull(),
    position: integer('position').notNull(),
    caseId: uuid('case_id').notNull(),
    subject: text('subject'),
    verdict: text('verdict', { enum: ['ok', 'ok-with-note', 'blocked'] }),
    notes: text('notes'),
    outcome: text('outcome', { enum: ['done', 'refused'] }),
    why: text('why'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.batchId, table.position] })],
);
