/** Hears what work gave or that it failed, now or when that is known; `at` is when it was, on the machine's stopwatch. */
export function whenDone<T>(result: T, done: (value: Awaited<T>, at: number) => void, failed: () => void): void {
  const returned = result instanceof Promise ? undefined : performance.now();
  void Promise.resolve(result).then((value) => done(value, returned ?? performance.now()), failed);
}
