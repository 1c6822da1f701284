import { integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Papers that were printed, one row a copy. Only ever added to. */
export const prints = pgTable(
  'prints',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    kind: text('kind').notNull(),
    /** What of the kind: an order, receipt or execution number. */
    subject: text('subject').notNull(),
    /** 1 is the original, 2 and more are reprints. */
    copy: integer('copy').notNull(),
    /** The press of the button. */
    key: text('key').notNull(),
    taskId: text('task_id'),
    byPerson: text('by_person').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.caseId, table.kind, table.subject, table.copy] }),
    unique().on(table.tenantId, table.key, table.subject),
  ],
);
