import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createGatherer, type Gathering } from './gather.ts';

/** A gatherer that remembers its batches, whose work ends when it is let go. */
function remembering(
  options: Partial<Pick<Gathering<string, string>, 'most' | 'underWay' | 'fullUnderWay' | 'namesOf'>> = {},
) {
  const batches: (readonly string[])[] = [];
  const held: (() => void)[] = [];
  const call = createGatherer<string, string>({
    ...{ most: 3, underWay: 1, ...options },
    async run(items) {
      batches.push(items);
      await new Promise<void>((resolve) => held.push(resolve));
      return items.map((item) => item.toUpperCase());
    },
  });
  const letGo = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      for (const release of held.splice(0)) release();
      await sleep(0);
    }
  };
  return { call, batches, letGo };
}

test('what comes at once goes together, what comes meanwhile goes next', async () => {
  const { call, batches, letGo } = remembering();
  const first = [call('a'), call('b')];
  await sleep(1);
  const second = [call('c'), call('d'), call('e'), call('f')];
  await sleep(1);
  expect(batches).toEqual([['a', 'b']]);
  await letGo();
  expect(await Promise.all([...first, ...second])).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  expect(batches).toEqual([['a', 'b'], ['c', 'd', 'e'], ['f']]);
});

test('a batch that is full goes beside those under way, one that is not waits for them', async () => {
  const { call, batches, letGo } = remembering({ fullUnderWay: 2 });
  const calls = [call('a')];
  await sleep(1);
  calls.push(call('b'), call('c'));
  await sleep(1);
  expect(batches).toEqual([['a']]);
  calls.push(call('d'), call('e'));
  await sleep(1);
  expect(batches).toEqual([['a'], ['b', 'c', 'd']]);
  calls.push(call('f'), call('g'), call('h'));
  await sleep(1);
  expect(batches).toHaveLength(2);
  await letGo();
  await Promise.all(calls);
  expect(batches).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f', 'g'], ['h']]);
});

test('what has a name in common goes one after the other, in its order', async () => {
  const { call, batches, letGo } = remembering({ namesOf: (item) => [item.slice(0, 1)] });
  const calls = [call('x1'), call('x2'), call('y1'), call('x3')];
  await letGo();
  await Promise.all(calls);
  expect(batches).toEqual([['x1', 'y1'], ['x2'], ['x3']]);
});

test('a batch that fails fails for everybody in it, and the next goes on', async () => {
  let failed = false;
  const call = createGatherer<string, string>({
    ...{ most: 10, underWay: 1 },
    async run(items) {
      if (!failed) {
        failed = true;
        throw new Error('broken');
      }
      return items;
    },
  });
  const settled = await Promise.allSettled([call('a'), call('b')]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await call('c')).toBe('c');
});

test('what one half of a batch asks for next is under way before the other half goes on', async () => {
  const steps: string[] = [];
  const call = createGatherer<string, string>({
    ...{ most: 10, underWay: 2 },
    async run(items) {
      steps.push(`run ${items.join(' ')}`);
      await sleep(20);
      return items;
    },
  });
  const twice = async (item: string) => {
    await call(`${item}1`);
    steps.push(`${item} goes on`);
    await call(`${item}2`);
  };
  await Promise.all(['a', 'b', 'c', 'd'].map(twice));
  const halves = [...['a goes on', 'b goes on', 'run a2 b2'], ...['c goes on', 'd goes on', 'run c2 d2']];
  expect(steps).toEqual(['run a1 b1 c1 d1', ...halves]);
});
