import type { Bench } from '../bench.ts';
import { percentile } from '../storage/load.ts';
import { growHospital } from './grow-hospital.ts';
import { startGrownDatabase } from './grown-database.ts';
import { recordSources, type Source } from './record-sources.ts';
import { type Asked, type Deed, deedsOn } from './screens.ts';

/** What is wanted: how many times as much a deed may cost on the large hospital, and the first page of its inbox in milliseconds. */
export const WANTED = { times: 1.5, inbox: 50 } as const;

const largest = 1_000_000;
/** Finished cases for each that runs. */
const finishedForOne = 10;
const smallCases = 10_000;
/** One in so many has its history: all of them would take a quarter of a terabyte. */
const history = { historyOfFinished: 100, historyOfRunning: 10 };
const callsOfTurn = 24;
const seed = 20260302;

/** `npm run bench -- growth`. */
export const growthBench: Bench = {
  about: 'what screens and commands cost with 1,000,000 finished and 100,000 running cases, beside 10,000 cases',
  rounds: 5,
  async run({ rounds, size = largest }, tell) {
    const result = await benchGrowth({ rounds, size }, tell);
    return { result, shortcomings: shortcomingsOf(result.deeds) };
  },
};

/** A deed at both sizes, milliseconds of the call in the middle. */
export type Compared = {
  readonly name: string;
  readonly judged: boolean;
  readonly small: number;
  readonly large: number;
  readonly times: number;
};

/** Fills two hospitals of their own and lets the screens be opened on both in turns. `size` is the number of finished cases of the large one. */
export async function benchGrowth(
  { rounds, size }: { rounds: number; size: number },
  tell: (line: string) => void,
): Promise<{ readonly size: number; readonly deeds: readonly Compared[] }> {
  const sources = await recordSources();
  const small = await prepare(sources, Math.min(size, (smallCases * finishedForOne) / (finishedForOne + 1)), tell);
  try {
    const large = await prepare(sources, size, tell);
    try {
      const deeds = await compare(
        await deedsOn(small.grown, small.asked),
        await deedsOn(large.grown, large.asked),
        rounds,
      );
      tell(printLine(['', 'small ms', 'large ms', 'times']));
      for (const one of deeds) tell(lineOf(one));
      return { size, deeds };
    } finally {
      await large.grown.close();
    }
  } finally {
    await small.grown.close();
  }
}

type Prepared = { readonly grown: Awaited<ReturnType<typeof startGrownDatabase>>; readonly asked: Asked };

async function prepare(sources: readonly Source[], finished: number, tell: (line: string) => void): Promise<Prepared> {
  const grown = await startGrownDatabase();
  const from = performance.now();
  const growth = { finished: Math.round(finished), running: Math.round(finished / finishedForOne), ...history, seed };
  const made = await growHospital(grown, sources, { ...growth, now: new Date().toISOString() }, tell);
  await grown.settle();
  const rows = Object.values(made.rows).reduce((sum, count) => sum + count, 0);
  const seconds = (performance.now() - from) / 1000;
  tell(`${growth.finished} finished and ${growth.running} running cases: ${rows} rows in ${seconds.toFixed(0)} s`);
  return { grown, asked: made };
}

/** In turns, so that whatever else the machine does falls on both alike. */
export async function compare(
  small: readonly Deed[],
  large: readonly Deed[],
  rounds: number,
): Promise<readonly Compared[]> {
  const took = new Map(small.map(({ name }) => [name, { small: [] as number[], large: [] as number[] }]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, deed] of small.entries()) {
      const times = took.get(deed.name);
      const other = large[index];
      if (!times || !other) continue;
      const turns = Array.from({ length: callsOfTurn }, (_, call) => round * callsOfTurn + call);
      for (const turn of turns) {
        const one = { small: await time(deed, turn), large: await time(other, turn) };
        // The first round warms what is remembered, and does not count.
        if (round === 0) continue;
        times.small.push(one.small);
        times.large.push(one.large);
      }
    }
  return small.map(({ name, judged }) => {
    const times = took.get(name);
    const at = { small: percentile(times?.small ?? [], 0.5), large: percentile(times?.large ?? [], 0.5) };
    return { name, judged, ...at, times: at.large / at.small };
  });
}

async function time({ call }: Deed, turn: number): Promise<number> {
  const from = performance.now();
  await call(turn);
  return performance.now() - from;
}

/** What falls short, in words. */
export function shortcomingsOf(deeds: readonly Compared[]): readonly string[] {
  const dear = deeds.filter(({ judged, times }) => judged && !(times <= WANTED.times));
  const [inbox] = deeds.filter(({ name }) => name === 'opening the inbox');
  const slow = inbox && !(inbox.large <= WANTED.inbox) ? [`first page of the inbox ${inbox.large.toFixed(1)} ms`] : [];
  return [...dear.map(({ name, times }) => `${name} ${times.toFixed(2)} times as much`), ...slow];
}

function lineOf({ name, judged, small, large, times }: Compared): string {
  return printLine([judged ? name : `(${name})`, small.toFixed(2), large.toFixed(2), times.toFixed(2)]);
}

function printLine([first = '', ...rest]: readonly string[]): string {
  return [first.padEnd(34), ...rest.map((text) => text.padStart(12))].join('');
}
