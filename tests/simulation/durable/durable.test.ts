import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../../engine/index.ts';
import { callPoints, faultPoints } from './fault-points.ts';
import { knownBadSeeds } from './known-bad-seeds.ts';
import { plantedBugs } from './planted/index.ts';
import { playInMemory } from './play-many.ts';
import { shorten } from './shorten.ts';
import { simulateDurable } from './simulate-durable.ts';

test('2,000 schedules: nothing lost, doubled or falsified, everything comes to its end, every planted bug is caught', {
  timeout: 600_000,
}, async () => {
  const figures = await simulateDurable({ schedules: 2_000, seed: 1, threads: 2 });
  expect(figures.violations).toEqual([]);
  expect(figures.shortened).toBeUndefined();
  expect(figures.planted.filter(({ caught }) => !caught)).toEqual([]);
  expect(figures.planted.length).toBe(plantedBugs.length);
  expect(figures.sameTraceAgain).toBe(true);
  expect(figures.faultPoints.filter(({ hits }) => hits === 0)).toEqual([]);
});

test('there are at least 25 planted bugs, and every name stands for one thing', () => {
  expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
  expect(plantedBugs.length).toBeGreaterThanOrEqual(25);
  expect(new Set(faultPoints).size).toBe(faultPoints.length);
});

test('every call of a store waits for its turn, but those no node makes while it works', () => {
  const { tables: _, ...stores } = createMemoryStore();
  const methods = Object.entries(stores).flatMap(([store, port]) =>
    Object.keys(port).map((name) => `${store}.${name}`),
  );
  const atRest = ['definitions.publish', 'jobs.returnLeases', 'jobs.nextDue'];
  const calls: readonly string[] = callPoints;
  // Work over many cases is no story of the simulation; tests/engine plays it.
  const unplayed = 'batches.';
  expect(
    methods.filter((name) => !calls.includes(name) && !atRest.includes(name) && !name.startsWith(unplayed)),
  ).toEqual([]);
});

test.each(knownBadSeeds)('seed $seed stays good: $what', async ({ seed }) => {
  expect((await playInMemory(seed)).violations).toEqual([]);
});

describe('a schedule', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('goes the same way whatever the clock, the dice and the stopwatch of the machine say, and waits for none of its timers', async () => {
    const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
    const before: string[] = [];
    for (const seed of seeds) before.push((await playInMemory(seed)).traceHash);
    vi.stubGlobal('Date', dateIn(2001));
    vi.stubGlobal(
      'Math',
      instead(Math, 'random', () => 0.5),
    );
    vi.stubGlobal('performance', { now: () => 0 });
    const refuse = () => {
      throw new Error('Expected a schedule not to wait for the machine');
    };
    for (const name of ['setTimeout', 'setInterval']) vi.stubGlobal(name, refuse);
    const after: string[] = [];
    for (const seed of seeds) after.push((await playInMemory(seed)).traceHash);
    expect(after).toEqual(before);
  });

  test('that is violated is told with no more faults than it takes', async () => {
    // Without a violation there is nothing to leave out: every fault stands.
    const { kept, result } = await shorten(1);
    expect(result.violations).toEqual([]);
    expect(kept).toEqual([]);
  });
});

/** A machine whose clock stands in a year long past. */
function dateIn(year: number): DateConstructor {
  const then = Date.UTC(year, 0);
  return new Proxy(
    instead(Date, 'now', () => then),
    { construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [then] : args, newTarget) },
  );
}

function instead<T extends object>(object: T, name: string, value: () => number): T {
  return new Proxy(object, { get: (target, asked) => (asked === name ? value : Reflect.get(target, asked)) });
}
