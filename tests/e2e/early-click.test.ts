import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openVisitor } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Clicks without pause from the moment the page can be seen until it has come alive. */
function clickUntilAlive(): void {
  const { port1, port2 } = new MessageChannel();
  const alive = () => Reflect.get(window, '__remixRouter') !== undefined;
  port2.onmessage = () => {
    document.body?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    if (!alive()) port1.postMessage(undefined);
  };
  port1.postMessage(undefined);
}

test('a click before the page has come alive does no harm', async () => {
  const { page, complaints } = await openVisitor(browser, server.url);
  await page.addInitScript(clickUntilAlive);
  for (let visit = 0; visit < 5; visit += 1) {
    await page.goto('/login');
    await page.waitForFunction(() => Reflect.get(window, '__remixRouter') !== undefined);
  }
  expect(complaints).toEqual([]);
});
