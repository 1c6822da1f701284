import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Slows down guessing: per login name and network address, and per login name alone. */
export type LoginThrottle = {
  /** Seconds to wait before the next attempt is looked at, or undefined. */
  mustWait(tenantId: string, loginName: string, from: string): Promise<number | undefined>;
  failed(tenantId: string, loginName: string, from: string): Promise<void>;
  succeeded(tenantId: string, loginName: string, from: string): Promise<void>;
};

const aMinute = 60;

/** Failures allowed within the window, and for how long the next is refused. */
export const throttleLimits = {
  /** One address trying one name. */
  pair: { points: 5, duration: 15 * aMinute, blockDuration: 5 * aMinute },
  /** Any number of addresses trying one name. High, so nobody can lock a colleague out from one computer. */
  name: { points: 50, duration: 60 * aMinute, blockDuration: 15 * aMinute },
} as const;

/** Where failures are counted; `make` gets the limits and a key prefix. */
export type LimiterMaker = (options: {
  keyPrefix: string;
  points: number;
  duration: number;
  blockDuration: number;
}) => RateLimiterAbstract;

const inMemory: LimiterMaker = (options) => new RateLimiterMemory(options);

/** @param make counts in this process by default; with several nodes, in the database */
export function createLoginThrottle(make: LimiterMaker = inMemory): LoginThrottle {
  const pair = make({ keyPrefix: 'login-pair', ...throttleLimits.pair });
  const name = make({ keyPrefix: 'login-name', ...throttleLimits.name });
  const pairKey = (tenantId: string, loginName: string, from: string) =>
    `${tenantId}|${from}|${loginName.slice(0, 64)}`;
  const nameKey = (tenantId: string, loginName: string) => `${tenantId}|${loginName.slice(0, 64)}`;
  const waitOf = async (limiter: RateLimiterAbstract, key: string, points: number) => {
    const state = await limiter.get(key);
    return state && state.consumedPoints > points ? Math.max(1, Math.ceil(state.msBeforeNext / 1000)) : undefined;
  };
  const count = async (limiter: RateLimiterAbstract, key: string) => {
    // Over the limit the library rejects with its state; that is counted all the same.
    await limiter.consume(key).catch((reason: unknown) => {
      if (!(reason instanceof RateLimiterRes)) throw reason;
    });
  };
  return {
    async mustWait(tenantId, loginName, from) {
      const byPair = await waitOf(pair, pairKey(tenantId, loginName, from), throttleLimits.pair.points);
      return byPair ?? (await waitOf(name, nameKey(tenantId, loginName), throttleLimits.name.points));
    },
    async failed(tenantId, loginName, from) {
      await count(pair, pairKey(tenantId, loginName, from));
      await count(name, nameKey(tenantId, loginName));
    },
    async succeeded(tenantId, loginName, from) {
      await pair.delete(pairKey(tenantId, loginName, from));
    },
  };
}
