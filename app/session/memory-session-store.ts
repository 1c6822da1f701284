import type { Account, SessionStore, StoredSession } from './session-store.ts';

/** Accounts and sessions in memory, for tests. */
export function memorySessionStore(): SessionStore & { readonly sessions: ReadonlyMap<string, StoredSession> } {
  const accounts = new Map<string, Account>();
  const sessions = new Map<string, StoredSession>();
  const accountOf = (personId: string) => [...accounts.values()].find((account) => account.personId === personId);
  return {
    sessions,
    async accountByLoginName(_tenantId, loginName) {
      return accounts.get(loginName);
    },
    async saveAccount(_tenantId, account) {
      accounts.set(account.loginName, account);
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
      const expired = [...sessions.values()].filter(
        (one) => one.createdAt < createdBefore || one.lastSeenAt < seenBefore,
      );
      for (const one of expired) sessions.delete(one.secretHash);
      return expired.length;
    },
  };
}
