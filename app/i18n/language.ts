import type { Language } from '../../engine/index.ts';

/** Languages of the user interface; the first is the one shown when nobody chose. */
export const languages: readonly Language[] = ['zh-CN', 'en'];

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'English' };

/** The language with this code, if Meridian speaks it. */
export function parseLanguage(code: unknown): Language | undefined {
  return languages.find((language) => language === code);
}

/**
 * The language to answer in: what this browser last chose, else what the account says, else Chinese.
 * The browser's own language is left out on purpose: ward computers are often installed in English.
 */
export function chooseLanguage(chosen: unknown, account: unknown): Language {
  return parseLanguage(chosen) ?? parseLanguage(account) ?? 'zh-CN';
}
