import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench } from '../tests/bench/bench.ts';

/** Each is loaded when it is asked for: what one of them measures keeps no other from starting. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  engine: async () => (await import('../tests/bench/engine/engine-bench.ts')).engineBench,
  gate: async () => (await import('../tests/bench/gate/gate-bench.ts')).gateBench,
  storage: async () => (await import('../tests/bench/storage/storage-bench.ts')).storageBench,
  migration: async () => (await import('../tests/bench/migration/migration-bench.ts')).migrationBench,
  growth: async () => (await import('../tests/bench/growth/growth-bench.ts')).growthBench,
  http: async () => (await import('../tests/bench/http/http-bench.ts')).httpBench,
};

async function usage(): Promise<string> {
  const lines = Object.entries(benches).map(async ([name, load]) => {
    const { about, rounds } = await load();
    return `  ${name.padEnd(14)}${about} (${rounds} rounds)`;
  });
  return `Usage: npm run bench -- NAME [--json FILE] [--rounds N] [--seconds S] [--size N]

Measures what things cost, in one run and in turns, so that the figures can be compared with each other.
${(await Promise.all(lines)).join('\n')}
  --json FILE   writes the figures there
  --rounds N    how often each contender takes its turn; figures are those of the middle round
  --seconds S   how long a turn is, where it is a matter of time
  --size N      how much there is of what is measured, where it is a matter of size
  --help        shows this

Ends with 1 when something falls short of what is wanted, with 2 for a name that does not exist. tests/bench/README.md explains the figures.`;
}

function isPositive(number: number | undefined): boolean {
  return number === undefined || (Number.isFinite(number) && number > 0);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      size: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [name = ''] = positionals;
  const bench = Object.hasOwn(benches, name) ? await benches[name]?.() : undefined;
  const rounds = values.rounds === undefined ? bench?.rounds : Number(values.rounds);
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  const size = values.size === undefined ? undefined : Number(values.size);
  const isWrong =
    !bench || rounds === undefined || !Number.isInteger(rounds) || ![rounds, seconds, size].every(isPositive);
  if (values.help || isWrong) {
    console.log(await usage());
    return values.help ? 0 : 2;
  }
  const { result, shortcomings } = await bench.run({ rounds, seconds, size }, (line) => console.log(line));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`bench ${name}: ${shortcomings.length === 0 ? 'all as wanted' : shortcomings.join(', ')}`);
  return shortcomings.length === 0 ? 0 : 1;
}

process.exitCode = await main();
