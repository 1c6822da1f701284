import { type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Language } from '../../engine/index.ts';
import { createI18n } from './create-i18n.ts';
import { type LanguagePack, loadLanguagePack } from './language-pack.ts';
import { PackContext } from './pack-context.ts';

/**
 * Gives texts to everything below. When the language changes, the new pack is loaded first and swapped in at once,
 * so a half-filled form keeps its values.
 */
export function LanguageProvider(props: { language: Language; children: (pack: LanguagePack) => ReactNode }) {
  const first = useContext(PackContext);
  if (!first) throw new Error('Expected a language pack to be loaded before the page renders, but there is none.');
  const [pack, setPack] = useState(first);
  const i18n = useMemo(() => createI18n(pack.language, pack.texts), [pack]);
  useEffect(() => {
    if (pack.language === props.language) return;
    let current = true;
    loadLanguagePack(props.language).then((next) => {
      if (current) setPack(next);
    });
    return () => {
      current = false;
    };
  }, [props.language, pack.language]);
  return <I18nextProvider i18n={i18n}>{props.children(pack)}</I18nextProvider>;
}
