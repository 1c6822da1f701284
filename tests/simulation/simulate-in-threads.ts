import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { added, nothingPlayed, type Simulation, type SimulationResult } from './simulate-conformance.ts';

/** How a simulation is spread over threads. */
export type Threads = {
  readonly threads: number;
  /** Told after each portion: what came of that portion, and of all so far. */
  readonly tell?: (portion: SimulationResult, sofar: SimulationResult) => void;
};

const portion = 100;

/** The same processes as played one after the other, by several threads. Which thread plays which changes nothing but the time it takes. */
export async function simulateInThreads(simulation: Simulation, { threads, tell }: Threads): Promise<SimulationResult> {
  const open = [...portionsOf(simulation)];
  let sofar = nothingPlayed;
  await Promise.all(
    Array.from({ length: Math.min(threads, open.length) }, async () => {
      const worker = new Worker(new URL('./simulation-worker.ts', import.meta.url));
      for (let next = open.shift(); next; next = open.shift()) {
        worker.postMessage(next);
        const [played]: SimulationResult[] = await once(worker, 'message');
        if (!played) continue;
        sofar = added(sofar, played);
        tell?.(played, sofar);
      }
      await worker.terminate();
    }),
  );
  return { ...sofar, disagreements: sofar.disagreements.toSorted((a, b) => a.seed - b.seed) };
}

function* portionsOf({ count, seed, ...how }: Simulation): Generator<Simulation> {
  for (let from = 0; from < count; from += portion)
    yield { ...how, seed: seed + from, count: Math.min(portion, count - from) };
}
