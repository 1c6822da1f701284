/** What a gatherer does with what it gathered. */
export type Gathering<T, R> = {
  /** Most items of a batch. */
  readonly most: number;
  /** Batches under way at once. As long as there are so many, the next gathers. */
  readonly underWay: number;
  /** Names items that may not be in one batch together; they keep their order. */
  readonly namesOf?: (item: T) => readonly string[];
  /** Does a batch; gives a result for each item, in order. */
  readonly run: (items: readonly T[]) => Promise<readonly R[]>;
};

type Waiting<T, R> = {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (reason: unknown) => void;
};

/**
 * Turns calls that come at the same time into batches. A call that comes alone goes alone, at once: gathering costs nobody time, since
 * only what would have had to wait is gathered.
 */
export function createGatherer<T, R>({ most, underWay, namesOf, run }: Gathering<T, R>): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let busy = 0;
  let isScheduled = false;

  const take = (): readonly Waiting<T, R>[] => {
    if (!namesOf) return waiting.splice(0, most);
    const taken: Waiting<T, R>[] = [];
    const left: Waiting<T, R>[] = [];
    const names = new Set<string>();
    for (const one of waiting) {
      const own = namesOf(one.item);
      const fits = taken.length < most && own.every((name) => !names.has(name));
      (fits ? taken : left).push(one);
      for (const name of own) names.add(name);
    }
    waiting = left;
    return taken;
  };

  const runBatch = async (batch: readonly Waiting<T, R>[]) => {
    busy += 1;
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('Expected a result for each item of a batch, but there are fewer'));
        else resolve(result);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      busy -= 1;
      schedule();
    }
  };

  const start = () => {
    isScheduled = false;
    while (busy < underWay && waiting.length > 0) void runBatch(take());
  };

  /** After everything that is ready now has run, so that what belongs together goes together. */
  const schedule = () => {
    if (isScheduled || busy >= underWay || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(start);
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
