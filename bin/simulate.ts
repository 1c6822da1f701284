import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { comparePostgres } from '../tests/simulation/durable/compare-postgres.ts';
import {
  type Figures,
  replaySeed,
  shortcomingsOf,
  simulateDurable,
} from '../tests/simulation/durable/simulate-durable.ts';
import { tellConformance } from '../tests/simulation/tell-conformance.ts';

const usage = `Usage: npm run simulate -- [--schedules N] [--seed S] [--threads N] [--json FILE]
       npm run simulate -- --replay SEED [--faults 3,17]
       npm run simulate -- --store postgres [--schedules N] [--seed S] [--json FILE]
       npm run simulate -- --kind conformance [--count N] [--seed S] [--threads N] [--shrink FILE] [--json FILE]

Plays the real engine and runtime on a store in memory, on several nodes with several clients, under a seeded scheduler that decides what goes on
next and where the nodes die, calls fail, answers are lost, clocks are wrong and notifications go missing. After every step it is checked that
nothing is lost, done twice or falsified; then the faults stop and everything must come to its end. Bugs planted on purpose must all be caught.
  --schedules N      how many, 100000 unless told (500 with --store postgres)
  --seed S           the first seed, 1 unless told; schedule number i is drawn from seed S + i
  --threads N        how many threads, as many as there are cores unless told
  --store postgres   plays the same seeds on an embedded PostgreSQL too and compares the final states
  --replay SEED      plays one schedule and tells it step by step; --faults keeps only these of its faults
  --json FILE        writes the figures there
  --help             shows this

With --kind conformance it plays random processes by the engine and by an independent token game, and compares after every step: nodes entered and
left, tokens, waits, incidents, variables, outcome. The engine plays each process twice, the second time with the elements of the file in another
order, and after every step its history must fold to the stored state byte for byte.
  --count N      how many processes, 20000 unless told; process number i is drawn from seed S + i
  --shrink FILE  where the first process they disagree about is written, as small as it goes; in the folder for temporary files unless told

Ends with 1 on any violation, planted bug that is not caught, difference or disagreement, with 2 when the arguments are wrong.`;

type Arguments = ReturnType<typeof readArguments>;

function readArguments() {
  const { values } = parseArgs({
    options: {
      kind: { type: 'string', default: 'durable' },
      schedules: { type: 'string' },
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string' },
      store: { type: 'string', default: 'memory' },
      replay: { type: 'string' },
      faults: { type: 'string' },
      shrink: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const whole = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Number(text));
  return {
    ...values,
    schedules: whole(values.schedules, values.store === 'postgres' ? 500 : 100_000),
    count: Number(values.count),
    seed: Number(values.seed),
    threads: values.threads === undefined ? undefined : Number(values.threads),
    replay: values.replay === undefined ? undefined : Number(values.replay),
    kept: values.faults === undefined ? undefined : new Set(values.faults.split(',').map(Number)),
  };
}

function isWrong({ kind, store, schedules, count, seed, threads, replay, kept }: Arguments): boolean {
  const numbers = [schedules, count, seed, threads ?? 1, replay ?? 1, ...(kept ?? [])];
  return (
    !['durable', 'conformance'].includes(kind) ||
    !['memory', 'postgres'].includes(store) ||
    !numbers.every(Number.isInteger)
  );
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given.help || isWrong(given)) {
    console.log(usage);
    return given.help ? 0 : 2;
  }
  if (given.kind === 'conformance') return conformance(given);
  if (given.replay !== undefined) return (await replaySeed(given.replay, given.kept, console.log)) ? 0 : 1;
  return given.store === 'postgres' ? postgres(given) : durable(given);
}

function write(file: string | undefined, figures: unknown): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}

async function durable({ schedules, seed, threads, json }: Arguments): Promise<number> {
  const figures = await simulateDurable({ schedules, seed, tell: console.log, ...(threads && { threads }) });
  write(json, figures);
  tellShortened(figures);
  const shortcomings = shortcomingsOf(figures);
  const { planted, faultPoints } = figures;
  const [least] = [...faultPoints].sort((a, b) => a.hits - b.hits);
  const kills = faultPoints.filter(({ name }) => name.includes('node killed')).reduce((sum, { hits }) => sum + hits, 0);
  console.log(
    `simulate: ${figures.schedules} schedules from seed ${seed}, ${figures.steps} steps, ${figures.commits} commits, ${kills} nodes killed, ` +
      `${figures.distinctStates} distinct final states, ${figures.violations.length} violations; ` +
      `${faultPoints.length} fault points, each hit at least ${least?.hits} times (${least?.name}); ` +
      `${planted.filter(({ caught }) => caught).length} of ${planted.length} planted bugs caught; ` +
      `trace ${figures.traceHash.slice(0, 16)}, ${figures.sameTraceAgain ? 'the same again' : 'NOT the same again'}; ${Math.round(figures.seconds)} s` +
      (shortcomings.length > 0 ? `; ${shortcomings.join(', ')}` : ''),
  );
  return shortcomings.length === 0 ? 0 : 1;
}

function tellShortened({ shortened }: Figures): void {
  if (!shortened) return;
  for (const line of shortened.trace) console.log(`  ${line}`);
  console.log(
    `to see it again: npm run simulate -- --replay ${shortened.seed} --faults ${shortened.kept.join(',') || '0'}`,
  );
}

async function postgres({ schedules, seed, json }: Arguments): Promise<number> {
  const figures = await comparePostgres({ schedules, seed, tell: console.log });
  write(json, figures);
  console.log(
    `simulate on PostgreSQL: ${figures.schedules} schedules from seed ${seed}, ${figures.commits} commits, ${figures.violations} violations, ` +
      `${figures.differences.length} ended in other states than in memory, ${figures.sameTraces} left the same trace; ${Math.round(figures.seconds)} s`,
  );
  return figures.violations === 0 && figures.differences.length === 0 ? 0 : 1;
}

async function conformance({ count, seed, threads, shrink, json }: Arguments): Promise<number> {
  const result = await tellConformance({ count, seed, threads, shrink });
  write(json, result);
  return result.disagreements.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : String(failure));
  process.exitCode = 2;
}
