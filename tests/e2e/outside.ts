import type { Locator, Page } from 'playwright-core';
import type { JsonObject } from '../../engine/index.ts';
import type { Step } from '../scenarios/scenario-format.ts';
import { readCase, until } from './hospital.ts';

/** A failure to come of a simulated system, as a scenario writes it. */
export type Fault = Extract<Step, { readonly fault: unknown }>['fault'];

async function press(form: Locator): Promise<void> {
  await form.locator('button[type=submit]').click();
  await form.page().locator('[role=status] .notice').waitFor();
  const refused = form.page().locator('[role=status] .notice.danger');
  if ((await refused.count()) > 0)
    throw new Error(`Expected the simulators to agree, but: ${await refused.textContent()}`);
}

/** Lets a simulated system fail, on the simulators' screen. */
export async function injectFault(page: Page, fault: Fault): Promise<void> {
  await page.goto('/simulators');
  const form = page.locator('form', { has: page.locator('#connector') });
  await form.locator('#connector').selectOption(fault.connector);
  await form.locator('#answer').selectOption(fault.answer);
  await form.locator('#times').fill(String(fault.times ?? 1));
  if (typeof fault.code === 'string') await form.locator('#code').fill(fault.code);
  await form.locator('[name=query]').setChecked(fault.query === 'unavailable');
  await press(form);
}

/** Sends what another system of the hospital would send, on the simulators' screen. */
export async function sendMessage(page: Page, name: string, key: string, payload: JsonObject): Promise<void> {
  await page.goto('/simulators');
  const form = page.locator('form', { has: page.locator('#message') });
  await form.locator('#message').selectOption(name);
  await form.locator('#key').fill(key);
  await form.locator('#payload').fill(JSON.stringify(payload));
  await press(form);
}

/** The books of all simulated systems and our ledger, as the simulators' screen judges them: whether they agree. */
export async function booksAgree(page: Page): Promise<boolean> {
  await page.goto('/simulators');
  await page.locator('.simulators > p.notice').waitFor();
  return (await page.locator('.simulators > p.notice.danger').count()) === 0;
}

/** Where the case is stuck at this element, on its page. */
async function incidentAt(page: Page, caseId: string, elementId: string): Promise<Locator> {
  const place = await until(`an incident at ${elementId}`, async () => {
    const { incidents } = await readCase(page, caseId);
    const found = incidents.findIndex((one) => one.elementId === elementId);
    return found < 0 ? undefined : found;
  });
  return page.locator('.incidents > ul > li').nth(place);
}

/** Sends a failed delivery again from the case's page. */
export async function retryIncident(page: Page, caseId: string, elementId: string): Promise<void> {
  const incident = await incidentAt(page, caseId, elementId);
  await incident.locator('button[type=submit]').click();
  await incident.waitFor({ state: 'detached' });
}

/** Records on the case's page what really became of a delivery nobody knows the outcome of. */
export async function settleIncident(
  page: Page,
  caseId: string,
  { settleJob, outcome, errorCode, output }: Extract<Step, { readonly settleJob: string }>,
): Promise<void> {
  const incident = await incidentAt(page, caseId, settleJob);
  await incident.locator('.incident-actions button').click();
  await incident.locator(`[name=outcome][value=${outcome}]`).check();
  if (errorCode !== undefined) await incident.locator('[name=errorCode]').fill(errorCode);
  if (output !== undefined) await incident.locator('[name=output]').fill(JSON.stringify(output));
  await incident.locator('button[type=submit]').click();
  await incident.waitFor({ state: 'detached' });
}
