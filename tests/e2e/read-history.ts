import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What an auditor saw on the way through a case's history. */
export type SeenHistory = {
  /** The badges on the chain and the replay. */
  readonly marks: readonly string[];
  /** Whose entries there were, in order. */
  readonly actors: readonly string[];
  readonly entries: number;
};

/** Finds the case in the audit list and steps through its history to the end, entry by entry. */
export async function readHistory(page: Page, caseId: string): Promise<SeenHistory> {
  await page.goto('/audit');
  await page.click(`a.row-link[href="/audit/${caseId}"]`);
  await page.locator('.audit-page').waitFor();
  const entries = await page.locator('.entry-list li').count();
  const actors: string[] = [];
  for (let seq = 1; seq <= entries; seq += 1) {
    if (seq > 1) await page.keyboard.press('ArrowRight');
    await page.locator(`.entry-list a[aria-current=step][href$="seq=${seq}"]`).waitFor();
    actors.push((await page.locator('[aria-labelledby=actor-title] strong').first().textContent()) ?? '');
  }
  const marks = await page.locator('.page-head .tag').allTextContents();
  return { marks, actors, entries };
}

/** Expects the auditor's screen to vouch for the whole chain of a case, and to name these people as its actors. */
export async function expectSoundHistory(page: Page, caseId: string, actors: readonly string[]): Promise<void> {
  const history = await readHistory(page, caseId);
  expect(history.marks.join(' ')).toMatch(/✓.*✓/);
  expect(history.marks.join(' ')).not.toContain('✗');
  expect(history.actors).toEqual(expect.arrayContaining([...actors]));
}
