import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/** Who works here. */
export const staff = pgTable(
  'staff',
  {
    tenantId: uuid('tenant_id').notNull(),
    personId: text('person_id').notNull(),
    name: text('name').notNull(),
    nameEn: text('name_en').notNull(),
    department: text('department').notNull(),
    roles: text('roles').array().notNull(),
    credentials: text('credentials').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.personId] })],
);

/** Daily duty hours, minutes since midnight in the hospital's zone. */
export const dutyHours = pgTable(
  'duty_hours',
  {
    tenantId: uuid('tenant_id').notNull(),
    personId: text('person_id').notNull(),
    fromMinute: integer('from_minute').notNull(),
    toMinute: integer('to_minute').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.personId, table.fromMinute] })],
);

/** Books of the charge office and of the simulators: one JSON text per book and key. */
export const hospitalBooks = pgTable(
  'hospital_books',
  {
    tenantId: uuid('tenant_id').notNull(),
    book: text('book').notNull(),
    key: text('key').notNull(),
    version: integer('version').notNull(),
    document: text('document').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.book, table.key] })],
);
