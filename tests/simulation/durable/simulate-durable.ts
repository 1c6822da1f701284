import { availableParallelism } from 'node:os';
import { type Brought, type Errand, sendOut } from './crew.ts';
import { faultPoints } from './fault-points.ts';
import { plantedBugs } from './planted/index.ts';
import { type Catch, playInMemory, type Tally, together } from './play-many.ts';
import { shorten } from './shorten.ts';

/** What is simulated. */
export type Simulation = {
  readonly schedules: number;
  /** The first seed; schedule number i is drawn from `seed + i`. */
  readonly seed: number;
  readonly threads?: number;
  readonly tell?: (line: string) => void;
};

/** Figures of a simulation. */
export type Figures = Omit<Tally, 'states'> & {
  readonly seed: number;
  readonly distinctStates: number;
  readonly seconds: number;
  /** Every fault point with how often it was hit, in order of their numbers. */
  readonly faultPoints: readonly { readonly number: number; readonly name: string; readonly hits: number }[];
  readonly planted: readonly Catch[];
  /** Whether the first schedules, played a second time, left the same trace. */
  readonly sameTraceAgain: boolean;
  readonly shortened?: { readonly seed: number; readonly kept: readonly number[]; readonly trace: readonly string[] };
};

const chunk = 250;
/** Schedules at most to catch a planted bug. */
const mostToHunt = 5_000;
const playedAgain = 100;

/** Plays schedules and hunts the planted bugs, on all cores. */
export async function simulateDurable(options: Simulation): Promise<Figures> {
  const { schedules, seed, threads = availableParallelism(), tell = () => {} } = options;
  const began = performance.now();
  const plays: Errand[] = [];
  for (let from = 0; from < schedules; from += chunk)
    plays.push({ kind: 'play', from: seed + from, count: Math.min(chunk, schedules - from) });
  const hunts = plantedBugs.map((_, place): Errand => ({ kind: 'hunt', place, from: seed, most: mostToHunt }));
  const again: Errand = { kind: 'play', from: seed, count: Math.min(playedAgain, schedules) };
  let played = 0;
  const brought = await sendOut([again, again, ...hunts, ...plays], threads, (one) => {
    if (one.kind === 'hunted') return tell(huntLine(one.found));
    const before = played;
    played += one.tally.schedules;
    for (const violation of one.tally.violations) tell(`✗ seed ${violation.seed}: ${violation.what[0]}`);
    if (Math.floor(played / 10_000) > Math.floor(before / 10_000)) tell(`  ${played} schedules played`);
  });
  const tallies = brought.flatMap((one) => (one.kind === 'played' ? [one.tally] : []));
  const [first, second, ...rest] = tallies;
  const { states, ...tally } = together(rest);
  const violated = tally.violations[0];
  return {
    ...{ seed, ...tally, distinctStates: states.length, seconds: (performance.now() - began) / 1000 },
    faultPoints: faultPoints.map((name, place) => ({ number: place + 1, name, hits: tally.faults[name] ?? 0 })),
    planted: brought.flatMap(foundOf),
    sameTraceAgain: first !== undefined && first.traceHash === second?.traceHash,
    ...(violated && { shortened: await shortenedOf(violated.seed) }),
  };
}

function foundOf(brought: Brought): Catch[] {
  return brought.kind === 'hunted' ? [brought.found] : [];
}

function huntLine({ bug, caught, seed, what }: Catch): string {
  return caught ? `  caught at seed ${seed}: ${bug} (${what?.slice(0, 100)})` : `✗ not caught: ${bug}`;
}

async function shortenedOf(seed: number): Promise<NonNullable<Figures['shortened']>> {
  const { kept, result } = await shorten(seed);
  return { seed, kept, trace: [...result.trace, ...result.violations] };
}

/** What is not as it must be. */
export function shortcomingsOf(figures: Figures): string[] {
  const missed = figures.planted.filter(({ caught }) => !caught).length;
  return [
    ...(figures.violations.length > 0 ? [`${figures.violations.length} schedules violated`] : []),
    ...(missed > 0 ? [`${missed} planted bugs not caught`] : []),
    ...(figures.sameTraceAgain ? [] : ['the same seeds left another trace']),
  ];
}

/** Plays one seed and tells it step by step. */
export async function replaySeed(
  seed: number,
  kept: ReadonlySet<number> | undefined,
  tell: (line: string) => void,
): Promise<boolean> {
  const { trace, violations, traceHash, plan } = await playInMemory(seed, kept);
  tell(`seed ${seed}: ${plan.nodes} nodes, ${plan.stories.join(' and ')}, an eye on ${plan.focus.join(', ')}`);
  for (const line of trace) tell(`  ${line}`);
  for (const what of violations) tell(`✗ ${what}`);
  tell(`trace ${traceHash}`);
  return violations.length === 0;
}
