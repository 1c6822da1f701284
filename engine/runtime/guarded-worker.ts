import { parentPort } from 'node:worker_threads';
import { checkSoundness } from '../compile/4-check-soundness/index.ts';
import { compilePackage } from '../compile/compile-package.ts';
import type { ThreadAnswer, ThreadJob, ThreadResult, ThreadWork } from './guarded-thread.ts';

const answer = (one: ThreadAnswer) => parentPort?.postMessage(one);

// The other end of `createGuardedThread`: takes one piece of work after the other.
parentPort?.on('message', ({ id, work }: ThreadJob) => {
  done(work).then(
    (result) => answer({ id, result }),
    (failure: unknown) =>
      answer({ id, result: { failure: failure instanceof Error ? failure.message : String(failure) } }),
  );
});

async function done(work: ThreadWork): Promise<ThreadResult> {
  return work.kind === 'compile'
    ? { compiled: await compilePackage(work.pkg, { hash: work.hash }) }
    : { soundness: checkSoundness(work.definition) };
}
