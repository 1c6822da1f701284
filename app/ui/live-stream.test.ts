import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLiveStream } from './live-stream.ts';

class FakeStream extends EventTarget {
  static readonly opened: FakeStream[] = [];
  closed = false;
  constructor() {
    super();
    FakeStream.opened.push(this);
  }
  close(): void {
    this.closed = true;
  }
  tell(type: 'open' | 'changed' | 'error'): void {
    if (!this.closed) this.dispatchEvent(new Event(type));
  }
}

class FakeDocument extends EventTarget {
  hidden = false;
  show(shown: boolean): void {
    this.hidden = !shown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const heard: string[] = [];
const listener = {
  onChange: () => void heard.push('changed'),
  onConnection: (state: string) => void heard.push(state),
};
const open = () => FakeStream.opened.filter(({ closed }) => !closed);
const last = () => {
  const stream = FakeStream.opened.at(-1);
  if (!stream) throw new Error('Expected a stream');
  return stream;
};

let page: FakeDocument;
let server: 'up' | 'down';
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  page = new FakeDocument();
  server = 'up';
  heard.length = 0;
  FakeStream.opened.length = 0;
  vi.stubGlobal('document', page);
  vi.stubGlobal('EventSource', FakeStream);
  vi.stubGlobal('fetch', async () => {
    if (server === 'down') throw new TypeError('Failed to fetch');
    return new Response();
  });
  stop = openLiveStream(listener);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The server goes away under the open stream. */
async function goAway(): Promise<void> {
  server = 'down';
  last().tell('error');
  await vi.advanceTimersByTimeAsync(0);
}

describe('a page that listens to the server', () => {
  it('hears of changes, and of nothing at first', () => {
    last().tell('open');
    expect(heard).toEqual(['open']);
    last().tell('changed');
    expect(heard).toEqual(['open', 'changed']);
  });

  it('asks for no data while the server is away, and once when it is back', async () => {
    last().tell('open');
    await goAway();
    for (let minute = 0; minute < 5; minute += 1) {
      await vi.advanceTimersByTimeAsync(60_000);
      last().tell('error');
    }
    expect(heard.filter((one) => one === 'changed')).toEqual([]);
    expect(heard.at(-1)).toBe('lost');
    server = 'up';
    await vi.advanceTimersByTimeAsync(60_000);
    last().tell('open');
    expect(heard.slice(-2)).toEqual(['open', 'changed']);
    expect(open()).toHaveLength(1);
  });

  it('tries again ever less often', async () => {
    await goAway();
    const tries: number[] = [];
    for (let second = 0; second < 120; second += 1) {
      const before = FakeStream.opened.length;
      await vi.advanceTimersByTimeAsync(1_000);
      if (FakeStream.opened.length > before) tries.push(second);
      last().tell('error');
    }
    expect(tries.length).toBeGreaterThan(8);
    expect(tries.length).toBeLessThan(40);
  });

  it('asks for its data when the server answers but refuses the stream, as after the session has ended', async () => {
    last().tell('error');
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['open', 'changed']);
  });

  it('takes a stream that never opens as refused', async () => {
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard.slice(0, 2)).toEqual(['open', 'changed']);
  });

  it('gives its connection back while it is hidden, and catches up when it is shown', () => {
    last().tell('open');
    page.show(false);
    expect(open()).toEqual([]);
    page.show(true);
    last().tell('open');
    expect(heard).toEqual(['open', 'open', 'changed']);
    expect(open()).toHaveLength(1);
  });

  it('ends for good', async () => {
    await goAway();
    stop();
    const before = FakeStream.opened.length;
    await vi.advanceTimersByTimeAsync(60_000);
    page.show(false);
    page.show(true);
    expect(FakeStream.opened).toHaveLength(before);
  });
});
