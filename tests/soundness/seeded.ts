/** A stream of choices that a seed gives again. */
export type Seeded = {
  below(limit: number): number;
  pick<T>(from: readonly T[]): T | undefined;
  chance(percent: number): boolean;
};

/** mulberry32: small, fast and the same everywhere. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (from) => from[below(from.length)], chance: (percent) => below(100) < percent };
}
