import type { Page } from 'playwright-core';

/** Finds the patient's latest sale at the cashier's screen and opens it. Returns its number. */
export async function openSale(page: Page, patientId: string): Promise<string> {
  await page.goto('/cashier');
  await page.fill('#find-sale', patientId);
  await page.locator('[role=search] button[type=submit]').click();
  await page.locator('.found-sales a, .ledger-entries').first().waitFor();
  const found = page.locator('main .found-sales > li', { has: page.locator('a') });
  if (!new URL(page.url()).pathname.startsWith('/cashier/sales/')) await found.first().locator('a').click();
  await page.locator('.ledger-entries').waitFor();
  return decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
}
