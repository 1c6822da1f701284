import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { z } from 'zod';
import { picture } from './browser.ts';
import { fillForm } from './fill-form.ts';
import { choosePatient, type Hospital, openHospital, shownBy } from './hospital.ts';
import { readScenario } from './play-scenario.ts';

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital?.close());

const notice = '.connection-notice .notice';

test('a list that is open while the server is away stays, says so, and goes on by itself', async () => {
  onTestFailed(() => hospital.pictures('connection-list'));
  const page = await hospital.at('clerk-ma');
  await page.goto('/inbox');
  await page.locator('.inbox, .task-table, main h1').first().waitFor();
  const heading = await page.locator('main h1').first().textContent();
  await hospital.server.kill();
  await page.locator(notice).waitFor();
  await picture(page, 'connection-lost');
  expect(await page.locator('main h1').first().textContent()).toBe(heading);
  expect(await page.locator('.error-page').count()).toBe(0);
  await hospital.server.restart();
  await page.locator(notice).waitFor({ state: 'detached' });
  await page.click('nav a[href="/cases"]');
  await page.waitForURL('**/cases');
  expect(await page.locator('.error-page').count()).toBe(0);
});

test('a page opened while the server is away comes when it is back', async () => {
  onTestFailed(() => hospital.pictures('connection-page'));
  const page = await hospital.at('clerk-ma');
  await page.goto('/inbox');
  await page.click('nav a[href="/start"]');
  await page.waitForURL('**/start');
  await hospital.server.kill();
  await page.click('nav a[href="/inbox"]');
  await page.locator(notice).waitFor();
  expect(await page.locator('.error-page').count()).toBe(0);
  await hospital.server.restart();
  await page.waitForURL('**/inbox');
  await page.locator(notice).waitFor({ state: 'detached' });
});

test('a form sent while the server is away is kept, and counts once when it is sent again', async () => {
  onTestFailed(() => hospital.pictures('connection-form'));
  const page = await hospital.at('dr-wang');
  const scenario = await readScenario('charge-then-exam', '01-happy-path');
  const step = scenario.steps.find((one) => 'start' in one);
  if (!step || !('start' in step) || !step.patient) throw new Error('Expected the scenario to start with a patient');
  await page.goto('/start');
  await page.locator('a.start-card[href^="/start/charge-then-exam/"]').first().click();
  await page.locator('.schema-form form').waitFor();
  await choosePatient(page, step.patient);
  const shown = z.object({ form: z.object({ schema: z.record(z.string(), z.unknown()) }) });
  const { form } = await shownBy(page, 'start.$key.($processId)', shown);
  await fillForm(page, form.schema, step.form ?? {}, {});
  const filled = () =>
    page
      .locator('.schema-form')
      .locator('input, textarea')
      .evaluateAll((fields) =>
        fields.map((field) =>
          field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '',
        ),
      );
  const before = await filled();
  expect(before.some((value) => value !== '')).toBe(true);
  await hospital.server.kill();
  await page.click('.form-actions button[type=submit]');
  await page.locator('.notice.danger[role=alert]').waitFor();
  expect(await filled()).toEqual(before);
  await hospital.server.restart();

  // Now the server takes it, and its answer is lost on the way.
  let taken: string | undefined;
  const address = /\/start\/.*\.data/;
  await page.route(address, async (route) => {
    taken = caseIn(await (await route.fetch()).text());
    await route.abort('connectionreset');
  });
  await page.click('.form-actions button[type=submit]');
  await expect.poll(() => taken, { timeout: 30_000 }).toBeDefined();
  await page.locator('.notice.danger[role=alert]').waitFor();
  await page.unroute(address);
  expect(await filled()).toEqual(before);
  await page.click('.form-actions button[type=submit]');
  await page.waitForURL((url) => caseIn(url.pathname) !== undefined);
  expect(caseIn(page.url())).toBe(taken);
});

function caseIn(text: string): string | undefined {
  return /\/(?:cases|tasks)\/([0-9a-f-]{36})/.exec(text)?.[1];
}
