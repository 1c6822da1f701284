import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { blankPackage } from '../../app/flows/blank-package.ts';

/** A diagram of one task, as a file on disk. */
export async function diagramFile(
  folder: string,
  name: string,
  task: string,
  change = (xml: string) => xml,
): Promise<string> {
  const names = { start: ['开始', 'Start'], task: [task, 'Step'], end: ['结束', 'End'] } as const;
  const path = join(folder, `${name}.bpmn`);
  await writeFile(path, change(blankPackage(name, { 'zh-CN': '转床', en: 'Bed transfer' }, names).bpmn));
  return path;
}

/** Creates a draft, from a file where one is given. */
export async function createFlow(page: Page, key: string, file?: string): Promise<void> {
  await page.goto('/flows/new');
  await page.fill('#key', key);
  await page.fill('#titleZh', `流程 ${key}`);
  await page.fill('#titleEn', `Flow ${key}`);
  if (file) await page.setInputFiles('#file', file);
  await page.getByRole('button', { name: '创建草稿' }).click();
}

/** Waits until the modeler shows the diagram. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.modeler .djs-shape').first().waitFor();
}

/** Hands the draft in for review. */
export async function submitDraft(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.waitForURL(`**/flows/${key}`);
}

/** Publishes what was handed in; an unsound flow only on the reviewer's own word. */
export async function approve(page: Page, key: string, reason?: string): Promise<void> {
  await page.goto(`/flows/${key}/review`);
  if (reason !== undefined) await page.getByLabel('仍然发布的理由').fill(reason);
  await page.getByRole('button', { name: '批准并发布' }).click();
  await page.getByText(/已发布为第 \d+ 版/).waitFor();
}

/** Starts a case of a flow that asks for nothing. */
export async function startCase(page: Page, key: string): Promise<void> {
  await page.goto(`/start/${key}`);
  await page.getByRole('button', { name: '发起' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/start'));
}
