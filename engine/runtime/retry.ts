import type { Randomness } from './ports.ts';

const firstDelay = 1_000;
const longestDelay = 300_000;

/**
 * Milliseconds to wait before attempt `attempt + 1` of a delivery: 1 s doubled each time up to 5 min, of which a random half is taken off,
 * so that deliveries which failed together do not come back together.
 */
export function retryDelay(attempt: number, randomness: Randomness): number {
  const whole = Math.min(longestDelay, firstDelay * 2 ** (attempt - 1));
  const share = (randomness.bytes(1)[0] ?? 0) / 256;
  return Math.round(whole * (1 - share / 2));
}
