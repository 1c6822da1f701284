import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { accounts, loginThrottle, sessions } from '../../db/schema/identity.ts';
import type { SessionStore } from './session-store.ts';
import type { FailureCounter } from './throttle.server.ts';

/** Accounts and sessions in PostgreSQL. */
export function postgresSessionStore(database: Database): SessionStore {
  const bySecret = (tenantId: string, secretHash: string) =>
    and(eq(sessions.tenantId, tenantId), eq(sessions.secretHash, secretHash));
  const { inTenant } = database;
  return {
    accountByLoginName: (tenantId, loginName) =>
      inTenant(tenantId, async (queries) => {
        const [row] = await queries
          .select()
          .from(accounts)
          .where(and(eq(accounts.tenantId, tenantId), eq(accounts.loginName, loginName)));
        return row && { ...row, language: row.language ?? undefined };
      }),
    addAccounts: (tenantId, added) =>
      inTenant(tenantId, async (queries) => {
        if (added.length === 0) return;
        const rows = added.map((account) => ({ ...account, tenantId }));
        await queries.insert(accounts).values(rows).onConflictDoNothing();
      }),
    saveLanguage: (tenantId, personId, language) =>
      inTenant(tenantId, async (queries) => {
        const mine = and(eq(accounts.tenantId, tenantId), eq(accounts.personId, personId));
        await queries.update(accounts).set({ language }).where(mine);
      }),
    addSession: (tenantId, session) =>
      inTenant(tenantId, async (queries) => {
        await queries.insert(sessions).values({ ...session, tenantId });
      }),
    session: (tenantId, secretHash) =>
      inTenant(tenantId, async (queries) => {
        const [row] = await queries
          .select({ session: sessions, language: accounts.language })
          .from(sessions)
          .innerJoin(accounts, and(eq(accounts.tenantId, sessions.tenantId), eq(accounts.personId, sessions.personId)))
          .where(and(bySecret(tenantId, secretHash), eq(accounts.locked, false)));
        return row && { ...row.session, language: row.language ?? undefined };
      }),
    touchSession: (tenantId, secretHash, lastSeenAt) =>
      inTenant(tenantId, async (queries) => {
        await queries.update(sessions).set({ lastSeenAt }).where(bySecret(tenantId, secretHash));
      }),
    removeSession: (tenantId, secretHash) =>
      inTenant(tenantId, async (queries) => {
        await queries.delete(sessions).where(bySecret(tenantId, secretHash));
      }),
    removeExpired: (tenantId, createdBefore, seenBefore) =>
      inTenant(tenantId, async (queries) => {
        const expired = or(lt(sessions.createdAt, createdBefore), lt(sessions.lastSeenAt, seenBefore));
        await queries.delete(sessions).where(and(eq(sessions.tenantId, tenantId), expired));
      }),
  };
}

/** Failed logins in PostgreSQL: counted together by all nodes, kept over a restart. */
export function postgresFailureCounter({ inTenant }: Database): FailureCounter {
  const byKey = (tenantId: string, key: string) =>
    and(eq(loginThrottle.tenantId, tenantId), eq(loginThrottle.key, key));
  const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
  return {
    blockedUntil: (tenantId, key) =>
      inTenant(tenantId, async (queries) => {
        const [row] = await queries.select().from(loginThrottle).where(byKey(tenantId, key));
        return row?.blockedUntil ? Date.parse(row.blockedUntil) : undefined;
      }),
    add: (tenantId, key, limit, now) =>
      inTenant(tenantId, async (queries) => {
        const old = loginThrottle;
        const at = sql`${instant(now)}::timestamptz`;
        const failures = sql`(case when ${old.windowEndsAt} <= ${at} then 1 else ${old.failures} + 1 end)`;
        const windowEndsAt = instant(now + limit.windowSeconds * 1000);
        const blockedUntil = sql`${instant(now + limit.blockSeconds * 1000)}::timestamptz`;
        await queries
          .insert(old)
          .values({ tenantId, key, failures: 1, windowEndsAt })
          .onConflictDoUpdate({
            target: [old.tenantId, old.key],
            set: {
              failures,
              windowEndsAt: sql`case when ${old.windowEndsAt} <= ${at} then excluded.window_ends_at else ${old.windowEndsAt} end`,
              blockedUntil: sql`case when ${failures} > ${limit.failures} then ${blockedUntil} end`,
            },
          });
      }),
    forget: (tenantId, key) =>
      inTenant(tenantId, async (queries) => {
        await queries.delete(loginThrottle).where(byKey(tenantId, key));
      }),
  };
}
