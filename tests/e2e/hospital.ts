import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { JsonObject } from '../../engine/index.ts';
import { arrive, keepText, launchBrowser, picture, type Visitor } from './browser.ts';
import { fillForm } from './fill-form.ts';
import { startServer } from './server-process.ts';

/** Language of the screens. */
export type Language = 'zh-CN' | 'en';

const json = z.record(z.string(), z.json());
const shownTask = z.object({
  task: z.object({
    elementId: z.string(),
    name: z.object({ 'zh-CN': z.string(), en: z.string() }),
    now: z.string(),
    form: z.object({ schema: z.record(z.string(), z.unknown()) }),
    data: json,
    needsOverride: z.boolean(),
    patient: z.object({ patientId: z.string().optional() }).optional(),
  }),
});
const shownCase = z.object({
  businessKey: z.string().optional(),
  patient: z.object({ patientId: z.string().optional() }).optional(),
  status: z.enum(['active', 'ended']),
  outcome: z.string().optional(),
  marks: z.object({ classes: z.record(z.string(), z.string()) }),
  tasks: z.array(z.object({ taskId: z.string(), elementId: z.string(), name: z.object({ 'zh-CN': z.string() }) })),
  waiting: z.array(z.object({ kind: z.string(), elementId: z.string(), what: z.string() })),
  incidents: z.array(z.object({ elementId: z.string() })),
  /** Forms that were filled in, latest first. */
  steps: z.array(z.object({ elementId: z.string() })),
  now: z.string(),
});

/** An open task as its page shows it. */
export type ShownTask = z.infer<typeof shownTask>['task'];
/** A case as its page shows it. */
export type ShownCase = z.infer<typeof shownCase>;

/** What the page in front of the person was given to show: the state of the page's own router, once it runs. */
export function shownBy<T>(page: Page, route: string, shape: z.ZodType<T>): Promise<T> {
  return until(`the page of ${route} to be ready`, async () => shape.safeParse(await loaderData(page, route)).data);
}

function loaderData(page: Page, route: string): Promise<unknown> {
  return page.evaluate((name) => {
    const router: unknown = Reflect.get(window, '__remixRouter');
    const state: unknown = typeof router === 'object' && router !== null ? Reflect.get(router, 'state') : undefined;
    const data: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, 'loaderData') : undefined;
    return typeof data === 'object' && data !== null ? Reflect.get(data, `routes/${name}`) : undefined;
  }, route);
}

/** How long work behind the scenes may take before a test gives up. Less than a lease: a delivery under way at a kill must not wait it out. */
const patience = 85_000;

/** Asks until there is an answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, limit = patience): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Expected ${what}, but waited in vain.`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** What browsers say of a request that was under way when the server went away. */
const lostConnection = /ERR_(CONNECTION|SOCKET|EMPTY|INCOMPLETE|NETWORK)|Failed to fetch|network error/;

/** A running hospital with people at their computers. */
export type Hospital = Awaited<ReturnType<typeof openHospital>>;

/** Starts the product and a browser. People sign in when they are first needed and stay signed in. */
export async function openHospital(language: Language = 'zh-CN') {
  const [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  let shown = language;
  let crashed = false;
  const visitors = new Map<string, Promise<Visitor>>();
  const at = (personId: string) => {
    const known = visitors.get(`${personId} ${shown}`);
    if (known) return known;
    const opened = arriveSpeaking(browser, server.url, personId, shown);
    visitors.set(`${personId} ${shown}`, opened);
    return opened;
  };
  return {
    server,
    browser,
    /** From now on people use the screens in this language, in windows of their own. */
    speak(next: Language) {
      shown = next;
    },
    /** The window of this person, signed in. */
    async at(personId: string): Promise<Page> {
      return (await at(personId)).page;
    },
    /** Another window of the same person's session. */
    async secondTab(personId: string): Promise<Page> {
      return (await at(personId)).context.newPage();
    },
    /** Kills the server and starts it again. */
    async crash(): Promise<void> {
      crashed = true;
      await server.kill();
      await server.restart();
    },
    /** What went wrong in any window: exceptions, console errors, requests to other hosts. */
    async complaints(): Promise<readonly string[]> {
      const all = await Promise.all(
        [...visitors].map(async ([id, one]) => (await one).complaints.map((text) => `${id}: ${text}`)),
      );
      return all.flat().filter((text) => !(crashed && lostConnection.test(text)));
    },
    /** Keeps a picture of every window and what the server printed, after a failure. */
    async pictures(name: string): Promise<void> {
      await keepText(`${name}-server.log`, server.output());
      for (const [id, one] of visitors) await picture((await one).page, `${name}-${id}`).catch(() => undefined);
    },
    async close(): Promise<void> {
      await browser.close();
      await server.stop();
    },
  };
}

async function arriveSpeaking(
  browser: Browser,
  baseUrl: string,
  personId: string,
  language: Language,
): Promise<Visitor> {
  const visitor = await arrive(browser, baseUrl, personId);
  await showIn(visitor.page, language);
  return visitor;
}

/** Switches the screens to a language, if they are in another. */
export async function showIn(page: Page, language: Language): Promise<void> {
  const html = page.locator(`html[lang="${language}"]`);
  if ((await html.count()) === 0) await page.click(`header button.quiet-button[lang="${language}"]`);
  await html.waitFor({ state: 'attached' });
}

const meta = z.object({ processId: z.string() });

async function mainProcess(key: string): Promise<string> {
  return meta.parse(JSON.parse(await readFile(new URL(`../../processes/${key}/meta.json`, import.meta.url), 'utf8')))
    .processId;
}

/** Starts a case from the start page. Returns its id. */
export async function startCase(
  page: Page,
  what: { key: string; processId?: string; patient?: string; form?: (at: string) => JsonObject },
): Promise<string> {
  await page.goto('/start');
  await page.click(`a.start-card[href="/start/${what.key}/${what.processId ?? (await mainProcess(what.key))}"]`);
  await page.locator('.schema-form form').waitFor();
  if (what.patient) await choosePatient(page, what.patient);
  const shown = z.object({ form: z.object({ schema: z.record(z.string(), z.unknown()) }).optional() });
  const { form } = await shownBy(page, 'start.$key.($processId)', shown);
  if (form && what.form) await fillForm(page, form.schema, what.form(new Date().toISOString()), {});
  await page.click('.form-actions button[type=submit]');
  const place = /\/(?:cases|tasks)\/([0-9a-f-]{36})/;
  await leaves(page, (url) => place.test(url.pathname));
  const caseId = place.exec(page.url())?.[1];
  if (!caseId) throw new Error(`Expected the address of the new case, but it is ${page.url()}`);
  return caseId;
}

/** Finds the patient by number and chooses them. */
export async function choosePatient(page: Page, patientId: string): Promise<void> {
  await page.fill('#patient-search', patientId);
  await page.locator('[role=option]', { hasText: patientId }).first().click();
  await page.locator('.chosen-patient').waitFor();
}

/** Waits until a submission was accepted; says what the page says otherwise. */
async function leaves(page: Page, reached: (url: URL) => boolean): Promise<void> {
  const refusal = page
    .locator('.error-summary, .notice.danger, .error-page, .patient-picker .field-errors:not(:empty)')
    .first();
  await Promise.race([page.waitForURL(reached), refusal.waitFor({ timeout: patience })]).catch(() => undefined);
  if (reached(new URL(page.url()))) return;
  const said = await refusal.textContent({ timeout: 1_000 }).catch(() => 'nothing');
  throw new Error(
    `Expected the page to accept the form, but it stays at ${new URL(page.url()).pathname} and says: ${said}`,
  );
}

const inboxViews = ['groups', 'mine'];

/** Links of a person's inbox to the open tasks of a case. */
export async function listedTasks(page: Page, caseId: string, views = inboxViews): Promise<readonly string[]> {
  const found: string[] = [];
  for (const view of views) {
    await page.goto(`/inbox?view=${view}`);
    for (;;) {
      const rows = page.locator(`a.row-link[href^="/tasks/${caseId}/"]`);
      found.push(...(await rows.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))));
      const next = page.locator('.table-foot a');
      if ((await next.count()) === 0) break;
      const before = page.url();
      await next.click();
      await page.waitForURL((url) => url.href !== before);
    }
  }
  return [...new Set(found)];
}

/** Opens a task of this element from the inbox, as its person does; the first one, or another by `index`. */
export function openTask(page: Page, caseId: string, elementId: string, index = 0): Promise<ShownTask> {
  return until(`the inbox to list ${elementId} of ${caseId}`, async () => {
    for (const view of inboxViews) {
      const task = await openListed(page, caseId, view, elementId, index);
      if (task) return task;
    }
    return undefined;
  });
}

async function openListed(page: Page, caseId: string, view: string, elementId: string, index: number) {
  let left = index;
  for (const href of await listedTasks(page, caseId, [view])) {
    await page.goto(href);
    const task = await readTask(page);
    if (task.elementId === elementId && left === 0) return task;
    if (task.elementId === elementId) left -= 1;
  }
  return undefined;
}

/** The task whose page is open. */
export async function readTask(page: Page): Promise<ShownTask> {
  await page.locator('.schema-form form').waitFor();
  return (await shownBy(page, 'tasks.$caseId.$taskId', shownTask)).task;
}

/**
 * Opens a task of a case by its link, which somebody else gave the person.
 *
 * @returns nothing when the page refuses them
 */
export async function openTaskByLink(
  page: Page,
  other: Page,
  caseId: string,
  elementId: string,
  index = 0,
): Promise<ShownTask | undefined> {
  const task = await until(`${elementId} of ${caseId} to be open`, async () => {
    const { tasks } = await readCase(other, caseId);
    return tasks.filter((one) => one.elementId === elementId)[index];
  });
  await page.goto(`/tasks/${caseId}/${task.taskId}`);
  await page.locator('.schema-form form, .error-page').first().waitFor();
  return (await page.locator('.error-page').count()) > 0 ? undefined : readTask(page);
}

/** Fills the open task's form and sends it. */
export async function sendTask(page: Page, task: ShownTask, data: JsonObject, override?: string): Promise<void> {
  await fillForm(page, task.form.schema, data, task.data);
  await page.click('.form-actions button[type=submit]');
  if (override !== undefined) {
    await page.fill('#override-reason', override);
    await page.click('.ant-modal-footer .ant-btn-primary');
  }
  await leaves(page, (url) => url.pathname === '/inbox');
}

/** Opens a case's page and reads what it shows. */
export async function readCase(page: Page, caseId: string): Promise<ShownCase> {
  await page.goto(`/cases/${caseId}`);
  await page.locator('.case-page').waitFor();
  return shownBy(page, 'cases.$caseId', shownCase);
}

/** Moves the demonstration's clock by an ISO duration. */
export async function advanceClock(page: Page, duration: string): Promise<void> {
  await page.goto('/demo');
  await page.fill('#duration', duration);
  await page
    .locator('form', { has: page.locator('#duration') })
    .locator('button[type=submit]')
    .click();
  await page.locator('.notice.good').waitFor({ timeout: 60_000 });
}

/** What the demonstration's clock shows. */
export async function hospitalNow(page: Page): Promise<string> {
  await page.goto('/demo');
  return (await shownBy(page, 'demo', z.object({ now: z.string() }))).now;
}

/** Sets who is on duty. */
export async function setRoster(page: Page, roster: 'day' | 'night' | 'clock'): Promise<void> {
  await page.goto('/demo');
  const form = page.locator('form', { has: page.locator('[name=roster]') });
  await form.locator(`[value=${roster}]`).check();
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    form.locator('button[type=submit]').click(),
  ]);
}
