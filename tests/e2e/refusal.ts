import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { z } from 'zod';

/**
 * Refusals of the engine that a person meets as another one: where no exception may be made, the screens do not offer to
 * make one, so its refusal is the rule's own.
 */
const metAs: Readonly<Record<string, readonly string[]>> = {
  'override-not-allowed': ['override-not-allowed', 'separation-of-duties'],
};

/** Where a page says that it refuses. */
export const refusal = '.error-summary, .notice.danger, .error-page';

const catalogue = z.record(z.string(), z.unknown());

async function sentencesOf(code: string, language: string): Promise<readonly RegExp[]> {
  const file = new URL(`../../app/i18n/${language}/rejections.json`, import.meta.url);
  const all = Object.entries(catalogue.parse(JSON.parse(await readFile(file, 'utf8'))));
  return all.flatMap(([key, text]) =>
    typeof text === 'string' && (key === code || key.startsWith(`${code}-`)) ? [asPattern(text)] : [],
  );
}

/** The sentence with anything in the places of its parameters. */
function asPattern(sentence: string): RegExp {
  const parts = sentence.split(/\{\{.*?\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.*'));
}

/** Waits until the page refuses, and holds what it says against the refusal that is expected. */
export async function expectRefusal(page: Page, code: string): Promise<void> {
  const shown = page.locator(refusal).first();
  await shown.waitFor();
  const said = (await shown.textContent()) ?? '';
  const fields = await shown.evaluate((element) => element.matches('.error-summary'));
  const language = await page.evaluate(() => document.documentElement.lang);
  const sentences = (await Promise.all((metAs[code] ?? [code]).map((one) => sentencesOf(one, language)))).flat();
  const right = fields ? code === 'invalid-form' : sentences.some((one) => one.test(said));
  if (!right) throw new Error(`Expected the refusal ${code}, but the page says: ${said}`);
}
