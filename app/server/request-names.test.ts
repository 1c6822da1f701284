import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, it } from 'vitest';
import { nameRequests, requestUnderWay } from './request-names.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ofProxy = '4bf92f3577b34da6a3ce929d0e0e4736';
let close = () => {};
afterEach(() => close());

/** What a request is called in its answer, and while it is worked on, behind so many proxies. */
async function named(proxies: number, called?: string): Promise<readonly [string | null, string]> {
  const app = express();
  app.set('trust proxy', proxies);
  app.use(nameRequests());
  app.get('/', async (_request, response) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    response.send(requestUnderWay());
  });
  const server = app.listen(0, '127.0.0.1');
  close = () => void server.close();
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const headers: Record<string, string> = called === undefined ? {} : { 'x-request-id': called };
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
  return [answer.headers.get('x-request-id'), await answer.text()];
}

it('calls a request the same in its answer and in the log', async () => {
  const [answered, logged] = await named(0);
  expect(answered).toMatch(uuid);
  expect(logged).toBe(answered);
  expect(requestUnderWay()).toBeUndefined();
});

it.each([ofProxy, ofProxy.toUpperCase(), '4bf92f35-77b3-4da6-a3ce-929d0e0e4736'])(
  'keeps what a trusted proxy called it: %s',
  async (called) => {
    expect(await named(1, called)).toEqual([called.toLowerCase(), called.toLowerCase()]);
  },
);

it('believes nobody else', async () => {
  const [answered] = await named(0, ofProxy);
  expect(answered).toMatch(uuid);
  expect(answered).not.toBe(ofProxy);
});

it.each(['P000001', 'x'.repeat(32), `${ofProxy}0`, `${ofProxy}, ${ofProxy}`, '4bf92f35-77b34da6-a3ce-929d0e0e4736'])(
  'takes no name that is not well formed: %s',
  async (called) => {
    const [answered] = await named(1, called);
    expect(answered).toMatch(uuid);
  },
);
