import { parentPort } from 'node:worker_threads';
import type { Brought, Errand } from './crew.ts';
import { hunt, playMany } from './play-many.ts';

/** One thread: does what it is told and says what came of it. */
async function run(errand: Errand): Promise<Brought> {
  if (errand.kind === 'play') return { kind: 'played', tally: await playMany(errand.from, errand.count) };
  return { kind: 'hunted', found: await hunt(errand.place, errand.from, errand.most) };
}

parentPort?.on('message', async (errand: Errand) => parentPort?.postMessage(await run(errand)));
