import { createHash } from 'node:crypto';

/** Slows down guessing: per login name and network address, and per login name alone. */
export type LoginThrottle = {
  /** Seconds to wait before the next attempt is looked at, or undefined. */
  mustWait(tenantId: string, loginName: string, from: string): Promise<number | undefined>;
  failed(tenantId: string, loginName: string, from: string): Promise<void>;
  succeeded(tenantId: string, loginName: string, from: string): Promise<void>;
};

/** Failures counted under one key within a window; one more than `failures` blocks. */
export type ThrottleLimit = {
  readonly failures: number;
  readonly windowSeconds: number;
  readonly blockSeconds: number;
};

/** Where failures are counted. Kept by the hash of the key, so the table lists no names. */
export type FailureCounter = {
  /** Milliseconds since 1970 until which the key is blocked, if it is. */
  blockedUntil(tenantId: string, key: string): Promise<number | undefined>;
  add(tenantId: string, key: string, limit: ThrottleLimit, now: number): Promise<void>;
  forget(tenantId: string, key: string): Promise<void>;
};

const aMinute = 60;

/** How many failures are let through, and for how long the next is refused. */
export const throttleLimits = {
  /** One address trying one name. */
  pair: { failures: 5, windowSeconds: 15 * aMinute, blockSeconds: 5 * aMinute },
  /** Any number of addresses trying one name. High, so nobody locks a colleague out from one computer. */
  name: { failures: 50, windowSeconds: 60 * aMinute, blockSeconds: 15 * aMinute },
} as const satisfies Record<string, ThrottleLimit>;

function keyOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('base64url');
}

/** The throttle over a counter. Runs on the machine's clock. */
export function createLoginThrottle(counter: FailureCounter, now: () => number = Date.now): LoginThrottle {
  const pairKey = (loginName: string, from: string) => keyOf('pair', loginName, from);
  const nameKey = (loginName: string) => keyOf('name', loginName);
  return {
    async mustWait(tenantId, loginName, from) {
      const blocks = await Promise.all(
        [pairKey(loginName, from), nameKey(loginName)].map((key) => counter.blockedUntil(tenantId, key)),
      );
      const left = Math.max(0, ...blocks.map((until) => (until ?? 0) - now()));
      return left > 0 ? Math.ceil(left / 1000) : undefined;
    },
    async failed(tenantId, loginName, from) {
      await counter.add(tenantId, pairKey(loginName, from), throttleLimits.pair, now());
      await counter.add(tenantId, nameKey(loginName), throttleLimits.name, now());
    },
    async succeeded(tenantId, loginName, from) {
      await counter.forget(tenantId, pairKey(loginName, from));
    },
  };
}
