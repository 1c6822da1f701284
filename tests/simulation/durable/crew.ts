import { Worker } from 'node:worker_threads';
import type { Catch, Tally } from './play-many.ts';

/** A piece of work for a thread. */
export type Errand =
  | { readonly kind: 'play'; readonly from: number; readonly count: number }
  | { readonly kind: 'hunt'; readonly place: number; readonly from: number; readonly most: number };

/** What a thread brings back. */
export type Brought =
  | { readonly kind: 'played'; readonly tally: Tally }
  | { readonly kind: 'hunted'; readonly found: Catch };

/** Threads that do errands, each the next one as soon as it is free. What they bring back is in the order of the errands. */
export async function sendOut(
  errands: readonly Errand[],
  threads: number,
  tell: (brought: Brought, done: number) => void,
): Promise<readonly Brought[]> {
  const results = new Map<number, Brought>();
  let next = 0;
  const runOne = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./crew-member.ts', import.meta.url));
      let place = -1;
      const give = () => {
        place = next;
        next += 1;
        const errand = errands[place];
        if (errand) worker.postMessage(errand);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('message', (brought: Brought) => {
        results.set(place, brought);
        tell(brought, results.size);
        give();
      });
      worker.on('error', reject);
      give();
    });
  await Promise.all(Array.from({ length: Math.min(threads, errands.length) }, runOne));
  return errands.flatMap((_, place) => results.get(place) ?? []);
}
