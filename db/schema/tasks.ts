import { sql } from 'drizzle-orm';
import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Tasks, open and closed. `record` is the TaskRecord as it opened; `assignee` is who holds it now. */
export const tasks = pgTable(
  'tasks',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    taskId: text('task_id').notNull(),
    processKey: text('process_key').notNull(),
    elementId: text('element_id').notNull(),
    name: text('name').notNull(),
    record: text('record').notNull(),
    assignee: text('assignee'),
    priority: integer('priority').notNull(),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at'),
    status: text('status', { enum: ['open', 'completed', 'cancelled'] }).notNull(),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId, table.taskId] })],
);

/** What the inbox sorts a task without a due time by. */
export const noDueDate = '9999-12-31T00:00:00.000Z';

/**
 * Roles that may take an open task; `*` when any may. Beside them what the inbox narrows and sorts by: whether somebody holds the task, the
 * department it is for ('' for any), its priority (the most urgent first), due time and age.
 */
export const taskCandidates = pgTable(
  'task_candidates',
  {
    tenantId: uuid('tenant_id').notNull(),
    role: text('role').notNull(),
    caseId: uuid('case_id').notNull(),
    taskId: text('task_id').notNull(),
    held: boolean('held').notNull().default(false),
    department: text('department').notNull().default(''),
    urgency: integer('urgency').notNull().default(0),
    dueAt: instant('due_at').notNull().default(noDueDate),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId, table.taskId, table.role] })],
);

/** Open incidents. */
export const incidents = pgTable(
  'incidents',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    incidentId: text('incident_id').notNull(),
    elementId: text('element_id').notNull(),
    code: text('code').notNull(),
    record: text('record').notNull(),
    raisedAt: instant('raised_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId, table.incidentId] })],
);
