/** What a gatherer does with what it gathered. */
export type Gathering<T, R> = {
  /** Most items of a batch. */
  readonly most: number;
  /** Batches under way at once. As long as there are so many, the next gathers. */
  readonly underWay: number;
  /** Batches under way at once where the next is full: it gains nothing by waiting on. Default: as many. */
  readonly fullUnderWay?: number;
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
export function createGatherer<T, R>(gathering: Gathering<T, R>): (item: T) => Promise<R> {
  const { most, underWay, fullUnderWay = underWay, namesOf, run } = gathering;
  let waiting: Waiting<T, R>[] = [];
  let busy = 0;
  let isScheduled = false;

  const mayStart = () => waiting.length > 0 && busy < (waiting.length < most ? underWay : fullUnderWay);

  const take = (): readonly Waiting<T, R>[] => {
    if (!namesOf) return waiting.splice(0, most);
    const taken: Waiting<T, R>[] = [];
    const left: Waiting<T, R>[] = [];
    const names = new Set<string>();
    let looked = 0;
    for (const one of waiting) {
      if (taken.length === most) break;
      looked += 1;
      const own = namesOf(one.item);
      (own.every((name) => !names.has(name)) ? taken : left).push(one);
      for (const name of own) names.add(name);
    }
    waiting = left.concat(waiting.slice(looked));
    return taken;
  };

  const runBatch = async (batch: readonly Waiting<T, R>[]) => {
    busy += 1;
    const settlements = await settlementsOf(batch, run);
    busy -= 1;
    // With nothing else under way, whoever does the batches and whoever asks for them would take turns: what the first half asks for next
    // is under way while the second half is worked on.
    const first = busy === 0 ? Math.ceil(settlements.length / 2) : settlements.length;
    for (const settle of settlements.slice(0, first)) settle();
    if (first < settlements.length) {
      setImmediate(() => {
        for (const settle of settlements.slice(first)) settle();
      });
    }
    schedule();
  };

  const start = () => {
    isScheduled = false;
    while (mayStart()) void runBatch(take());
  };

  /** After everything that one answer, or one request, set going has run: what belongs together goes together, and before the next is looked at. */
  const schedule = () => {
    if (isScheduled || !mayStart()) return;
    isScheduled = true;
    process.nextTick(start);
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}

/** Runs a batch; gives for each of its items, in order, what hands its result to whoever waits for it. */
async function settlementsOf<T, R>(
  batch: readonly Waiting<T, R>[],
  run: Gathering<T, R>['run'],
): Promise<readonly (() => void)[]> {
  try {
    const results = await run(batch.map(({ item }) => item));
    return batch.map(({ resolve, reject }, index) => {
      const result = results[index];
      if (result !== undefined) return () => resolve(result);
      return () => reject(new Error('Expected a result for each item of a batch, but there are fewer'));
    });
  } catch (error) {
    return batch.map(
      ({ reject }) =>
        () =>
          reject(error),
    );
  }
}
