import type { Stopwatch } from './ports.ts';

/** What became of work that was to be queued: it ran, or too much waited already (for this case, or in the whole node). */
export type Queued<T> =
  | { readonly ran: true; readonly value: T }
  | { readonly ran: false; readonly full: 'case' | 'node' };

/**
 * Lets the commands of one case run one after the other inside this process, so they do not conflict with each other in the store.
 * Other processes are kept apart by the version in the commit. Bounded: what cannot be done soon is refused at once, so nothing piles up.
 */
export type CaseQueue = {
  /** Runs `work` after everything queued for `key`, unless too much waits already or its turn comes too late. */
  run<T>(key: string, work: () => Promise<T>): Promise<Queued<T>>;
};

/** Bounds of a queue. */
export type QueueLimits = {
  /** Commands of one case, the running one among them. Default 100. */
  readonly perCase?: number;
  /** Commands of all cases in this node. Default 4,000: about a second's work of a node. */
  readonly inAll?: number;
  /** Milliseconds a command waits for its turn; whoever sent it has given up by then. Default 10,000. */
  readonly waitMs?: number;
  /** What waiting is measured by. Default: the machine's. */
  readonly stopwatch?: Stopwatch;
};

/** Makes a queue with bounds. */
export function createCaseQueue(limits: QueueLimits = {}): CaseQueue {
  const { perCase = 100, inAll = 4_000, waitMs = 10_000, stopwatch = () => performance.now() } = limits;
  const tails = new Map<string, { waiting: number; tail: Promise<unknown> }>();
  let total = 0;
  return {
    async run(key, work) {
      const queue = tails.get(key) ?? { waiting: 0, tail: Promise.resolve() };
      if (queue.waiting >= perCase) return { ran: false, full: 'case' };
      if (total >= inAll) return { ran: false, full: 'node' };
      queue.waiting += 1;
      total += 1;
      tails.set(key, queue);
      const since = stopwatch();
      const turn = queue.tail.then(async () => {
        if (stopwatch() - since > waitMs) return { ran: false, full: 'case' } as const;
        return { ran: true, value: await work() } as const;
      });
      queue.tail = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        total -= 1;
        queue.waiting -= 1;
        if (queue.waiting === 0) tails.delete(key);
      }
    },
  };
}
