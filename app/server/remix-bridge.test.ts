import express from 'express';
import { expect, test } from 'vitest';
import { sendWebResponse } from './remix-bridge.ts';

async function headersOf(answer: Response): Promise<Headers> {
  const app = express();
  app.get('/', (_request, response) => void sendWebResponse(response, answer));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { headers } = await fetch(`http://127.0.0.1:${port}/`);
  server.close();
  return headers;
}

test('who is turned away for the moment is told when to come again', async () => {
  expect((await headersOf(new Response('', { status: 503 }))).get('retry-after')).toBe('3');
  expect((await headersOf(new Response('', { status: 503, headers: { 'Retry-After': '9' } }))).get('retry-after')).toBe(
    '9',
  );
  expect((await headersOf(new Response('', { status: 200 }))).get('retry-after')).toBeNull();
});
