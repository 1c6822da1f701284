import { type Drawn, toXml } from '../oracle/generator/drawn.ts';
import { generate } from '../oracle/generator/generate.ts';
import { compareOn } from './agree.ts';
import { shrink } from './shrink.ts';

export type Simulation = {
  readonly count: number;
  readonly seed: number;
  /** Every how many processes the elements of the file are put in another order as well. */
  readonly shuffleEvery?: number;
  /** Whether the first disagreement is made small. */
  readonly shrinks?: boolean;
  readonly tell?: (line: string) => void;
};

export type SimulationResult = {
  readonly processes: number;
  readonly steps: number;
  /** How often each block was drawn, by number of processes. */
  readonly blocks: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly disagreements: readonly { readonly seed: number; readonly what: string }[];
  /** BPMN of the first disagreement, made small. */
  readonly shrunk?: string;
};

/** Plays random processes by oracle and engine and says where they disagree. */
export async function simulateConformance(options: Simulation): Promise<SimulationResult> {
  const { count, seed, shuffleEvery = 1, shrinks, tell } = options;
  const blocks = new Map<string, number>();
  const outcomes = new Map<string, number>();
  const disagreements: { readonly seed: number; readonly what: string }[] = [];
  let steps = 0;
  for (let index = 0; index < count; index += 1) {
    const { file, used, startAt } = generate(seed + index);
    const shuffles = index % shuffleEvery === 0;
    const verdict = await compareOn(file, seed + index, { shuffles, ...(startAt === undefined ? {} : { startAt }) });
    for (const block of used) add(blocks, block);
    add(outcomes, verdict.outcome);
    steps += verdict.steps;
    if (verdict.disagreement === undefined) continue;
    disagreements.push({ seed: seed + index, what: verdict.disagreement });
    tell?.(`✗ seed ${seed + index}: ${verdict.disagreement}`);
  }
  const [first] = disagreements;
  const shrunk = shrinks && first ? toXml(await smallest(first.seed)) : undefined;
  return {
    processes: count,
    steps,
    blocks: Object.fromEntries([...blocks].sort(([a], [b]) => (a < b ? -1 : 1))),
    outcomes: Object.fromEntries(outcomes),
    disagreements,
    ...(shrunk === undefined ? {} : { shrunk }),
  };
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function smallest(seed: number): Promise<Drawn> {
  const { file, startAt } = generate(seed);
  return shrink(file, (smaller) => disagrees(smaller, startAt));
}

/** Whether the two disagree on a file in any of several games. */
async function disagrees(file: Drawn, startAt: string | undefined): Promise<boolean> {
  for (let game = 1; game <= 20; game += 1) {
    const { disagreement } = await compareOn(file, game, startAt === undefined ? {} : { startAt });
    if (disagreement?.startsWith('the engine')) return true;
    if (disagreement !== undefined) return false;
  }
  return false;
}
