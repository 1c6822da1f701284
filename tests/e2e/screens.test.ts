import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { openVisitor, picture } from './browser.ts';
import { type Hospital, type Language, openHospital, showIn } from './hospital.ts';

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital?.close());

/** What axe finds that keeps people from working. */
async function barriers(page: Page, screen: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${screen}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

async function look(
  page: Page,
  address: string,
  language: Language,
  ready = '#content h1, .error-page',
): Promise<readonly string[]> {
  await page.goto(address);
  await page.locator(ready).first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const screen = `${language}${address
    .replace(/\?.*/, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}(-\d+)?/g, 'ID')
    .replaceAll('/', '_')}`;
  await picture(page, `screen-${screen}`);
  return barriers(page, `${language} ${address}`);
}

const linksOf = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

/** The parts of the product somebody sees in their navigation. */
async function areasOf(page: Page): Promise<readonly string[]> {
  await page.goto('/inbox');
  return linksOf(page, '.shell-nav a');
}

async function firstLink(page: Page, list: string, selector: string): Promise<readonly string[]> {
  await page.goto(list);
  return (await linksOf(page, selector)).slice(0, 1);
}

/** People whose first task of the demonstration's morning shows another kind of form. */
const formFillers = ['clerk-ma', 'desk-luo', 'ph-feng', 'nurse-liu', 'tech-liang', 'rad-song'];

/** Looks at the first task of somebody's groups, and at the paper it offers. */
async function lookAtWork(page: Page, language: Language): Promise<readonly string[]> {
  const found: string[] = [];
  for (const task of await firstLink(page, '/inbox?view=groups', 'a.row-link')) {
    found.push(...(await look(page, task, language, '.schema-form form')));
    const papers = await linksOf(page, 'a.print-link');
    for (const paper of papers) found.push(...(await look(page, paper, language, '.sheet, .label-sheet')));
  }
  return found;
}

for (const language of ['zh-CN', 'en'] as const) {
  test(`every screen can be used by everybody in ${language}`, async () => {
    onTestFailed(() => hospital.pictures(`screens-${language}`));
    hospital.speak(language);
    const found: string[] = [];
    const guest = await openVisitor(hospital.browser, hospital.server.url);
    await guest.page.goto('/login');
    await showIn(guest.page, language);
    found.push(...(await look(guest.page, '/login', language)));
    const clerk = await hospital.at('clerk-ma');
    for (const area of await areasOf(clerk)) found.push(...(await look(clerk, area, language)));
    for (const person of formFillers) found.push(...(await lookAtWork(await hospital.at(person), language)));
    for (const one of await firstLink(clerk, '/cases', 'a.row-link')) {
      found.push(...(await look(clerk, one, language, '.bpmn-diagram svg')));
    }
    for (const refused of ['/audit', '/nowhere']) found.push(...(await look(clerk, refused, language)));
    const doctor = await hospital.at('dr-wang');
    for (const card of await linksOf(await opened(doctor, '/start'), 'a.start-card')) {
      found.push(...(await look(doctor, card, language, '.form-actions')));
    }
    const auditor = await hospital.at('au-lu');
    found.push(...(await look(auditor, '/audit', language)));
    for (const one of await firstLink(auditor, '/audit', 'a.row-link')) {
      found.push(...(await look(auditor, one, language, '.bpmn-diagram svg')));
    }
    const administrator = await hospital.at('sa-jiang');
    const chosen = (work: string) => `/operations/batches/new?work=${work}&status=active`;
    for (const room of ['', '/batches', '/migrations/new'])
      found.push(...(await look(administrator, `/operations${room}`, language)));
    for (const work of ['retry-incidents', 'cancel-cases'])
      found.push(...(await look(administrator, chosen(work), language)));
    const owner = await hospital.at('po-lu');
    found.push(...(await look(owner, '/flows', language)));
    for (const one of (await linksOf(owner, '#content a[href^="/flows/"]')).slice(0, 1)) {
      found.push(...(await look(owner, one, language)));
    }
    expect(found).toEqual([]);
    expect([...guest.complaints, ...(await hospital.complaints())]).toEqual([]);
  });
}

async function opened(page: Page, address: string): Promise<Page> {
  await page.goto(address);
  return page;
}
