import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const artifacts = fileURLToPath(new URL('../.artifacts', import.meta.url));

/** Debian's Chromium, without the background traffic that a closed network would only refuse. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A person at a ward computer: 1366×768, hospital time. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page: exceptions, console errors, requests to other hosts. */
  readonly complaints: readonly string[];
};

/**
 * What a browser's console calls an error though nothing is wrong: refusals a test asks for, and the router's report that it gave
 * up reading a page's data because a later navigation overtook it (single-fetch logs the abort it made itself).
 */
const expected = /status of 4\d\d|^AbortError: signal is aborted without reason/;

/** Opens a browser window for one person, signed in. */
export async function arrive(browser: Browser, baseUrl: string, personId: string): Promise<Visitor> {
  const visitor = await openVisitor(browser, baseUrl);
  await signIn(visitor.page, personId);
  return visitor;
}

/** Opens a browser window for one person. */
export async function openVisitor(browser: Browser, baseUrl: string): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 1366, height: 768 },
    timezoneId: 'Asia/Shanghai',
    locale: 'zh-CN',
  });
  // Two cores may have to carry a browser, a server and a database while other work goes on.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== new URL(baseUrl).host)
      complaints.push(`foreign request: ${url.host}`);
  });
  return { page, context, complaints };
}

/** Signs a demo person in through the login page. */
export async function signIn(page: Page, personId: string): Promise<void> {
  await page.goto('/login');
  await page.fill('#loginName', personId);
  await page.fill('#password', 'meridian-demo');
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith('/login')),
    page.click('button[type=submit].ant-btn-primary'),
  ]);
}

/** Keeps a picture of the page in `tests/.artifacts/<name>.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`), timeout: 10_000 });
}

/** Keeps a text in `tests/.artifacts/<name>`. */
export async function keepText(name: string, text: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await writeFile(join(artifacts, name), text);
}
