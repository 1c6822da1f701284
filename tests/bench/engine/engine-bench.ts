import type { Bench } from '../bench.ts';
import { bpmnElements } from './bpmn-elements.ts';
import { bpmnEngine } from './bpmn-engine.ts';
import type { Contender } from './contender.ts';
import { type Growth, measureGrowth } from './growth.ts';
import { type Figures, median, playRounds } from './measure.ts';
import { meridianCold, meridianFresh, meridianSealed, meridianWarm } from './meridian.ts';
import { type Pattern, patterns } from './patterns.ts';

/** How many times cheaper than the better of the others Meridian has to be on every pattern. */
export const WANTED_RATIO = 50;

/** How much more a task may cost with 200 nodes than with 10. */
export const WANTED_GROWTH = 1.2;

/** Of a column, in characters. */
const WIDTH = 21;

const peers = [bpmnElements, bpmnEngine];
const ours = [meridianWarm, meridianCold, meridianFresh, meridianSealed];
const judged = [meridianWarm, meridianCold];

/** `npm run bench -- engine`. */
export const engineBench: Bench = {
  about: 'CPU time a task of Meridian, of bpmn-elements and of bpmn-engine on five patterns, and on 10 and 200 nodes',
  rounds: 9,
  async run({ rounds }, tell) {
    tell(headLine());
    const result = await benchEngine(rounds, tell);
    return { result, shortcomings: shortcomingsOf(result) };
  },
};

/** One pattern: CPU microseconds per task by contender, and how many times cheaper each way of Meridian is than the better peer. */
export type PatternResult = {
  readonly pattern: string;
  readonly microseconds: Readonly<Record<string, number>>;
  readonly timesCheaper: Readonly<Record<string, number>>;
};

/** The whole comparison. */
export type EngineResult = { readonly patterns: readonly PatternResult[]; readonly growth: Growth };

/** Plays all patterns and the growing diagram. `tell` is called with each result as it comes. */
export async function benchEngine(rounds: number, tell: (line: string) => void): Promise<EngineResult> {
  const results: PatternResult[] = [];
  for (const pattern of patterns) {
    const result = resultOf(pattern, await playRounds([...ours, ...peers], pattern, rounds));
    results.push(result);
    tell(lineOf(result));
  }
  const growth = await measureGrowth(rounds);
  tell(`10 nodes ${growth.small.toFixed(1)} µs, 200 nodes ${growth.large.toFixed(1)} µs a task: ${factorOf(growth)}`);
  return { patterns: results, growth };
}

function headLine(): string {
  return columns('µs', [...[...ours, ...peers].map(({ name }) => name), 'times cheaper']);
}

function resultOf(pattern: Pattern, figures: Figures): PatternResult {
  const best = peers.reduce((a, b) => (median(figures.get(a) ?? []) <= median(figures.get(b) ?? []) ? a : b));
  const ratios = (one: Contender) =>
    (figures.get(best) ?? []).map((cost, round) => cost / (figures.get(one)?.[round] ?? Number.NaN));
  return {
    pattern: pattern.name,
    microseconds: Object.fromEntries([...figures].map(([{ name }, costs]) => [name, median(costs)])),
    timesCheaper: Object.fromEntries(ours.map((one) => [one.name, median(ratios(one))])),
  };
}

function lineOf({ pattern, microseconds, timesCheaper }: PatternResult): string {
  const costs = [...ours, ...peers].map(({ name }) => (microseconds[name] ?? Number.NaN).toFixed(0));
  const ratios = ours.map(({ name }) => (timesCheaper[name] ?? Number.NaN).toFixed(1));
  return columns(pattern, [...costs, ratios.join(' / ')]);
}

function columns(first: string, rest: readonly string[]): string {
  return [first.padEnd(4), ...rest.map((text) => text.padStart(WIDTH))].join(' ');
}

function factorOf({ factor }: Growth): string {
  return `${factor.toFixed(2)} times`;
}

/** What falls short of what is wanted, in words; nothing when all holds. */
export function shortcomingsOf({ patterns, growth }: EngineResult): readonly string[] {
  return [
    ...patterns.flatMap(({ pattern, timesCheaper }) =>
      judged
        .map(({ name }) => ({ name, ratio: timesCheaper[name] ?? 0 }))
        .filter(({ ratio }) => ratio < WANTED_RATIO)
        .map(({ name, ratio }) => `${pattern} ${ratio.toFixed(1)} times cheaper (${name})`),
    ),
    ...(growth.factor <= WANTED_GROWTH ? [] : [`200 nodes ${factorOf(growth)} the cost of 10`]),
  ];
}
