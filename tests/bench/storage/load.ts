import { setTimeout as sleep } from 'node:timers/promises';

/** Something that completes tasks. `complete` is called by several callers at once, each with its own number. */
export type Player = {
  readonly complete: (caller: number) => Promise<void>;
  /** Completions a call brings; 1 unless the player batches by itself. */
  readonly perCall: number;
};

/** Completions a second, and how long a call took. */
export type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number };

/** The value below which `share` of the sorted values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function figuresOf(took: readonly number[], seconds: number, perCall: number): Figures {
  return { perSecond: (took.length * perCall) / seconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}

/** So many callers, each calling again as soon as it is answered. */
export async function pressOn({ complete, perCall }: Player, callers: number, seconds: number): Promise<Figures> {
  const took: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const caller = async (n: number) => {
    for (let at = performance.now(); at < end; ) {
      await complete(n);
      const now = performance.now();
      took.push(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, n) => caller(n)));
  return figuresOf(took, (performance.now() - start) / 1000, perCall);
}

/**
 * Calls that come at a steady rate, whether or not those before are answered; how long each took is counted from when it should have come, so
 * that a stall is felt by everybody it would have kept waiting. `callers` bounds how many are under way.
 */
export async function keepComing(
  { complete, perCall }: Player,
  { perSecond, callers, seconds }: { perSecond: number; callers: number; seconds: number },
): Promise<Figures> {
  const took: number[] = [];
  const free = Array.from({ length: callers }, (_, n) => n);
  const waiting: number[] = [];
  const running = new Set<Promise<void>>();
  const begin = (caller: number, due: number) => {
    const call = complete(caller).then(() => {
      took.push(performance.now() - due);
      running.delete(call);
      const next = waiting.shift();
      if (next === undefined) free.push(caller);
      else begin(caller, next);
    });
    running.add(call);
  };
  const start = performance.now();
  const calls = Math.floor(perSecond * seconds);
  for (let sent = 0; sent < calls; ) {
    const due = start + (sent * 1000) / perSecond;
    if (due > performance.now()) {
      await sleep(1);
      continue;
    }
    sent += 1;
    const caller = free.shift();
    if (caller === undefined) waiting.push(due);
    else begin(caller, due);
  }
  while (running.size > 0) await Promise.all(running);
  return figuresOf(took, (performance.now() - start) / 1000, perCall);
}
