import type { CallPoint } from './fault-points.ts';

/** A call that waits for its turn. */
export type Call = {
  readonly order: number;
  readonly node: number;
  readonly point: CallPoint;
  /** What it is about, for the trace and for an order that does not depend on when promises run. */
  readonly about: string;
  /** Whether its effect has taken place, so that only the answer is on its way. */
  carriedOut: boolean;
  /** Not let go on before this time. */
  heldUntil: number;
  carryOut(): Promise<void>;
  /** Gives the caller what `carryOut` brought. */
  answer(): void;
  fail(error: Error): void;
};

type Sleeper = { readonly order: number; readonly node: number; readonly until: number; wake(): void };

/**
 * Holds every call and every wait of all nodes until it is told which goes on. Nothing else moves: between two steps all promises have run
 * as far as they can, so what happens depends on the choices alone.
 */
export class Scheduler {
  /** The true time, in milliseconds of the epoch. */
  now: number;
  calls: Call[] = [];
  private sleepers: Sleeper[] = [];
  private asked = 0;

  constructor(now: number) {
    this.now = now;
  }

  /** Does `work` when its turn has come. Never settles when the node dies before. */
  ask<T>(node: number, point: CallPoint, about: string, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let settle = () => {};
      this.asked += 1;
      this.calls.push({
        ...{ order: this.asked, node, point, about, carriedOut: false, heldUntil: 0 },
        async carryOut() {
          try {
            const value = await work();
            settle = () => resolve(value);
          } catch (error) {
            settle = () => reject(error);
          }
        },
        answer: () => settle(),
        fail: reject,
      });
    });
  }

  sleep(node: number, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      this.asked += 1;
      const sleeper: Sleeper = { order: this.asked, node, until: this.now + milliseconds, wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((one) => one !== sleeper);
        resolve();
      });
    });
  }

  /** Calls that may go on now, in an order of their own. */
  ready(): Call[] {
    return this.calls.filter((call) => call.heldUntil <= this.now).sort(byName);
  }

  remove(call: Call): void {
    this.calls = this.calls.filter((one) => one !== call);
  }

  /** A node is gone: nothing it waits for ever comes. */
  drop(node: number): void {
    this.calls = this.calls.filter((call) => call.node !== node);
    this.sleepers = this.sleepers.filter((sleeper) => sleeper.node !== node);
  }

  /** When the next wait ends or the next held call may go on. */
  nextMoment(): number | undefined {
    const moments = [...this.sleepers.map(({ until }) => until), ...this.calls.map(({ heldUntil }) => heldUntil)];
    const later = moments.filter((moment) => moment > this.now);
    return later.length > 0 ? Math.min(...later) : undefined;
  }

  /** Lets time pass until then; whoever slept so long wakes. */
  passUntil(moment: number): void {
    this.now = Math.max(this.now, moment);
    const over = this.sleepers.filter(({ until }) => until <= this.now);
    this.sleepers = this.sleepers.filter(({ until }) => until > this.now);
    for (const sleeper of over.sort((a, b) => a.until - b.until || a.order - b.order)) sleeper.wake();
  }
}

function byName(a: Call, b: Call): number {
  return a.node - b.node || compare(a.point, b.point) || compare(a.about, b.about) || a.order - b.order;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Resolves when every promise has run as far as it can without a turn. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
