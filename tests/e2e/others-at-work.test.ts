import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { blankPackage } from '../../app/flows/blank-package.ts';
import { publish } from '../http/publish.ts';
import { signedIn, type Visitor as Unseen } from '../http/visitor.ts';
import { arrive, launchBrowser, type Visitor } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let colleague: Unseen;
let doctor: Visitor;
const key = 'ward-round';

const startCase = () => colleague.post(`/start/${key}`, { key: randomUUID() });

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  const names = { start: ['开始', 'Start'], task: ['查房', 'Round'], end: ['结束', 'End'] } as const;
  await publish(server.url, blankPackage(key, { 'zh-CN': '查房', en: 'Ward round' }, names));
  colleague = await signedIn(server.url, 'dr-wang');
  doctor = await arrive(browser, server.url, 'dr-wang');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  await startCase();
  await doctor.page.goto('/inbox?view=groups');
  await doctor.page.getByRole('link', { name: '查房' }).first().waitFor();
});

/** Longer than a page rests between two readings of what others changed. */
const untilAllIsRead = 3_000;

/** While what the page sends there is on its way, others change what the page shows, and it has read all of that before the answer comes. */
async function overtake(page: Page, path: string): Promise<void> {
  await page.route(
    (url) => url.pathname === `${path}.data`,
    async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const read = page.waitForRequest((one) => one.method() === 'GET' && /\/inbox\.data/.test(one.url()));
      expect((await startCase()).status).toBe(302);
      await read;
      await page.waitForTimeout(untilAllIsRead);
      return route.continue();
    },
  );
}

test('the language changes, whatever others do meanwhile', async () => {
  await overtake(doctor.page, '/language');
  await doctor.page.getByRole('button', { name: 'EN', exact: true }).click();
  await doctor.page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await doctor.page.getByRole('button', { name: '中文', exact: true }).click();
  await doctor.page.getByRole('heading', { name: '待办' }).waitFor();
  expect(doctor.complaints).toEqual([]);
});

test('who takes a task is led to their own, whatever others do meanwhile', async () => {
  await overtake(doctor.page, '/inbox');
  for (let taken = 0; taken < 2; taken += 1) {
    await doctor.page.getByRole('link', { name: /^我的组/ }).click();
    await doctor.page.waitForURL((url) => url.searchParams.get('view') === 'groups');
    await doctor.page.getByRole('button', { name: /^领取/ }).first().click();
    await doctor.page.waitForURL((url) => url.searchParams.get('view') === 'mine');
  }
  expect(doctor.complaints).toEqual([]);
});
