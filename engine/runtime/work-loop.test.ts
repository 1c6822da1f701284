import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createWorkLoop } from './work-loop.ts';

/** An engine with so many jobs waiting; remembers how often it was asked. */
function engineWith(jobs: number) {
  const seen = { waiting: jobs, asked: 0 };
  const runDueWork = async ({ limit }: { limit: number }) => {
    seen.asked += 1;
    const done = Math.min(limit, seen.waiting);
    seen.waiting -= done;
    return done;
  };
  return { seen, engine: { runDueWork } };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(1);
}

describe('the work loop', () => {
  test('goes on without a pause while there is work', async () => {
    const { seen, engine } = engineWith(25);
    const loop = createWorkLoop(engine, { pollMs: 60_000, batch: 10, workers: 1 });
    await until(() => seen.waiting === 0);
    await loop.stop();
  });

  test('looks at once when it is woken, although its poll is far away', async () => {
    const { seen, engine } = engineWith(0);
    const loop = createWorkLoop(engine, { pollMs: 60_000, workers: 1 });
    await until(() => seen.asked === 1);
    seen.waiting = 1;
    loop.wake();
    await until(() => seen.waiting === 0);
    await loop.stop();
  });

  test('does not forget a wake that came while it was working', async () => {
    let asked = 0;
    const loop = createWorkLoop(
      {
        async runDueWork() {
          asked += 1;
          await sleep(1);
          if (asked === 1) loop.wake();
          return 0;
        },
      },
      { pollMs: 60_000, workers: 1 },
    );
    await until(() => asked >= 2);
    await loop.stop();
  });

  test('finds by its poll what nobody woke it for', async () => {
    const { seen, engine } = engineWith(0);
    const loop = createWorkLoop(engine, { pollMs: 5, workers: 1 });
    await until(() => seen.asked === 1);
    seen.waiting = 1;
    await until(() => seen.waiting === 0);
    await loop.stop();
  });

  test('survives a database that is away, and reports it', async () => {
    const problems: unknown[] = [];
    let asked = 0;
    const engine = {
      async runDueWork() {
        asked += 1;
        if (asked < 3) throw new Error('connection refused');
        return 0;
      },
    };
    const loop = createWorkLoop(engine, { pollMs: 1, workers: 1, onProblem: (problem) => problems.push(problem) });
    await until(() => asked >= 3);
    await loop.stop();
    expect(problems).toHaveLength(2);
  });

  test('finishes what is under way before it stops', async () => {
    let finished = false;
    const engine = {
      async runDueWork() {
        await sleep(20);
        finished = true;
        return 0;
      },
    };
    await createWorkLoop(engine, { pollMs: 60_000 }).stop();
    expect(finished).toBe(true);
  });

  test('a slow batch does not hold up the next', async () => {
    let release = () => {};
    let rounds = 0;
    const engine = {
      async runDueWork() {
        rounds += 1;
        if (rounds === 1) await new Promise<void>((resolve) => (release = resolve));
        return rounds < 5 ? 1 : 0;
      },
    };
    const loop = createWorkLoop(engine, { pollMs: 60_000, workers: 2 });
    await until(() => rounds >= 5);
    release();
    await loop.stop();
  });

  test('batches that hang are left behind, so many and no more', async () => {
    const held: (() => void)[] = [];
    const engine = { runDueWork: () => new Promise<number>((resolve) => held.push(() => resolve(0))) };
    const loop = createWorkLoop(engine, { pollMs: 60_000, workers: 1, patienceMs: 1, beside: 2 });
    await until(() => held.length === 3);
    await sleep(20);
    expect(held).toHaveLength(3);
    held[0]?.();
    await until(() => held.length === 4);
    let stopped = false;
    const stopping = loop.stop().then(() => {
      stopped = true;
    });
    await sleep(5);
    expect(stopped).toBe(false);
    for (const release of held) release();
    await stopping;
  });
});
