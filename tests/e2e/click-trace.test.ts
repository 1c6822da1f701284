import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReceiver } from '../http/otlp-receiver.ts';
import { arrive, launchBrowser } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let server: ServerProcess;
let browser: Browser;
beforeAll(async () => {
  receiver = await startReceiver();
  [server, browser] = await Promise.all([startServer({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await receiver?.close();
});

test('a click begins the trace that the server goes on with', async () => {
  const { page, complaints } = await arrive(browser, server.url, 'dr-wang');
  const isAlive = () => Reflect.get(window, '__remixRouter') !== undefined;
  await page.waitForFunction(isAlive);
  const asked = page.waitForRequest((request) => request.url().includes('.data'));
  await page.click('a[href="/start"]');
  const [, traceId, spanId] = /^00-(.{32})-(.{16})-01$/.exec((await asked).headers().traceparent ?? '') ?? [];
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  await expect
    .poll(() => receiver.spans().find((span) => span.traceId === traceId)?.parentSpanId, { timeout: 60_000 })
    .toBe(spanId);

  const failed = page.waitForResponse((response) => response.url().includes('/nowhere'));
  await page.evaluate(() => Reflect.get(window, '__remixRouter').navigate('/nowhere'));
  const called = (await failed).headers()['x-request-id'] ?? '';
  await page.getByText(called.slice(0, 8), { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});
