import type { Account, SessionStore, StoredSession } from './session-store.ts';
import type { FailureCounter } from './throttle.server.ts';

/** Accounts and sessions in memory. */
export function memorySessionStore(): SessionStore & { readonly sessions: ReadonlyMap<string, StoredSession> } {
  const accounts = new Map<string, Account>();
  const sessions = new Map<string, StoredSession>();
  const accountOf = (personId: string) => [...accounts.values()].find((account) => account.personId === personId);
  return {
    sessions,
    async accountByLoginName(_tenantId, loginName) {
      return accounts.get(loginName);
    },
    async addAccounts(_tenantId, added) {
      for (const account of added) accounts.set(account.loginName, account);
    },
    async saveLanguage(_tenantId, personId, language) {
      const account = accountOf(personId);
      if (account) accounts.set(account.loginName, { ...account, language });
    },
    async addSession(_tenantId, session) {
      sessions.set(session.secretHash, session);
    },
    async session(_tenantId, secretHash) {
      const session = sessions.get(secretHash);
      const account = session && accountOf(session.personId);
      return session && account && !account.locked ? { ...session, language: account.language } : undefined;
    },
    async touchSession(_tenantId, secretHash, at) {
      const session = sessions.get(secretHash);
      if (session) sessions.set(secretHash, { ...session, lastSeenAt: at });
    },
    async removeSession(_tenantId, secretHash) {
      sessions.delete(secretHash);
    },
    async removeExpired(_tenantId, createdBefore, seenBefore) {
      for (const one of [...sessions.values()])
        if (one.createdAt < createdBefore || one.lastSeenAt < seenBefore) sessions.delete(one.secretHash);
    },
  };
}

/** Failed logins in memory. */
export function memoryFailureCounter(): FailureCounter {
  const rows = new Map<string, { failures: number; windowEnds: number; blockedUntil?: number }>();
  return {
    async blockedUntil(_tenantId, key) {
      return rows.get(key)?.blockedUntil;
    },
    async add(_tenantId, key, limit, now) {
      const old = rows.get(key);
      const fresh = !old || old.windowEnds <= now;
      const failures = fresh ? 1 : old.failures + 1;
      rows.set(key, {
        failures,
        windowEnds: fresh ? now + limit.windowSeconds * 1000 : old.windowEnds,
        blockedUntil: failures > limit.failures ? now + limit.blockSeconds * 1000 : undefined,
      });
    },
    async forget(_tenantId, key) {
      rows.delete(key);
    },
  };
}
