import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../engine/index.ts';
import type { Catalogue } from './catalogues-by-area.ts';

/** An i18next instance of its own: one a request on the server, one a page in the browser. */
export function createI18n(language: Language, texts: Catalogue): i18n {
  const instance = createInstance();
  instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { ...texts } },
    ns: Object.keys(texts),
    defaultNS: 'shell',
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    initAsync: false,
    returnNull: false,
  });
  return instance;
}
