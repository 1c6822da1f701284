import type { Engine } from './engine.ts';
import type { RuntimeProblem } from './engine-context.ts';

/** A host's loop over due work. */
export type WorkLoop = {
  /** Looks for work now instead of at the next poll; safe to call at any rate. */
  wake(): void;
  /** Finishes what is under way and ends. */
  stop(): Promise<void>;
};

/**
 * Runs due work until stopped: at once after `wake`, and every `pollMs` (1 s) because another node, or a crash, may have left some.
 */
export function createWorkLoop(
  engine: Pick<Engine, 'runDueWork'>,
  options: { pollMs?: number; batch?: number; onProblem?: (problem: RuntimeProblem) => void } = {},
): WorkLoop {
  const { pollMs = 1_000, batch = 50, onProblem } = options;
  let stopped = false;
  let awake = true;
  let rouse = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
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
      rouse();
    },
    stop() {
      stopped = true;
      rouse();
      return running;
    },
  };
}
