import { toXml } from '../oracle/generator/drawn.ts';
import { generate } from '../oracle/generator/generate.ts';
import { kindsIn } from '../oracle/generator/kinds.ts';
import { compareOn } from './agree.ts';
import { shrink } from './shrink.ts';

/** Which random processes are played. */
export type Simulation = {
  readonly count: number;
  readonly seed: number;
  /** Every how many processes the elements of the file are put in another order as well. */
  readonly shuffleEvery?: number;
};

/** In how many processes a kind of element was drawn, and in how many a token came to one. */
export type Coverage = { readonly drawn: number; readonly run: number };

export type Disagreement = { readonly seed: number; readonly what: string };

/** What came of some processes; two add up to one. */
export type SimulationResult = {
  readonly processes: number;
  readonly steps: number;
  readonly kinds: Readonly<Record<string, Coverage>>;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly disagreements: readonly Disagreement[];
};

/** What came of no process at all. */
export const nothingPlayed: SimulationResult = { processes: 0, steps: 0, kinds: {}, outcomes: {}, disagreements: [] };

/** Plays random processes by oracle and engine and says where they disagree. */
export async function simulateConformance({ count, seed, shuffleEvery = 1 }: Simulation): Promise<SimulationResult> {
  let result = nothingPlayed;
  for (let index = 0; index < count; index += 1)
    result = added(result, await played(seed + index, index % shuffleEvery === 0));
  return result;
}

async function played(seed: number, shuffles: boolean): Promise<SimulationResult> {
  const { file, startAt } = generate(seed);
  const { disagreement, outcome, steps, visited } = await compareOn(file, seed, {
    shuffles,
    ...(startAt === undefined ? {} : { startAt }),
  });
  const kinds = [...kindsIn(file)].map(([kind, ids]): [string, Coverage] => [
    kind,
    { drawn: 1, run: [...ids].some((id) => visited.has(id)) ? 1 : 0 },
  ]);
  return {
    processes: 1,
    steps,
    kinds: Object.fromEntries(kinds),
    outcomes: { [outcome]: 1 },
    disagreements: disagreement === undefined ? [] : [{ seed, what: disagreement }],
  };
}

/** What came of both. */
export function added(a: SimulationResult, b: SimulationResult): SimulationResult {
  return {
    processes: a.processes + b.processes,
    steps: a.steps + b.steps,
    kinds: merged(a.kinds, b.kinds, (one, other) => ({ drawn: one.drawn + other.drawn, run: one.run + other.run })),
    outcomes: merged(a.outcomes, b.outcomes, (one, other) => one + other),
    disagreements: [...a.disagreements, ...b.disagreements],
  };
}

function merged<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  both: (one: T, other: T) => T,
): Readonly<Record<string, T>> {
  const sum: Record<string, T> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = sum[key];
    sum[key] = known === undefined ? value : both(known, value);
  }
  return sum;
}

/** The process of a seed as small as it goes while the two disagree on it, as BPMN. */
export async function smallestDisagreement(seed: number): Promise<string> {
  const { file, startAt } = generate(seed);
  const start = startAt === undefined ? {} : { startAt };
  const games = [seed, ...Array.from({ length: 12 }, (_, index) => index + 1)];
  const smallest = await shrink(file, async (smaller) => {
    for (const game of games) {
      const disagreement = await compareOn(smaller, game, start).then(
        (verdict) => verdict.disagreement,
        () => 'it is no process any more',
      );
      if (disagreement !== undefined) return disagreement.startsWith('the engine');
    }
    return false;
  });
  return toXml(smallest);
}
