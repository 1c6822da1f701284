import { writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulation, type SimulationResult, smallestDisagreement } from './simulate-conformance.ts';
import { simulateInThreads } from './simulate-in-threads.ts';

/** What a reader asks for: which processes, on how many threads, and where the smallest disagreement is written. */
export type Asked = Simulation & { readonly threads: number | undefined; readonly shrink: string | undefined };

/** Plays random processes and tells how far it is, every disagreement, what kinds of elements were run, and a summary last. */
export async function tellConformance({
  threads = availableParallelism(),
  shrink,
  ...simulation
}: Asked): Promise<SimulationResult> {
  const result = await simulateInThreads(simulation, { threads, tell: progress(simulation.count) });
  console.log(coverageOf(result));
  await tellSmallest(result, shrink);
  console.log(summaryOf(result, simulation.seed));
  return result;
}

/** Says every disagreement when it is found, and twenty times how far it is. */
function progress(count: number): (portion: SimulationResult, sofar: SimulationResult) => void {
  let told = 0;
  return ({ disagreements }, sofar) => {
    for (const { seed, what } of disagreements) console.log(`✗ seed ${seed}: ${what}`);
    const part = Math.floor((sofar.processes / count) * 20);
    if (part === told) return;
    told = part;
    console.log(`${sofar.processes} of ${count} processes, ${sofar.disagreements.length} disagreements`);
  };
}

function coverageOf({ kinds }: SimulationResult): string {
  const rows = Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([kind]) => kind.length));
  const line = (kind: string, drawn: string, run: string) =>
    `${kind.padEnd(width)} ${drawn.padStart(8)} ${run.padStart(8)}`;
  return [
    '\nProcesses that have a kind of element, and processes in which a token came to one:',
    line('', 'drawn', 'run'),
    ...rows.map(([kind, { drawn, run }]) => line(kind, String(drawn), String(run))),
    '',
  ].join('\n');
}

async function tellSmallest({ disagreements }: SimulationResult, file: string | undefined): Promise<void> {
  const [first] = disagreements;
  if (!first) return;
  const path = file ?? join(tmpdir(), `simulation-${first.seed}.bpmn`);
  writeFileSync(path, await smallestDisagreement(first.seed));
  console.log(`The process of seed ${first.seed}, as small as it goes: ${path}`);
  for (const { seed } of disagreements)
    console.log(`Again: npm run simulate -- --kind conformance --seed ${seed} --count 1`);
}

function summaryOf({ processes, steps, outcomes, disagreements, kinds }: SimulationResult, seed: number): string {
  const ended = Object.entries(outcomes).map(([outcome, times]) => `${times} ${outcome}`);
  const missed = Object.entries(kinds).filter(([, { run }]) => run === 0);
  const never = missed.length === 0 ? '' : `; never run: ${missed.map(([kind]) => kind).join(', ')}`;
  return `simulate conformance: ${processes} processes from seed ${seed}, ${steps} steps (${ended.join(', ')}), ${Object.keys(kinds).length} kinds of elements${never}, ${disagreements.length} disagreements`;
}
