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
  /** Jobs taken at a time. Default 10. */
  readonly batch?: number;
  /** How many batches are under way at once, so that slow deliveries do not hold up timers. Default 4. */
  readonly workers?: number;
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
  const { pollMs = 1_000, batch = 10, sleep = createSystemSleep(), onProblem } = options;
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
  const running = (async () => {
    while (!stopped) {
      awake = false;
      const done = await round();
      if (done === 0 && !awake && !stopped) await rest();
    }
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
