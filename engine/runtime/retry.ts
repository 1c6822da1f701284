import type { Randomness } from './ports.ts';

const firstDelay = 1_000;
const longestDelay = 300_000;

/**
 * Milliseconds to wait before attempt `attempt + 1` of a delivery: 1 s doubled each time up to 5 min, of which a random half is taken off,
 * so that deliveries which failed together do not come back together.
 */
export function retryDelay(attempt: number, randomness: Randomness): number {
  return jittered(Math.min(longestDelay, firstDelay * 2 ** (attempt - 1)), randomness);
}

/** Milliseconds to wait before a command is tried again on a store that failed: 0.1 s, trebled each time, less up to a half. */
export function pauseAfter(attempt: number, randomness: Randomness): number {
  return jittered(100 * 3 ** (attempt - 1), randomness);
}

function jittered(whole: number, randomness: Randomness): number {
  const share = (randomness.bytes(1)[0] ?? 0) / 256;
  return Math.round(whole * (1 - share / 2));
}
