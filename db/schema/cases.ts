import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Cases as they are now: the state the engine decides on, and what lists show. */
export const cases = pgTable(
  'cases',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    processKey: text('process_key').notNull(),
    definitionVersion: integer('definition_version').notNull(),
    definitionHash: text('definition_hash').notNull(),
    version: integer('version').notNull(),
    status: text('status', { enum: ['active', 'ended'] }).notNull(),
    outcome: text('outcome', { enum: ['completed', 'terminated', 'error', 'cancelled'] }),
    state: text('state').notNull(),
    lastHash: text('last_hash').notNull(),
    businessKey: text('business_key'),
    patientId: text('patient_id'),
    patientName: text('patient_name'),
    patient: text('patient'),
    startedAt: instant('started_at').notNull(),
    lastAt: instant('last_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId] })],
);

/** Wrapped data keys of cases. */
export const caseKeys = pgTable(
  'case_keys',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    wrappedKey: text('wrapped_key').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId] })],
);

/** Who acted in a case; `elementId` is empty for acts that complete no task. */
export const caseActors = pgTable(
  'case_actors',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    elementId: text('element_id').notNull(),
    actorId: text('actor_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId, table.elementId, table.actorId] })],
);
