import { parentPort } from 'node:worker_threads';
import { compilePackage } from '../compile/compile-package.ts';
import type { CompileAnswer, CompileJob } from './compile-guard.ts';

const answer = (one: CompileAnswer) => parentPort?.postMessage(one);

// The other end of `createCompileGuard`: takes one package after the other.
parentPort?.on('message', ({ id, pkg, hash }: CompileJob) => {
  compilePackage(pkg, { hash }).then(
    (result) => answer({ id, result }),
    (failure: unknown) => answer({ id, failure: failure instanceof Error ? failure.message : String(failure) }),
  );
});
