import { Worker } from 'node:worker_threads';
import type { CompileResult } from '../compile/compile-package.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { ProcessPackage } from '../ir/package.ts';
import type { Soundness } from '../ir/soundness.ts';

/** What one piece of work may take. */
export type ThreadLimits = {
  /** Longest, in milliseconds. */
  readonly timeLimit: number;
  /** Most memory, in megabytes. */
  readonly memoryLimit: number;
};

/** The limit that ended the thread. */
export type BrokenLimit = 'time' | 'memory';

/** What the thread is asked. */
export type ThreadWork =
  | { readonly kind: 'compile'; readonly pkg: ProcessPackage; readonly hash: string }
  | { readonly kind: 'check-soundness'; readonly definition: CompiledDefinition };

/** Work, as the worker gets it. */
export type ThreadJob = { readonly id: number; readonly work: ThreadWork };

/** What comes of work; a failure is a bug of what was run. */
export type ThreadResult =
  | { readonly compiled: CompileResult }
  | { readonly soundness: Soundness }
  | { readonly failure: string };

/** A result, as the worker sends it. */
export type ThreadAnswer = { readonly id: number; readonly result: ThreadResult };

/** A thread with limits. */
export type GuardedThread = {
  run(work: ThreadWork): Promise<ThreadResult | { readonly broken: BrokenLimit }>;
  close(): Promise<void>;
};

type Waiting = { readonly job: ThreadJob; readonly tell: (result: ThreadResult | { broken: BrokenLimit }) => void };

/**
 * Works in a thread of its own, so that whoever else is served does not wait, and whatever the work does to memory ends that
 * thread and not the server. One piece of work at a time; the thread is begun with the first and begun anew after it had to be ended.
 */
export function createGuardedThread(limits: ThreadLimits): GuardedThread {
  const queue: Waiting[] = [];
  let worker: Worker | undefined;
  let current: Waiting | undefined;
  let timer: NodeJS.Timeout | undefined;
  let jobs = 0;

  const finish = (result: ThreadResult | { broken: BrokenLimit }) => {
    clearTimeout(timer);
    const done = current;
    current = undefined;
    done?.tell(result);
    next();
  };
  const giveUp = (broken: BrokenLimit) => {
    const ended = worker;
    worker = undefined;
    ended?.removeAllListeners();
    void ended?.terminate();
    finish({ broken });
  };
  const begin = (): Worker => {
    const begun = new Worker(new URL('./guarded-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryLimit },
    });
    begun.unref();
    begun.on('message', ({ id, result }: ThreadAnswer) => {
      if (id === current?.job.id) finish(result);
    });
    begun.on('error', () => giveUp('memory'));
    return begun;
  };
  const next = () => {
    if (current !== undefined) return;
    current = queue.shift();
    if (current === undefined) return;
    worker ??= begin();
    worker.postMessage(current.job);
    timer = setTimeout(() => giveUp('time'), limits.timeLimit);
  };
  return {
    run: (work) =>
      new Promise((tell) => {
        jobs += 1;
        queue.push({ job: { id: jobs, work }, tell });
        next();
      }),
    async close() {
      clearTimeout(timer);
      await worker?.terminate();
    },
  };
}
