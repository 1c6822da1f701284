import { Worker } from 'node:worker_threads';
import type { CompileResult } from '../compile/compile-package.ts';
import type { Finding } from '../ir/finding.ts';
import type { ProcessPackage } from '../ir/package.ts';

/** Longest a package may take, in milliseconds; above what the largest flow takes on a busy machine. */
const timeLimit = 20_000;

/** Most memory compiling may take, in megabytes. */
const memoryLimit = 512;

/** A package to be compiled, as the worker gets it. */
export type CompileJob = { readonly id: number; readonly pkg: ProcessPackage; readonly hash: string };

/** What the worker answers; a failure is a bug of the compiler. */
export type CompileAnswer = { readonly id: number } & (
  | { readonly result: CompileResult }
  | { readonly failure: string }
);

/** Compiles packages that nobody has looked at yet. */
export type CompileGuard = {
  compile(pkg: ProcessPackage, hash: string): Promise<CompileResult>;
  close(): Promise<void>;
};

type Waiting = {
  readonly job: CompileJob;
  readonly answer: (result: CompileResult) => void;
  readonly fail: (failure: Error) => void;
};

/**
 * Compiles in a thread of its own, so that whoever else is served does not wait, and whatever a package does to memory ends that
 * thread and not the server. One package at a time; the thread is begun with the first and begun anew after it had to be ended.
 */
export function createCompileGuard(limits = { timeLimit, memoryLimit }): CompileGuard {
  const queue: Waiting[] = [];
  let worker: Worker | undefined;
  let current: Waiting | undefined;
  let timer: NodeJS.Timeout | undefined;
  let jobs = 0;

  const finish = (tell: (waiting: Waiting) => void) => {
    clearTimeout(timer);
    const done = current;
    current = undefined;
    if (done) tell(done);
    next();
  };
  const give = (broken: 'time' | 'memory') => {
    const ended = worker;
    worker = undefined;
    ended?.removeAllListeners();
    void ended?.terminate();
    finish(({ answer }) => answer({ findings: [refusal(broken, limits)] }));
  };
  const begin = (): Worker => {
    const begun = new Worker(new URL('./compile-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryLimit },
    });
    begun.unref();
    begun.on('message', (one: CompileAnswer) => {
      if (one.id !== current?.job.id) return;
      finish(({ answer, fail }) => ('result' in one ? answer(one.result) : fail(new Error(one.failure))));
    });
    begun.on('error', () => give('memory'));
    return begun;
  };
  const next = () => {
    if (current !== undefined) return;
    current = queue.shift();
    if (current === undefined) return;
    worker ??= begin();
    worker.postMessage(current.job);
    timer = setTimeout(() => give('time'), limits.timeLimit);
  };
  return {
    compile: (pkg, hash) =>
      new Promise((answer, fail) => {
        jobs += 1;
        queue.push({ job: { id: jobs, pkg, hash }, answer, fail });
        next();
      }),
    async close() {
      clearTimeout(timer);
      await worker?.terminate();
    },
  };
}

function refusal(
  broken: 'time' | 'memory',
  limits: { readonly timeLimit: number; readonly memoryLimit: number },
): Finding {
  const limit = broken === 'time' ? `${limits.timeLimit / 1000} seconds` : `${limits.memoryLimit} MB`;
  const message = `Expected a package that can be checked within ${limit}, but it needs more`;
  return { rule: 'check-limit', severity: 'error', message, path: broken };
}
