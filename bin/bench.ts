import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchEngine, headLine, shortcomingsOf } from '../tests/bench/engine/engine-bench.ts';

const usage = `Usage: npm run bench -- engine [--json FILE] [--rounds N]

Measures what a completed user task costs, in one run and in turns, so that the figures can be compared with each other.
  engine        CPU time a task of Meridian, of bpmn-elements and of bpmn-engine on five patterns, and on 10 and 200 nodes
  --json FILE   writes the figures there
  --rounds N    how often each contender takes its turn; figures are medians over the rounds (9)
  --help        shows this

Ends with 1 when Meridian is not as much cheaper as is wanted, with 2 for a comparison that does not exist. tests/bench/README.md explains the figures.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, rounds: { type: 'string', default: '9' }, help: { type: 'boolean' } },
  });
  const rounds = Number(values.rounds);
  if (values.help || positionals[0] !== 'engine' || !Number.isInteger(rounds) || rounds < 1) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  console.log(headLine());
  const result = await benchEngine(rounds, (line) => console.log(line));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  const shortcomings = shortcomingsOf(result);
  console.log(shortcomings.length === 0 ? 'bench engine: all as wanted' : `bench engine: ${shortcomings.join(', ')}`);
  return shortcomings.length === 0 ? 0 : 1;
}

process.exitCode = await main();
