import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Archives of ended cases; one that was destroyed stays as the certificate. */
export const archives = pgTable(
  'archives',
  {
    tenantId: uuid('tenant_id').notNull(),
    archive: text('archive').notNull(),
    manifestHash: text('manifest_hash').notNull(),
    madeAt: instant('made_at').notNull(),
    /** When its destruction began; set before anything of it goes. */
    destroyingAt: instant('destroying_at'),
    destroyedAt: instant('destroyed_at'),
    cases: integer('cases'),
    /** How many of each class, as JSON text. */
    classes: text('classes'),
    keptUntil: instant('kept_until'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.archive] })],
);

/** What stays of a case that was archived. */
export const archivedCases = pgTable(
  'archived_cases',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    archive: text('archive').notNull(),
    processKey: text('process_key').notNull(),
    definitionVersion: integer('definition_version').notNull(),
    definitionHash: text('definition_hash').notNull(),
    outcome: text('outcome', { enum: ['completed', 'terminated', 'error', 'cancelled'] }),
    businessKey: text('business_key'),
    patientId: text('patient_id'),
    startedAt: instant('started_at').notNull(),
    lastAt: instant('last_at').notNull(),
    endedAt: instant('ended_at').notNull(),
    recordClass: text('record_class').notNull(),
    keptUntil: instant('kept_until').notNull(),
    lastHash: text('last_hash').notNull(),
    archivedAt: instant('archived_at').notNull(),
    broughtBackAt: instant('brought_back_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId] })],
);
