import { playInMemory } from './play-many.ts';
import type { ScheduleResult } from './schedule.ts';

/** A violated schedule with as few of its faults as it takes. */
export type Shortened = { readonly kept: readonly number[]; readonly result: ScheduleResult };

/**
 * Leaves out faults of a violated schedule as long as the same kind of thing goes wrong: half of them, a quarter, and so on down to single
 * ones. What is left is not the least there could be, but nothing in it can be left out alone.
 */
export async function shorten(seed: number): Promise<Shortened> {
  const whole = await playInMemory(seed);
  const kind = kindOf(whole);
  let best: Shortened = { kept: whole.faultNumbers, result: whole };
  const without = async (dropped: readonly number[]) => {
    const kept = best.kept.filter((number) => !dropped.includes(number));
    const result = await playInMemory(seed, new Set(kept));
    if (kindOf(result) !== kind) return false;
    best = { kept: result.faultNumbers, result };
    return true;
  };
  for (let size = best.kept.length; size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from < best.kept.length; )
      if (!(await without(best.kept.slice(from, from + size)))) from += size;
  return best;
}

function kindOf({ violations }: ScheduleResult): string | undefined {
  return violations[0]?.split(':')[0];
}
