import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { fillForm } from './fill-form.ts';
import {
  choosePatient,
  type Hospital,
  listedTasks,
  openHospital,
  openTask,
  readCase,
  sendTask,
  showIn,
  startCase,
  until,
} from './hospital.ts';

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital?.close());
beforeEach(() => onTestFailed(() => hospital.pictures('refusals')));

const order = {
  examItems: [{ code: 'CT-CHEST', method: 'plain', qty: 1 }],
  diagnosis: ['J18.9'],
  clinicalSummary: '发热咳嗽五天，右下肺闻及湿啰音。',
  purpose: '明确病变性质',
  priority: 'routine',
};
const payment = (amountDue: number) => ({
  payerType: 'insurance',
  certType: '01',
  payments: [{ channel: 'wechat', amount: amountDue }],
  invoiceKind: 'electronic',
});

async function orderExam(): Promise<string> {
  const doctor = await hospital.at('dr-wang');
  return startCase(doctor, { key: 'charge-then-exam', patient: 'P000001', form: () => order });
}

async function openCharge(clerk: Page, caseId: string) {
  const task = await openTask(clerk, caseId, 'A2_Charge');
  return { task, data: payment(Number(task.data.amountDue)), path: new URL(clerk.url()).pathname };
}

test('somebody whose task it is not gets it by no door', async () => {
  const caseId = await orderExam();
  const clerk = await hospital.at('clerk-ma');
  const { data, path } = await openCharge(clerk, caseId);
  const nurse = await hospital.at('nurse-liu');
  expect(await listedTasks(nurse, caseId)).toEqual([]);
  const csrf = await nurse.locator('input[name=csrf]').first().inputValue();
  const answer = await nurse.goto(path);
  expect(answer?.status()).toBe(403);
  await nurse.locator('.error-page').waitFor();
  const posted = await nurse.request.post(path, {
    form: { csrf, key: 'direct', intent: 'complete', data: JSON.stringify(data) },
    headers: { origin: hospital.server.url },
  });
  expect(posted.status()).toBe(403);
  expect((await readCase(clerk, caseId)).tasks.map((task) => task.elementId)).toContain('A2_Charge');
});

test('a value of the wrong type is refused naming the field, and nothing changes', async () => {
  const caseId = await orderExam();
  const clerk = await hospital.at('clerk-ma');
  const { task, data, path } = await openCharge(clerk, caseId);
  await fillForm(clerk, task.form.schema, data, task.data);
  const amount = clerk.locator('[id="root_payments_0_amount"]');
  await amount.fill('abc');
  const [answer] = await Promise.all([
    clerk.waitForResponse((one) => one.request().method() === 'POST' && one.url().includes(path)),
    clerk.click('.form-actions button[type=submit]'),
  ]);
  expect(answer.status()).toBe(422);
  await clerk.locator('.error-summary').waitFor();
  expect(await amount.getAttribute('aria-invalid')).toBe('true');
  await clerk.locator('[id="root_payments_0_amount__error"]').waitFor();
  const shown = await readCase(clerk, caseId);
  expect(shown.tasks.map((one) => one.elementId)).toEqual(['A2_Charge']);
  expect(shown.steps.map((one) => one.elementId)).toEqual([]);
});

test('a task sent from two windows is done once, and the second person is told by whom', async () => {
  const caseId = await orderExam();
  const [first, second] = [await hospital.at('clerk-ma'), await hospital.at('clerk-zhu')];
  const { task, data } = await openCharge(first, caseId);
  const other = await openCharge(second, caseId);
  await fillForm(second, other.task.form.schema, other.data, other.task.data);
  await sendTask(first, task, data);
  // The page may have learnt of it by itself; if not, sending tells.
  const submit = second.locator('.form-actions button[type=submit]');
  await submit.click({ timeout: 2_000 }).catch(() => undefined);
  const told = second.locator('.notice.danger, .closed-task', { hasText: '马丽' });
  await told.first().waitFor();
  const shown = await until('the charge to be recorded', async () => {
    const { steps } = await readCase(first, caseId);
    return steps.length > 0 ? steps : undefined;
  });
  expect(shown.filter((one) => one.elementId === 'A2_Charge')).toHaveLength(1);
});

test('switching the language in the middle of a form keeps what was typed', async () => {
  const doctor = await hospital.at('dr-li');
  await doctor.goto('/start/charge-then-exam/charge-then-exam');
  await doctor.locator('.schema-form form').waitFor();
  await choosePatient(doctor, 'P000003');
  await doctor.fill('[id="root_clinicalSummary"]', '发热三天');
  const label = doctor.locator('[id="root_clinicalSummary__label"]');
  const chinese = await label.textContent();
  await showIn(doctor, 'en');
  await until('the labels to be English', async () => ((await label.textContent()) !== chinese ? true : undefined));
  expect(await doctor.inputValue('[id="root_clinicalSummary"]')).toBe('发热三天');
  expect(await doctor.locator('.chosen-patient').textContent()).toContain('P000003');
  await showIn(doctor, 'zh-CN');
  expect(await doctor.inputValue('[id="root_clinicalSummary"]')).toBe('发热三天');
});
