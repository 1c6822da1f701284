import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '../core/json.ts';
import type { Clock, Sleep } from './ports.ts';

/** A clock that a test or the demo's clock page can move forward. It never goes back. */
export type MovableClock = Clock & {
  /** Moves to `at`; ignored when that lies in the past. */
  moveTo(at: Instant): void;
  /** Moves forward by so many milliseconds. */
  moveBy(milliseconds: number): void;
};

/** The machine's clock. */
export function createSystemClock(): Clock {
  return { now: () => new Date().toISOString() };
}

/** Waiting in the machine's time. */
export function createSystemSleep(): Sleep {
  // An abort is the ordinary end of a wait that is no longer needed.
  return (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** A clock that stands still until it is moved: scenarios run on it. */
export function createVirtualClock(start: Instant): MovableClock {
  let current = Date.parse(start);
  return {
    now: () => new Date(current).toISOString(),
    moveTo(at) {
      current = Math.max(current, Date.parse(at));
    },
    moveBy(milliseconds) {
      current += Math.max(0, milliseconds);
    },
  };
}

/** A clock that runs with `base` and can be moved ahead of it: the demo and browser tests wait for no real hours. */
export function createAheadClock(base: Clock = createSystemClock()): MovableClock {
  let ahead = 0;
  const now = () => Date.parse(base.now()) + ahead;
  return {
    now: () => new Date(now()).toISOString(),
    moveTo(at) {
      ahead += Math.max(0, Date.parse(at) - now());
    },
    moveBy(milliseconds) {
      ahead += Math.max(0, milliseconds);
    },
  };
}

/** `at`, or `notBefore` when that is later: what is recorded in a case never goes back in time. */
export function clampInstant(at: Instant, notBefore: Instant | undefined): Instant {
  return notBefore !== undefined && notBefore > at ? notBefore : at;
}

/** `at` plus so many milliseconds. */
export function addMilliseconds(at: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(at) + milliseconds).toISOString();
}
