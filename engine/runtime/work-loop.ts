import { createSystemSleep } from './clock.ts';
import type { Engine } from './engine.ts';
import type { RuntimeProblem } from './engine-context.ts';
import type { Sleep } from './ports.ts';

/** A host's loop over due work. */
export type WorkLoop = {
  /** Looks for work now instead of at the next poll; safe to call at any rate. */
  wake(): void;
  /** Finishes what is under way and ends. */
  stop(): Promise<void>;
};

/** How a work loop runs. */
export type WorkLoopOptions = {
  /** How long to rest when there is nothing to do. Default 1,000 ms. */
  readonly pollMs?: number;
  /** Jobs taken at a time. Default 10, so that all of them come to their turn within their lease. */
  readonly batch?: number;
  /** How many batches are under way at once. Default 4. */
  readonly workers?: number;
  /** How long a worker stays with a batch. What takes longer (a system that hangs) goes on beside it. Default 250 ms. */
  readonly patienceMs?: number;
  /** How many batches may go on beside, for each worker; then it waits. Default 16. */
  readonly beside?: number;
  /** How a worker rests. Default: in the machine's time. */
  readonly sleep?: Sleep;
  readonly onProblem?: (problem: RuntimeProblem) => void;
};

/**
 * Runs due work until stopped: at once after `wake`, and every `pollMs` because another node, or a crash, may have left some.
 */
export function createWorkLoop(engine: Pick<Engine, 'runDueWork'>, options: WorkLoopOptions = {}): WorkLoop {
  const workers = Array.from({ length: options.workers ?? 4 }, () => createWorker(engine, options));
  return {
    wake() {
      for (const worker of workers) worker.wake();
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

function createWorker(engine: Pick<Engine, 'runDueWork'>, options: WorkLoopOptions): WorkLoop {
  const { pollMs = 1_000, batch = 10, patienceMs = 250, beside = 16 } = options;
  const { sleep = createSystemSleep(), onProblem } = options;
  const left = new Set<Promise<number>>();
  let stopped = false;
  let awake = true;
  let resting = new AbortController();
  const rest = () => {
    resting = new AbortController();
    return sleep(pollMs, resting.signal);
  };
  const round = async () => {
    try {
      return await engine.runDueWork({ limit: batch });
    } catch (error) {
      onProblem?.({ doing: 'looking for due work', error });
      return 0;
    }
  };
  /** A batch, as long as it is worth staying with. What it leaves behind is looked at like work done: there may be more. */
  const stay = async () => {
    const batchOfJobs = round();
    left.add(batchOfJobs);
    const patience = new AbortController();
    const isOver = batchOfJobs.finally(() => {
      left.delete(batchOfJobs);
      patience.abort();
    });
    await Promise.race([isOver, sleep(patienceMs, patience.signal)]);
    if (left.size > beside) await Promise.race(left);
    return left.has(batchOfJobs) ? 1 : batchOfJobs;
  };
  const running = (async () => {
    while (!stopped) {
      awake = false;
      const done = await stay();
      if (done === 0 && !awake && !stopped) await rest();
    }
    await Promise.all(left);
  })();
  return {
    wake() {
      awake = true;
      resting.abort();
    },
    stop() {
      stopped = true;
      resting.abort();
      return running;
    },
  };
}
