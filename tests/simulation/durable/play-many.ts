import { createHash } from 'node:crypto';
import { createMemoryStore } from '../../../engine/index.ts';
import { createMemoryProbe } from '../../scenarios/memory-probe.ts';
import { plantedBugs } from './planted/index.ts';
import { playSchedule, type ScheduleResult } from './schedule.ts';

/** A schedule in which something did not hold. */
export type Violation = {
  readonly seed: number;
  readonly what: readonly string[];
  readonly stories: readonly string[];
};

/** What came of many schedules. Plain data: it crosses threads. */
export type Tally = {
  readonly schedules: number;
  readonly steps: number;
  readonly commits: number;
  readonly violations: readonly Violation[];
  /** How often each fault was done. */
  readonly faults: Readonly<Record<string, number>>;
  /** Hashes of the final states that were reached. */
  readonly states: readonly string[];
  /** Hash over the traces, in order of seeds. */
  readonly traceHash: string;
};

/** Plays one seed on a fresh store in memory. */
export function playInMemory(seed: number, kept?: ReadonlySet<number>): Promise<ScheduleResult> {
  return playSchedule({ seed, probe: createMemoryProbe(), ...(kept && { kept }) });
}

/** Plays the seeds from `from` on, so many. */
export async function playMany(from: number, count: number): Promise<Tally> {
  const faults: Record<string, number> = {};
  const violations: Violation[] = [];
  const states = new Set<string>();
  const traces = createHash('sha256');
  let steps = 0;
  let commits = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await playInMemory(seed);
    steps += result.steps;
    commits += result.commits;
    for (const [name, times] of result.faults) faults[name] = (faults[name] ?? 0) + times;
    for (const state of result.finalStates) states.add(shapeOf(state));
    traces.update(result.traceHash);
    if (result.violations.length > 0)
      violations.push({ seed, what: result.violations.slice(0, 3), stories: result.plan.stories });
  }
  const traceHash = traces.digest('hex');
  return { schedules: count, steps, commits, violations, faults, states: [...states], traceHash };
}

/** A state without what differs in every schedule: ids and instants. */
function shapeOf(state: string): string {
  const shape = state.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
  return createHash('sha256').update(shape).digest('base64url').slice(0, 12);
}

/** Puts tallies of following seeds together. */
export function together(tallies: readonly Tally[]): Tally {
  const faults: Record<string, number> = {};
  for (const tally of tallies)
    for (const [name, times] of Object.entries(tally.faults)) faults[name] = (faults[name] ?? 0) + times;
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    schedules: sum((tally) => tally.schedules),
    steps: sum((tally) => tally.steps),
    commits: sum((tally) => tally.commits),
    violations: tallies.flatMap((tally) => tally.violations),
    faults,
    states: [...new Set(tallies.flatMap((tally) => tally.states))],
    traceHash: createHash('sha256')
      .update(tallies.map((tally) => tally.traceHash).join())
      .digest('hex'),
  };
}

/** Where a planted bug was caught, if it was. */
export type Catch = {
  readonly bug: string;
  readonly caught: boolean;
  readonly seed?: number;
  readonly what?: string;
};

/** Plays schedules with a planted bug until one is violated, at most so many. */
export async function hunt(place: number, from: number, most: number): Promise<Catch> {
  const bug = plantedBugs[place];
  if (!bug) throw new Error(`Expected a planted bug number ${place}, but there are ${plantedBugs.length}`);
  for (let seed = from; seed < from + most; seed += 1) {
    const memory = createMemoryStore();
    const { violations } = await playSchedule({ seed, probe: createMemoryProbe(memory), planted: { bug, memory } });
    const [what] = violations;
    if (what !== undefined) return { bug: bug.name, caught: true, seed, what };
  }
  return { bug: bug.name, caught: false };
}
