import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Sealed history entries, partitioned by the month a case began. Never changed, never deleted. */
export const history = pgTable(
  'history',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    seq: integer('seq').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    header: text('header').notNull(),
    sealedValues: text('sealed_values').notNull(),
    valuesRoot: text('values_root').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId, table.seq] })],
);
