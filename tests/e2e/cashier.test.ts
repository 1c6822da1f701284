import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrive, launchBrowser, picture, type Visitor } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let clerk: Visitor;
let auditor: Visitor;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  clerk = await arrive(browser, server.url, 'cs-hu');
  auditor = await arrive(browser, server.url, 'fa-lin');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Once the page's scripts run; before, a click is a plain form's. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

describe('the charge office', () => {
  test('a clerk opens a shift with a float and closes it by a cash count', async () => {
    const { page } = clerk;
    await visit(page, '/cashier');
    await page.fill('#float', '三百');
    await page.getByRole('button', { name: '开班' }).click();
    await page.getByText('备用金应为金额').waitFor();
    await page.fill('#float', '300.50');
    await page.getByRole('button', { name: '开班' }).click();
    await page.getByText('备用金 ¥300.50').waitFor();
    await expectAccessible(page);
    await page.fill('#count-10000', '3');
    expect(await page.locator('.till-sums').textContent()).toContain('-¥0.50');
    await page.fill('#note', '少五角');
    await picture(page, 'cashier-closing');
    await page.getByRole('button', { name: '清点无误，交班' }).click();
    await page.getByRole('heading', { name: '交班单' }).waitFor();
    expect(await page.locator('.till-sums').textContent()).toContain('少五角');
    await expectAccessible(page);
  });

  test('a sale is found by the patient’s number, which stands in no address', async () => {
    const { page } = clerk;
    await visit(page, '/cashier');
    await page.fill('#find-sale', 'P000003');
    await page.getByRole('button', { name: '查找收费单' }).click();
    await page.getByRole('link', { name: 'PIN-DRUG-01' }).waitFor();
    expect(page.url()).not.toContain('P000003');
    await page.getByRole('link', { name: 'PIN-DRUG-01' }).click();
    await page.getByRole('heading', { name: '收费单 PIN-DRUG-01' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('统筹基金');
    await expectAccessible(page);
    await picture(page, 'cashier-sale');
  });

  test('the second copy of a receipt says 补打', async () => {
    const { page } = clerk;
    await page.addInitScript(() => {
      window.print = () => {};
    });
    await visit(page, '/cashier/sales/PIN-DRUG-01/print/receipt');
    await page.getByRole('button', { name: '打印' }).click();
    await page.getByText('已打印 1 次').waitFor();
    expect(await page.locator('.sale-sheet').textContent()).not.toContain('补打');
    await page.getByRole('button', { name: '补打' }).click();
    await page.locator('.sale-sheet').getByText('补打 1').waitFor();
    await expectAccessible(page);
    await picture(page, 'cashier-receipt');
  });

  test('finance sees every shift and the day’s settlement; a clerk only the own shifts', async () => {
    // The morning's shift is of yesterday where this runs just after midnight.
    await visit(auditor.page, '/cashier/shifts/SH-clerk-ma-001');
    const [day] = (await auditor.page.locator('.shift-sheet').textContent())?.match(/\d{4}-\d\d-\d\d/) ?? [];
    await visit(auditor.page, `/cashier/shifts?day=${day}`);
    await auditor.page.getByText('日结单').waitFor();
    expect(await auditor.page.locator('main').textContent()).toContain('马丽');
    await expectAccessible(auditor.page);
    await picture(auditor.page, 'cashier-day');
    const other = await arrive(browser, server.url, 'clerk-zhu');
    await visit(other.page, `/cashier/shifts?day=${day}`);
    expect(await other.page.locator('main').textContent()).not.toContain('马丽');
    const foreign = await other.page.goto('/cashier/shifts/SH-clerk-ma-001');
    expect(foreign?.status()).toBe(403);
  });

  test('somebody without a till is refused', async () => {
    const doctor = await arrive(browser, server.url, 'dr-wang');
    for (const path of [
      '/cashier',
      '/cashier/shifts',
      '/cashier/sales/PIN-DRUG-01',
      '/cashier/sales/PIN-DRUG-01/print/receipt',
    ]) {
      expect((await doctor.page.goto(path))?.status()).toBe(403);
    }
  });

  test('the simulators say what they are, take a failure and send a message', async () => {
    const { page } = clerk;
    await visit(page, '/simulators');
    expect(await page.locator('main').textContent()).toContain('账一致');
    await page.selectOption('#connector', 'payment.refund');
    await page.selectOption('#answer', 'timeout-after-success');
    await page.getByRole('button', { name: '注入' }).click();
    await page.getByText('故障已注入').waitFor();
    await page.getByRole('button', { name: '全部清除' }).click();
    await page.getByText('已清除').waitFor();
    await page.fill('#key', 'no-such-order');
    await page.getByRole('button', { name: '发送' }).click();
    await page.getByText('消息已发送').waitFor();
    await expectAccessible(page);
  });

  test('nothing went wrong in the browser', () => {
    expect([...clerk.complaints, ...auditor.complaints]).toEqual([]);
  });
});
