import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrive, launchBrowser, picture, type Visitor } from './browser.ts';
import { approve, createFlow, diagramFile, startCase, submitDraft, untilDrawn } from './publish-flow.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const foreignModel = fileURLToPath(
  new URL(
    '../../../shared/conformance/models/operaton/event/error/BoundaryErrorEventTest.testCatchErrorOnEmbeddedSubprocess.bpmn20.xml',
    import.meta.url,
  ),
);

let server: ServerProcess;
let browser: Browser;
let owner: Visitor;
let reviewer: Visitor;
let doctor: Visitor;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  [owner, reviewer, doctor] = await Promise.all([
    arrive(browser, server.url, 'po-lu'),
    arrive(browser, server.url, 'pr-su'),
    arrive(browser, server.url, 'dr-wang'),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens the task of this name from the inbox and sends its form as it stands. */
async function finishTask(page: Page, name: string): Promise<void> {
  await page.goto('/inbox?view=groups');
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/tasks'));
}

describe('the modeler', () => {
  test.skipIf(!existsSync(foreignModel))(
    'a diagram drawn elsewhere is imported, published, started and worked to its end',
    async () => {
      await createFlow(owner.page, 'drawn-elsewhere', foreignModel);
      await untilDrawn(owner.page);
      await picture(owner.page, 'modeler-imported');
      await submitDraft(owner.page, 'drawn-elsewhere');
      // Its sub-process can only fail, so no case comes to the end event behind it: the reviewer is asked to answer for that.
      await reviewer.page.goto('/flows/drawn-elsewhere/review');
      await reviewer.page.getByRole('button', { name: '批准并发布' }).click();
      await reviewer.page.getByText('流程存在问题，发布前请说明理由。').waitFor();
      await reviewer.page.getByRole('button', { name: '演示' }).first().click();
      await reviewer.page.getByText(/第 1 步，共 \d+ 步/).waitFor();
      await approve(reviewer.page, 'drawn-elsewhere', '子流程只会以错误结束，其后的结束事件可以不到达。');
      await startCase(doctor.page, 'drawn-elsewhere');
      await finishTask(doctor.page, 'subprocessTask');
      await finishTask(doctor.page, 'task after catching the error');
      await doctor.page.goto('/cases?flow=drawn-elsewhere&status=ended');
      await expect.poll(() => doctor.page.locator('tbody tr').count()).toBe(1);
    },
  );

  test('a change is published after a second person approved exactly it; running cases keep their version', async () => {
    const key = 'bed-transfer';
    await createFlow(owner.page, key, await diagramFile(server.dataDir, 'first', '旧步骤'));
    await untilDrawn(owner.page);
    await submitDraft(owner.page, key);
    await approve(reviewer.page, key);
    await startCase(doctor.page, key);

    await owner.page.goto(`/flows/${key}/edit`);
    await untilDrawn(owner.page);
    await owner.page.setInputFiles(
      '.flow-editor input[type=file]',
      await diagramFile(server.dataDir, 'second', '新步骤'),
    );
    await owner.page.getByText('新步骤').first().waitFor();
    await submitDraft(owner.page, key);
    await reviewer.page.goto(`/flows/${key}/review`);
    await reviewer.page.getByRole('cell', { name: '新步骤' }).waitFor();
    await approve(reviewer.page, key);
    await startCase(doctor.page, key);

    await doctor.page.goto('/inbox?view=groups');
    await expect.poll(() => doctor.page.getByRole('link', { name: '旧步骤' }).count()).toBe(1);
    await expect.poll(() => doctor.page.getByRole('link', { name: '新步骤' }).count()).toBe(1);
    await owner.page.goto(`/flows/${key}`);
    await owner.page.getByText('第 2 版').first().waitFor();
  });

  test('nobody approves what they edited themselves', async () => {
    await createFlow(reviewer.page, 'own-work');
    await untilDrawn(reviewer.page);
    await submitDraft(reviewer.page, 'own-work');
    await reviewer.page.goto('/flows/own-work/review');
    await reviewer.page.getByText('不能审核自己编辑或提交的内容').waitFor();
    expect(await reviewer.page.getByRole('button', { name: '批准并发布' }).count()).toBe(0);
  });

  test('a service task that names no job is refused by name, and a file that is no BPMN changes nothing', async () => {
    const unsupported = await diagramFile(server.dataDir, 'unsupported', '步骤', (xml) =>
      xml.replaceAll('bpmn:userTask', 'bpmn:serviceTask').replace('<zeebe:userTask />', ''),
    );
    await createFlow(owner.page, 'refused', unsupported);
    await untilDrawn(owner.page);
    await owner.page.getByRole('tab', { name: /检查结果/ }).click();
    await owner.page.getByRole('button', { name: '定位 Task_1' }).first().waitFor();
    expect(await owner.page.getByRole('button', { name: '提交审核' }).isDisabled()).toBe(true);

    const broken = await diagramFile(server.dataDir, 'broken', '步骤', (xml) => xml.slice(0, xml.length / 2));
    await createFlow(owner.page, 'broken-file', broken);
    await owner.page.getByText('这个文件不是可读的 BPMN').waitFor();
    await owner.page.goto('/flows');
    expect(await owner.page.getByText('broken-file').count()).toBe(0);
  });

  test('a flow that can get stuck is shown how, and published only by somebody who says why', async () => {
    const { page } = owner;
    // A task that begins when two tokens have come, where only one ever comes.
    const stuck = await diagramFile(server.dataDir, 'stuck', '步骤', (xml) =>
      xml.replace('<bpmn:userTask ', '<bpmn:userTask startQuantity="2" '),
    );
    await createFlow(page, 'stuck', stuck);
    await untilDrawn(page);
    await page.getByRole('tab', { name: /检查结果/ }).click();
    await page.getByRole('button', { name: '演示' }).first().click();
    const run = page.getByRole('region', { name: '演示问题的运行过程' });
    await run.getByText(/^第 1 步/).waitFor();
    await run.getByRole('button', { name: '下一步' }).click();
    await run.getByText(/^第 2 步/).waitFor();
    await picture(page, 'modeler-stuck');
    await submitDraft(page, 'stuck');

    await reviewer.page.goto('/flows/stuck/review');
    await reviewer.page.getByRole('button', { name: '批准并发布' }).click();
    await reviewer.page.getByText('流程存在问题，发布前请说明理由').waitFor();
    await reviewer.page.getByLabel('仍然发布的理由').fill('试运行，由科室人工处理');
    await picture(reviewer.page, 'modeler-stuck-review');
    await reviewer.page.getByRole('button', { name: '批准并发布' }).click();
    await reviewer.page.getByText(/已发布为第 \d+ 版/).waitFor();
    await page.goto('/flows/stuck');
    await page.getByText('试运行，由科室人工处理').waitFor();
  });

  test('a form is edited beside its preview and saved with the draft', async () => {
    const { page } = owner;
    await createFlow(page, 'with-form');
    await untilDrawn(page);
    await page.getByRole('tab', { name: '表单' }).click();
    await page.getByPlaceholder('新表单 ID').fill('request');
    await page.getByRole('button', { name: '添加' }).click();
    const schema = { type: 'object', properties: { bed: { type: 'string', title: '目标床号', maxLength: 10 } } };
    await page.getByLabel('JSON Schema').fill(JSON.stringify(schema));
    await page.locator('.form-workbench-preview').getByText('目标床号').waitFor();
    await picture(page, 'modeler-form');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('草稿已保存').waitFor();
    await page.reload();
    await page.getByRole('tab', { name: '表单' }).click();
    await page.locator('.form-workbench-preview').getByText('目标床号').waitFor();
  });

  test('the bpmn.io watermark is visible and nothing in the pages complains', async () => {
    await owner.page.goto('/flows/with-form/edit');
    await untilDrawn(owner.page);
    const mark = owner.page.locator('.bjs-powered-by');
    expect(await mark.isVisible()).toBe(true);
    await mark.click({ trial: true });
    expect([...owner.complaints, ...reviewer.complaints, ...doctor.complaints]).toEqual([]);
  });
});
