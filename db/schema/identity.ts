import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Ways in: a login name and a password hash for a person of the directory. */
export const accounts = pgTable(
  'accounts',
  {
    tenantId: uuid('tenant_id').notNull(),
    personId: text('person_id').notNull(),
    loginName: text('login_name').notNull(),
    passwordHash: text('password_hash').notNull(),
    language: text('language'),
    locked: boolean('locked').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.personId] })],
);

/** Open sessions by the hash of their secret. */
export const sessions = pgTable(
  'sessions',
  {
    tenantId: uuid('tenant_id').notNull(),
    secretHash: text('secret_hash').notNull(),
    personId: text('person_id').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.secretHash] })],
);

/** Failed logins by key; the key holds no name, only its hash. */
export const loginThrottle = pgTable(
  'login_throttle',
  {
    tenantId: uuid('tenant_id').notNull(),
    key: text('key').notNull(),
    failures: integer('failures').notNull(),
    windowEndsAt: instant('window_ends_at').notNull(),
    blockedUntil: instant('blocked_until'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key] })],
);

/** Who saw which patient's data: one row a patient and answer. Only ever added to. */
export const readAudit = pgTable(
  'read_audit',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    at: instant('at').notNull(),
    personId: text('person_id').notNull(),
    patientId: text('patient_id').notNull(),
    screen: text('screen').notNull(),
    caseId: uuid('case_id'),
    requestId: uuid('request_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** Overrides of separation of duties that the auditor has looked at. Only ever added to. */
export const overrideReviews = pgTable(
  'override_reviews',
  {
    tenantId: uuid('tenant_id').notNull(),
    caseId: uuid('case_id').notNull(),
    seq: integer('seq').notNull(),
    reviewedBy: text('reviewed_by').notNull(),
    reviewedAt: instant('reviewed_at').notNull(),
    verdict: text('verdict', { enum: ['accepted', 'questioned'] }).notNull(),
    comment: text('comment').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.caseId, table.seq] })],
);

/** What this installation remembers beside its cases: one value a name, e.g. how far the demo clock is ahead. */
export const installationFacts = pgTable(
  'installation_facts',
  {
    tenantId: uuid('tenant_id').notNull(),
    name: text('name').notNull(),
    value: text('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name] })],
);
