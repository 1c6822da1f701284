import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { printKinds } from '../../app/print/print-kinds.ts';
import { picture } from './browser.ts';
import { type Hospital, openHospital, openTask, readCase, startCase, until } from './hospital.ts';
import { beginPlay, caseOf, playSteps, readScenario } from './play-scenario.ts';
import { readOffScreen } from './read-off.ts';

/** Two cases are worked by many people before there is something to print. */
const whole = { timeout: 600_000 };
const artifacts = fileURLToPath(new URL('../.artifacts', import.meta.url));

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
  mkdirSync(artifacts, { recursive: true });
});
afterAll(() => hospital?.close());

/** The narrowest bar that the scanners of a ward read from a laser printer, in millimetres. */
const narrowestBar = 0.25;
const millimetre = 96 / 25.4;

/** Plays a scenario up to before a step and answers its case. */
async function playUntil(flow: string, name: string, elementId: string): Promise<string> {
  const scenario = await readScenario(flow, name);
  const end = scenario.steps.findIndex((step) => 'complete' in step && step.complete === elementId);
  const part = { ...scenario, steps: scenario.steps.slice(0, end) };
  const play = await beginPlay(hospital, part, { atTask: readOffScreen });
  await playSteps(play);
  return caseOf(play, {});
}

/** Opens a paper from the case's page by its link, in the tab that it opens. */
async function openPaper(page: Page, caseId: string, kind: string): Promise<Page> {
  const link = page.locator(`a[href^="/print/${kind}/${caseId}"]`).first();
  await until(`the case to offer ${kind}`, async () => {
    await readCase(page, caseId);
    return (await link.count()) > 0 || undefined;
  });
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await tab.locator('.sheet, .label-sheet').first().waitFor();
  // A sheet is seen before its end has come.
  await tab.waitForLoadState();
  return tab;
}

/** What keeps a paper from being used: bars too narrow to scan, text that runs out of its label, no word that it is a demonstration. */
function faultsOf(paper: Page): Promise<readonly string[]> {
  return paper.evaluate(
    ({ narrowest, pixels }) => {
      const faults: string[] = [];
      for (const svg of document.querySelectorAll<SVGSVGElement>('.barcode svg')) {
        const bar = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width / pixels;
        if (bar < narrowest) faults.push(`${svg.getAttribute('aria-label')}: bars of ${bar.toFixed(2)} mm`);
      }
      for (const box of document.querySelectorAll('.bottle-label, .sheet')) {
        if (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
          faults.push(`${box.className} holds more than it shows`);
      }
      if (!/演示|demo/i.test(document.querySelector('.sheet, .label-sheet')?.textContent ?? ''))
        faults.push('nothing says that it is a demonstration');
      return faults;
    },
    { narrowest: narrowestBar, pixels: millimetre },
  );
}

/** Prints as the person does; the window of the browser is answered at once. */
async function print(paper: Page): Promise<void> {
  await paper.evaluate(() => {
    window.print = () => void setTimeout(() => window.dispatchEvent(new Event('afterprint')));
  });
  const answered = paper.waitForResponse((response) => response.request().method() === 'POST');
  await paper.locator('.print-bar .ant-btn-primary').click();
  expect((await answered).ok()).toBe(true);
}

/** Looks at a paper, prints it, and finds the second copy marked. */
async function workWith(paper: Page, kind: string): Promise<readonly string[]> {
  const faults = await faultsOf(paper);
  await picture(paper, `paper-${kind}`);
  await paper.pdf({ path: join(artifacts, `paper-${kind}.pdf`), preferCSSPageSize: true, printBackground: true });
  expect(await paper.locator('.reprint-mark').count()).toBe(0);
  await print(paper);
  await paper.reload();
  await paper.locator('.reprint-mark').first().waitFor();
  await paper.close();
  return faults.map((fault) => `${kind}: ${fault}`);
}

test(
  'every paper of the product is opened from a case, printed, and marked when it is printed again',
  whole,
  async () => {
    onTestFailed(() => hospital.pictures('papers'));
    const exam = await playUntil('charge-then-exam', '01-happy-path', 'A5_CheckIn');
    const clerk = await hospital.at('clerk-ma');
    const seen = new Set<string>();
    const faults: string[] = [];
    const look = async (page: Page, caseId: string, ...kinds: readonly string[]) => {
      for (const kind of kinds) {
        faults.push(...(await workWith(await openPaper(page, caseId, kind), kind)));
        seen.add(kind);
      }
    };
    await look(clerk, exam, 'guide-slip', 'exam-request', 'charge-list', 'receipt');

    const doctor = await hospital.at('dr-wang');
    await readCase(doctor, exam);
    const orderNo = /EX[0-9A-F]{10}/.exec((await doctor.locator('.page-head').textContent()) ?? '')?.[0] ?? '';
    const form = () => ({ orderNo, reason: 'plan-changed', refundRequested: true });
    await startCase(doctor, { key: 'charge-then-exam', processId: 'exam-cancel-request', form });
    const auditor = await hospital.at('fa-lin');
    await openTask(auditor, exam, 'B5_ApproveRefund');
    await look(auditor, exam, 'refund-request');

    const order = await playUntil('order-verification', '01-inpatient-bid', 'C10_PrintLabels');
    await look(await hospital.at('nurse-liu'), order, 'bottle-label', 'infusion-card');
    expect([...seen].sort()).toEqual([...printKinds].sort());
    expect(faults).toEqual([]);
    expect(await hospital.complaints()).toEqual([]);
  },
);
