import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { playChaos, shortcomingsOf } from '../tests/chaos/play-chaos.ts';

const usage = `Usage: npm run chaos -- [--minutes N] [--nodes N] [--clients N] [--seed S] [--json FILE]

Starts real nodes on one database of their own, as npm run cluster does, lets clients work on cases by HTTP, and kills nodes (SIGKILL), ends their
database sessions, replaces them by new processes and holds a case's row for a minute meanwhile. Then everything a client was acknowledged must be in
the database, once; everything it was not sure of must have been answered under its key; every case must have come to its end and its history replay.
Everything stays on this machine.
  --minutes N   how long it goes on, 5 unless told; parts of a minute will do
  --nodes N     how many nodes, 3 unless told
  --clients N   how many clients work at the same time, 8 unless told
  --seed S      says what is done to which node after how long, 1 unless told
  --json FILE   writes the figures there
  --help        shows this

Ends with 1 when something was lost, done twice, left over or answered wrongly, with 2 when the arguments are wrong.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '5' },
    nodes: { type: 'string', default: '3' },
    clients: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function run(minutes: number, nodes: number, clients: number, seed: number): Promise<number> {
  const tell = (line: string) => console.log(line);
  const figures = await playChaos({ seconds: minutes * 60, nodes, clients, seed, durable: true, tell });
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  const shortcomings = shortcomingsOf(figures);
  for (const what of shortcomings) console.log(`✗ ${what}`);
  console.log(
    `chaos: ${figures.acknowledged} commands acknowledged, ${figures.lost} lost, ${figures.doubled} doubled; ${figures.kills} nodes killed, ` +
      `${figures.terminations} sessions ended, ${figures.replacements} nodes replaced; ${figures.unknown} outcomes unknown (${figures.storedBefore} of them stored), ` +
      `${figures.resolved} resolved; ${figures.cases} cases, ${figures.unfinished} unfinished, ${figures.broken} that do not replay; seed ${seed}` +
      (shortcomings.length > 0 ? '; fell short' : ''),
  );
  return shortcomings.length === 0 ? 0 : 1;
}

const [minutes, nodes, clients, seed] = [values.minutes, values.nodes, values.clients, values.seed].map(Number);
const isWrong =
  positionals.length > 0 ||
  !(minutes && minutes > 0 && minutes < 1_000) ||
  !(nodes && Number.isInteger(nodes) && nodes > 0 && nodes < 10) ||
  !(clients && Number.isInteger(clients) && clients > 0 && clients < 200) ||
  seed === undefined ||
  !Number.isInteger(seed);
if (values.help || isWrong) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else process.exitCode = await run(minutes, nodes, clients, seed);
