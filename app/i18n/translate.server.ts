import type { TFunction } from 'i18next';
import type { Language } from '../../engine/index.ts';
import { createI18n } from './create-i18n.ts';
import { languages } from './language.ts';
import { serverPacks } from './server-packs.server.ts';

const translators = new Map<Language, TFunction>(
  languages.map((language) => [language, createI18n(language, serverPacks[language].texts).t]),
);

/** Texts for loaders and actions: titles, and sentences that are stored or sent. */
export function translate(language: Language): TFunction {
  const t = translators.get(language);
  if (!t) throw new Error(`Expected texts in "${language}", but there are none.`);
  return t;
}
