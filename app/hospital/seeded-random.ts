/** Numbers that look random and are the same at every start. */
export type SeededRandom = {
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number;
  /** One of the list's entries; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
};

/** Makes a generator (mulberry32) for demo data; not for anything that must be unguessable. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick(list) {
      const entry = list[below(list.length)];
      if (entry === undefined) throw new RangeError('Expected a list with at least one entry, but it is empty.');
      return entry;
    },
  };
}
