import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { playChaos, shortcomingsOf } from '../tests/chaos/play-chaos.ts';
import { heldRowShortcomings, playHeldRow } from '../tests/chaos/play-held-row.ts';

const usage = `Usage: npm run chaos -- [--minutes N] [--nodes N] [--clients N] [--seed S] [--older FOLDER] [--json FILE]
       npm run chaos -- --faults [--clients N] [--json FILE]

Starts real nodes on one database of their own, as npm run cluster does, lets clients work on cases by HTTP, and kills nodes (SIGKILL), ends their
database sessions, replaces them by new processes and holds a case's row for a minute meanwhile. Then everything a client was acknowledged must be in
the database, once; everything it was not sure of must have been answered under its key; every case must have come to its end and its history replay.
Everything stays on this machine.
  --minutes N   how long it goes on, 5 unless told; parts of a minute will do
  --nodes N     how many nodes, 3 unless told
  --clients N   how many clients work at the same time, 16 unless told
  --seed S      says what is done to which node after how long, 1 unless told
  --older FOLDER  an earlier version of Meridian, installed and built: one node of it is there before the database is brought to this version, and works on
                beside the others, as in a rolling upgrade
  --faults      instead of that, one node and a case's row that somebody holds for 60 s: the other cases go on, whoever works on the held one is told to
                come again in time, and it goes on when it is let go
  --json FILE   writes the figures there
  --help        shows this

Ends with 1 when something was lost, done twice, left over or answered wrongly, with 2 when the arguments are wrong.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '5' },
    nodes: { type: 'string', default: '3' },
    clients: { type: 'string', default: '16' },
    faults: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    older: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** Writes the figures where they are asked for and tells what falls short; gives the exit code. */
function report(figures: object, shortcomings: readonly string[], summary: string): number {
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  for (const what of shortcomings) console.log(`✗ ${what}`);
  console.log(summary + (shortcomings.length > 0 ? '; fell short' : ''));
  return shortcomings.length === 0 ? 0 : 1;
}

async function run(minutes: number, nodes: number, clients: number, seed: number): Promise<number> {
  const tell = (line: string) => console.log(line);
  const figures = await playChaos({
    seconds: minutes * 60,
    nodes,
    clients,
    seed,
    durable: true,
    older: values.older,
    tell,
  });
  return report(
    figures,
    shortcomingsOf(figures),
    `chaos: ${figures.acknowledged} commands acknowledged, ${figures.lost} lost, ${figures.doubled} doubled; ${figures.kills} nodes killed, ` +
      `${figures.terminations} sessions ended, ${figures.replacements} nodes replaced; ${figures.unknown} outcomes unknown (${figures.storedBefore} of them stored), ` +
      `${figures.resolved} resolved; ${figures.cases} cases, ${figures.unfinished} unfinished, ${figures.broken} that do not replay; ` +
      `${figures.writtenByOlder === undefined ? '' : `${figures.writtenByOlder} times the older node wrote; `}seed ${seed}`,
  );
}

/** Seconds a row is held. */
const hold = 60;

async function runFaults(clients: number): Promise<number> {
  const figures = await playHeldRow({ seconds: hold, clients, durable: true });
  return report(
    figures,
    heldRowShortcomings(figures),
    `a row held for ${figures.seconds} s: ${figures.others} commands to other cases meanwhile; whoever worked on the held one was told to come again ` +
      `${figures.turnedAway} times, slowest answer ${figures.slowestAnswer} ms; its case went on ${figures.goneOnAfter} ms after it was let go; ` +
      `${figures.cases} cases, ${figures.unfinished} unfinished, ${figures.lost} commands lost, ${figures.doubled} doubled, ${figures.broken} that do not replay`,
  );
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
} else process.exitCode = values.faults ? await runFaults(clients) : await run(minutes, nodes, clients, seed);
