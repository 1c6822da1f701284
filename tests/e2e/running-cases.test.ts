import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { arrive, keepText, launchBrowser, picture, type Visitor } from './browser.ts';
import { showIn } from './hospital.ts';
import { approve, createFlow, diagramFile, startCase, submitDraft, untilDrawn } from './publish-flow.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let owner: Visitor;
let second: Visitor;
let doctor: Visitor;
const key = 'ward-round';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ SECOND_PERSON_ABOVE: '1' }), launchBrowser()]);
  [owner, second, doctor] = await Promise.all([
    arrive(browser, server.url, 'po-lu'),
    arrive(browser, server.url, 'sa-jiang'),
    arrive(browser, server.url, 'dr-wang'),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function publishVersion(): Promise<void> {
  const reviewer = await arrive(browser, server.url, 'pr-su');
  await submitDraft(owner.page, key);
  await approve(reviewer.page, key);
  await reviewer.page.close();
}

/** Nothing on the page keeps people from working. */
async function isUsable(page: Page, name: string): Promise<void> {
  await picture(page, `running-cases-${name}`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const barriers = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(barriers.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)).toEqual(
    [],
  );
}

describe('running cases', { timeout: 600_000 }, () => {
  test('are moved to another version after a dry run, by two persons, and changed one by one', async () => {
    onTestFailed(async () => {
      await keepText('running-cases-server.log', server.output());
      for (const [name, { page }] of Object.entries({ owner, second, doctor })) await picture(page, `failed-${name}`);
    });
    await createFlow(owner.page, key, await diagramFile(server.dataDir, 'first', '查房'));
    await untilDrawn(owner.page);
    await publishVersion();
    await startCase(doctor.page, key);
    await startCase(doctor.page, key);
    await owner.page.goto(`/flows/${key}/edit`);
    await untilDrawn(owner.page);
    await owner.page.setInputFiles(
      '.flow-editor input[type=file]',
      await diagramFile(server.dataDir, 'second', '主任查房'),
    );
    await owner.page.getByText('主任查房').first().waitFor();
    await publishVersion();

    const { page } = owner;
    await page.goto('/operations');
    await page.getByRole('link', { name: '批量操作' }).press('Enter');
    await page.getByText('还没有批量操作。').waitFor();
    await isUsable(page, 'batches');
    await page.getByRole('link', { name: '事项转到新版本' }).press('Enter');
    await page.locator('select[name=flow]').selectOption(key);
    await page.getByRole('button', { name: '显示对照表' }).press('Enter');
    await page.getByText('编号相同').first().waitFor();
    await isUsable(page, 'mapping');
    await page.getByRole('button', { name: /开始试算/ }).press('Enter');
    await page.getByText('更改在办事项必须说明理由').waitFor();
    await page.getByRole('textbox', { name: '理由' }).fill('查房改由主任进行');
    await page.getByRole('button', { name: '开始试算（2 个在办事项）' }).press('Enter');
    await page.getByText('试算完成').waitFor();
    await page.getByText('将按新版本重新发出').first().waitFor();
    await page.getByText('涉及 2 个事项，须由另一位').waitFor();
    expect(await page.getByRole('button', { name: /^执行/ }).count()).toBe(0);
    await isUsable(page, 'dry-run');
    await page.getByRole('link', { name: '不可以' }).press('Enter');
    await page.getByText('没有事项。').waitFor();
    await page.getByRole('button', { name: '申请另一人批准' }).press('Enter');
    await page.getByText('等待另一人批准').waitFor();

    await second.page.goto('/operations/batches');
    await second.page.locator('tbody a').first().press('Enter');
    await second.page.getByText('请核对后批准执行').waitFor();
    await isUsable(second.page, 'release');
    await second.page.getByRole('checkbox', { name: '确认将 2 个事项转到新版本' }).press('Space');
    await second.page.getByRole('button', { name: '执行（2 项）' }).press('Enter');
    await second.page.getByText('已完成 2，被拒绝 0').waitFor();
    await isUsable(second.page, 'done');
    const [report] = await Promise.all([
      second.page.waitForEvent('download'),
      second.page.getByRole('link', { name: /CSV/ }).click(),
    ]);
    expect((await readFile(await report.path(), 'utf8')).match(/"已完成"/g)).toHaveLength(2);

    await doctor.page.goto('/inbox?view=groups');
    await expect.poll(() => doctor.page.getByRole('link', { name: '主任查房' }).count()).toBe(2);

    await page.goto(`/cases?flow=${key}`);
    await page.locator('tbody a').first().click();
    await page.getByText('第 2 版').waitFor();
    await page.getByRole('link', { name: '更改此事项' }).press('Enter');
    const token = page.getByLabel('更改“主任查房”');
    await token.selectOption('cancel');
    await page.getByRole('button', { name: '预览' }).press('Enter');
    await page.getByText('更改后事项中将没有任何待办内容').waitFor();
    await token.selectOption({ label: '主任查房' });
    await page.getByRole('button', { name: '预览' }).press('Enter');
    await page.getByRole('heading', { name: '将关闭' }).waitFor();
    await isUsable(page, 'change');
    await page.getByRole('textbox', { name: '理由' }).fill('重新发出任务');
    await page.getByRole('button', { name: '确认更改' }).press('Enter');
    await page.locator('.case-page').waitFor();
    await showIn(page, 'en');
    await page.getByRole('link', { name: 'Change this case' }).press('Enter');
    await page.getByRole('heading', { name: 'Change this case' }).waitFor();
    await isUsable(page, 'change-en');
    expect([...owner.complaints, ...second.complaints]).toEqual([]);
  });

  test('are not changed by people without the role', async () => {
    await doctor.page.goto('/operations/batches');
    await doctor.page.locator('.error-page').waitFor();
    await doctor.page.goto(`/cases?flow=${key}`);
    await doctor.page.locator('tbody a').first().click();
    await doctor.page.locator('.case-page').waitFor();
    expect(await doctor.page.getByRole('link', { name: '更改此事项' }).count()).toBe(0);
  });
});
