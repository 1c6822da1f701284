import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isConnectionLost } from './connection.ts';
import { waitingReads } from './waiting-reads.ts';

const brokenOff = () =>
  new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError('network error')) }));
const noAnswer = () => Promise.reject(new TypeError('Failed to fetch'));

/** A browser's `fetch` that gives these answers in turn, and how often it was asked. */
function answering(...answers: readonly (() => Response | Promise<Response>)[]) {
  const left = [...answers];
  return vi.fn(async () => (left.shift() ?? noAnswer)());
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { href: 'http://hospital/inbox' });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('reads of page data', () => {
  it('ask again until the whole answer is here, and say meanwhile that the server is away', async () => {
    const ask = answering(
      noAnswer,
      () => new Response('', { status: 502 }),
      () => new Response('', { status: 503 }),
      brokenOff,
      () => new Response('data'),
    );
    const read = waitingReads(ask)('/inbox.data');
    await vi.advanceTimersByTimeAsync(500);
    expect(isConnectionLost()).toBe(true);
    await vi.runAllTimersAsync();
    expect(await (await read).text()).toBe('data');
    expect(ask).toHaveBeenCalledTimes(5);
    expect(isConnectionLost()).toBe(false);
  });

  it('end when they are given up', async () => {
    const gone = new AbortController();
    const ask = answering();
    const read = waitingReads(ask)('/inbox.data', { signal: gone.signal });
    const ended = expect(read).rejects.toThrow(/abort/);
    await vi.advanceTimersByTimeAsync(100);
    gone.abort();
    await ended;
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('pass on what the server refuses', async () => {
    const refused = await waitingReads(answering(() => new Response('', { status: 500 })))('/inbox.data');
    expect(refused.status).toBe(500);
  });
});

describe('everything else', () => {
  it.each([
    ['what is sent', '/tasks/1.data', { method: 'POST' }],
    ['another address', '/health/live', undefined],
  ])('fails at once: %s', async (_, address, init) => {
    const ask = answering();
    await expect(waitingReads(ask)(address, init)).rejects.toThrow('Failed to fetch');
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
