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
  expect(await queue.run('b', async () => 'done')).toEqual({ ran: true, value: 'done' });
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
  expect(await next).toEqual({ ran: true, value: 'done' });
});

/** Work that goes on until it is let go. */
function heldWork() {
  let release = () => {};
  const work = () => new Promise<void>((resolve) => (release = resolve));
  return { work, release: () => release() };
}

test('a full queue refuses, and takes again when it has emptied', async () => {
  const queue = createCaseQueue({ perCase: 1 });
  const { work, release } = heldWork();
  const held = queue.run('case', work);
  expect(await queue.run('case', async () => 'late')).toEqual({ ran: false, full: 'case' });
  expect(await queue.run('other', async () => 'done')).toEqual({ ran: true, value: 'done' });
  await Promise.resolve();
  release();
  await held;
  expect(await queue.run('case', async () => 'done')).toEqual({ ran: true, value: 'done' });
});

test('a node that has too much to do refuses, whichever case it is for', async () => {
  const queue = createCaseQueue({ inAll: 1 });
  const { work, release } = heldWork();
  const held = queue.run('a', work);
  expect(await queue.run('b', async () => 'late')).toEqual({ ran: false, full: 'node' });
  release();
  await held;
  expect(await queue.run('b', async () => 'done')).toEqual({ ran: true, value: 'done' });
});

test('a command whose turn comes too late is not done any more', async () => {
  const queue = createCaseQueue({ waitMs: 5 });
  const first = queue.run('case', () => sleep(20));
  let done = false;
  const second = queue.run('case', async () => {
    done = true;
  });
  await first;
  expect(await second).toEqual({ ran: false, full: 'case' });
  expect(done).toBe(false);
});
