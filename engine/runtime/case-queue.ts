/**
 * Lets the commands of one case run one after the other inside this process, so they do not conflict with each other in the store.
 * Other processes are kept apart by the version in the commit.
 */
export type CaseQueue = {
  /** Runs `work` after everything queued for `key`; `undefined` when too much waits already. */
  run<T>(key: string, work: () => Promise<T>): Promise<T | undefined>;
};

/** A queue that holds at most `limit` commands a case. */
export function createCaseQueue(limit = 100): CaseQueue {
  const tails = new Map<string, { waiting: number; tail: Promise<unknown> }>();
  return {
    async run(key, work) {
      const queue = tails.get(key) ?? { waiting: 0, tail: Promise.resolve() };
      if (queue.waiting >= limit) return undefined;
      queue.waiting += 1;
      tails.set(key, queue);
      const turn = queue.tail.then(work, work);
      queue.tail = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        queue.waiting -= 1;
        if (queue.waiting === 0) tails.delete(key);
      }
    },
  };
}
