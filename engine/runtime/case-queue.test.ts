import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCaseQueue } from './case-queue.ts';

test('commands of one case run one after the other, in their order', async () => {
  const queue = createCaseQueue();
  const order: string[] = [];
  const work = (name: string, ms: number) => async () => {
    order.push(`${name} begins`);
    await sleep(ms);
    order.push(`${name} ends`);
  };
  await Promise.all([queue.run('case', work('a', 10)), queue.run('case', work('b', 0))]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('cases do not wait for each other', async () => {
  const queue = createCaseQueue();
  let release = () => {};
  const held = queue.run('a', () => new Promise<void>((resolve) => (release = resolve)));
  expect(await queue.run('b', async () => 'done')).toBe('done');
  release();
  await held;
});

test('a failure stops nobody behind it', async () => {
  const queue = createCaseQueue();
  const failing = queue.run('case', async () => {
    throw new Error('broken');
  });
  const next = queue.run('case', async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});

test('a full queue refuses, and takes again when it has emptied', async () => {
  const queue = createCaseQueue(1);
  let release = () => {};
  const held = queue.run('case', () => new Promise<void>((resolve) => (release = resolve)));
  expect(await queue.run('case', async () => 'late')).toBeUndefined();
  release();
  await held;
  expect(await queue.run('case', async () => 'done')).toBe('done');
});
