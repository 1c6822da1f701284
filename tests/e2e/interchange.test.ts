import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankPackage } from '../../app/flows/blank-package.ts';
import { decodeXml, factsOf, missingFacts } from '../../engine/interchange/index.ts';
import { arrive, launchBrowser, picture, type Visitor } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const folder = join(import.meta.dirname, '../../../shared/conformance/interchange');
const models = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bpmn')) : [];

let server: ServerProcess;
let browser: Browser;
let owner: Visitor;
let reviewer: Visitor;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  [owner, reviewer] = await Promise.all([arrive(browser, server.url, 'po-lu'), arrive(browser, server.url, 'pr-su')]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function importFile(page: Page, key: string, file: string): Promise<void> {
  await page.goto('/flows/new');
  await page.fill('#key', key);
  await page.fill('#titleZh', `流程 ${key}`);
  await page.fill('#titleEn', `Flow ${key}`);
  await page.setInputFiles('#file', file);
  await page.getByRole('button', { name: '创建草稿' }).click();
  const drawn = page.locator('.modeler .djs-shape').first();
  const translated = page.getByRole('link', { name: '打开编辑器' });
  await drawn.or(translated).waitFor();
  if (await translated.isVisible()) await translated.click();
  await drawn.waitFor();
}

/** Draws one more thing, as a person would: an element from the palette, set down where nothing is. */
async function draw(page: Page): Promise<void> {
  await page.locator('.djs-palette [data-action="create.group"]').click();
  const area = await page.locator('.modeler-canvas').boundingBox();
  await page.mouse.click((area?.x ?? 0) + (area?.width ?? 0) - 60, (area?.y ?? 0) + 60);
  await page.getByText('未保存').waitFor();
}

async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('草稿已保存').waitFor();
}

const foreign = (xml: string) =>
  xml
    .replace('<bpmn:definitions', '<!-- by hand -->\n<bpmn:definitions xmlns:acme="urn:acme:1" acme:tool="x"')
    .replace('<bpmn:userTask ', '<bpmn:userTask startQuantity="1" acme:colour="red" ')
    .replace('</bpmn:extensionElements>', '<acme:note><![CDATA[a < b]]></acme:note></bpmn:extensionElements>');

describe('a diagram of another tool', () => {
  test('comes out of import, drawing, saving, publication and export with everything it had', async () => {
    const names = { start: ['开始', 'Start'], task: ['第一行&#10;第二行', 'Step'], end: ['结束', 'End'] } as const;
    const source = foreign(blankPackage('foreign', { 'zh-CN': '外来', en: 'Foreign' }, names).bpmn);
    const file = join(server.dataDir, 'foreign.bpmn');
    await writeFile(file, source);
    await importFile(owner.page, 'foreign', file);
    expect(await exported(owner.page)).toBe(source);
    await draw(owner.page);
    await save(owner.page);
    await owner.page.getByRole('button', { name: '提交审核' }).click();
    await owner.page.waitForURL('**/flows/foreign');
    await reviewer.page.goto('/flows/foreign/review');
    await reviewer.page.getByRole('button', { name: '批准并发布' }).click();
    await reviewer.page.getByText(/已发布为第 \d+ 版/).waitFor();
    await owner.page.goto('/flows/foreign/edit');
    await owner.page.locator('.modeler .djs-shape').first().waitFor();
    const published = await exported(owner.page);
    expect(missingFacts(factsOf(source), factsOf(published))).toEqual([]);
    expect(published).toContain('<!-- by hand -->');
    expect(published).toMatch(/<(\w+:)?group /);
  });

  test('that speaks of another engine is told how it is read', async () => {
    const names = { start: ['开始', 'Start'], task: ['步骤', 'Step'], end: ['结束', 'End'] } as const;
    const source = blankPackage('spoken', { 'zh-CN': '外来', en: 'Foreign' }, names)
      .bpmn.replace('<bpmn:userTask ', `<bpmn:userTask c7:assignee="\${boss}" c7:class="x.Y" `)
      .replace('<bpmn:definitions', '<bpmn:definitions xmlns:c7="http://camunda.org/schema/1.0/bpmn"');
    const file = join(server.dataDir, 'spoken.bpmn');
    await writeFile(file, source);
    await owner.page.goto('/flows/new');
    await owner.page.fill('#key', 'spoken');
    await owner.page.fill('#titleZh', '流程');
    await owner.page.fill('#titleEn', 'Flow');
    await owner.page.setInputFiles('#file', file);
    await owner.page.getByRole('button', { name: '创建草稿' }).click();
    await owner.page.getByText('按 zeebe:AssignmentDefinition assignee="=boss" 理解').waitFor();
    await owner.page.getByText('它指向一段程序').waitFor();
    await picture(owner.page, 'flow-imported');
    await owner.page.getByRole('link', { name: '打开编辑器' }).click();
    await owner.page.locator('.modeler .djs-shape').first().waitFor();
  });

  test.each(models)('%s is opened, changed, saved and exported without loss', async (name) => {
    const decoded = decodeXml(readFileSync(join(folder, name)));
    const source = decoded.ok ? decoded.text : '';
    const key = `model-${name.replace(/\W/g, '-').toLowerCase()}`;
    await importFile(owner.page, key, join(folder, name));
    await draw(owner.page);
    await save(owner.page);
    await owner.page.reload();
    await owner.page.locator('.modeler .djs-shape').first().waitFor();
    const saved = await exported(owner.page);
    expect(saved).toMatch(/<(\w+:)?group /);
    expect(missingFacts(factsOf(source), factsOf(saved))).toEqual([]);
  });
});
