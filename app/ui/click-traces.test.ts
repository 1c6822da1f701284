import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseTraceparent } from '../telemetry/traceparent.ts';
import { tracedFetch } from './click-traces.ts';

beforeEach(() => void vi.stubGlobal('location', { href: 'http://hospital/inbox' }));
afterEach(() => void vi.unstubAllGlobals());

/** A page somebody clicks on, and the headers of what it asks for. */
function openPage() {
  const page = new EventTarget();
  const sent: Headers[] = [];
  let time = 0;
  const ask = tracedFetch(
    async (input, init) => {
      sent.push(new Request(new URL(input instanceof Request ? input.url : input, location.href), init).headers);
      return new Response();
    },
    page,
    () => time,
  );
  return {
    ask,
    act: (kind: string) => page.dispatchEvent(new Event(kind)),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    traces: () => sent.map((headers) => parseTraceparent(headers.get('traceparent') ?? undefined)),
    sent,
  };
}

it('what a page asks for after a click belongs to one trace that is to be followed; the next click begins another', async () => {
  const { ask, act, traces } = openPage();
  act('click');
  await ask('/tasks/1.data', { method: 'POST' });
  await ask('http://hospital/inbox.data');
  act('submit');
  await ask(new URL('http://hospital/start/x'), { method: 'POST' });
  const [first, second, third] = traces();
  expect(first).toMatchObject({ traceFlags: 1 });
  expect(second).toEqual(first);
  expect(third?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(third?.traceId).not.toBe(first?.traceId);
});

it('keeps the headers that are there', async () => {
  const { ask, act, sent } = openPage();
  act('click');
  await ask('/flows/x/draft', { method: 'POST', headers: { 'content-type': 'application/json' } });
  await ask(new Request('http://hospital/flows/x/draft', { method: 'POST', headers: { 'x-csrf-token': 't' } }));
  expect(sent.map((headers) => [headers.get('content-type'), headers.get('x-csrf-token')])).toEqual([
    ['application/json', null],
    [null, 't'],
  ]);
});

it('leaves alone what nobody clicked for, what came long after, and other hosts', async () => {
  const { ask, act, pass, traces } = openPage();
  await ask('/inbox.data');
  act('click');
  await ask('http://elsewhere/inbox.data');
  pass(10_001);
  await ask('/inbox.data');
  expect(traces()).toEqual([undefined, undefined, undefined]);
});
