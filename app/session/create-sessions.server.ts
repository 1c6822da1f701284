import { createHash } from 'node:crypto';
import { newSecret } from '../security/csrf.ts';
import { decoyHash, isPassword } from './password.server.ts';
import type { SessionStore, StoredSession } from './session-store.ts';
import { type Sessions, sessionLimits } from './sessions.server.ts';
import type { LoginThrottle } from './throttle.server.ts';

const aMinute = 60_000;

/** Hash under which a session's secret is stored: a stolen table opens no session. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/**
 * Server-side sessions over a store. Their limits run on the machine's clock, never on the demonstration's:
 * moving the demo clock by three days must not log everybody out.
 */
export function createSessions(options: { store: SessionStore; throttle: LoginThrottle; now: () => number }): Sessions {
  const { store, throttle, now } = options;
  const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
  const endOf = (session: StoredSession) =>
    Math.min(
      Date.parse(session.createdAt) + sessionLimits.absoluteMinutes * aMinute,
      Date.parse(session.lastSeenAt) + sessionLimits.idleMinutes * aMinute,
    );
  const live = async (tenantId: string, secret: string) => {
    const stored = await store.session(tenantId, hashOfSecret(secret));
    if (!stored) return undefined;
    const end = endOf(stored);
    if (end > now()) return { stored, end };
    await store.removeSession(tenantId, stored.secretHash);
    return undefined;
  };
  return {
    async logIn({ tenantId, loginName, password, from }) {
      const name = loginName.trim().toLowerCase();
      const wait = await throttle.mustWait(tenantId, name, from);
      if (wait !== undefined) return { code: 'too-many-attempts', retryAfterSeconds: wait };
      const account = await store.accountByLoginName(tenantId, name);
      // An unknown name costs as much time as a wrong password, so the answer's time tells nothing.
      const fits = await isPassword(account?.passwordHash ?? (await decoyHash()), password);
      if (!account || !fits || account.locked) {
        await throttle.failed(tenantId, name, from);
        return { code: 'wrong-credentials' };
      }
      await throttle.succeeded(tenantId, name, from);
      const at = now();
      await store.removeExpired(
        tenantId,
        instant(at - sessionLimits.absoluteMinutes * aMinute),
        instant(at - sessionLimits.idleMinutes * aMinute),
      );
      const secret = newSecret();
      await store.addSession(tenantId, {
        secretHash: hashOfSecret(secret),
        personId: account.personId,
        createdAt: instant(at),
        lastSeenAt: instant(at),
      });
      return { secret, personId: account.personId, language: account.language };
    },
    async find({ tenantId, secret }) {
      const found = await live(tenantId, secret);
      if (!found) return undefined;
      const { stored, end } = found;
      if (now() - Date.parse(stored.lastSeenAt) >= aMinute) {
        await store.touchSession(tenantId, stored.secretHash, instant(now()));
      }
      return { personId: stored.personId, language: stored.language, expiresAt: instant(end) };
    },
    async peek({ tenantId, secret }) {
      const found = await live(tenantId, secret);
      return (
        found && {
          personId: found.stored.personId,
          language: found.stored.language,
          expiresAt: instant(found.end),
        }
      );
    },
    async logOut({ tenantId, secret }) {
      await store.removeSession(tenantId, hashOfSecret(secret));
    },
    async chooseLanguage({ tenantId, personId, language }) {
      await store.saveLanguage(tenantId, personId, language);
    },
  };
}
