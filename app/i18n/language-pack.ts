import type { ConfigProviderProps } from 'antd';
import type { Language } from '../../engine/index.ts';
import type { Catalogue } from './catalogues-by-area.ts';

/** Everything that changes with the language: our texts and the component library's. */
export type LanguagePack = {
  readonly language: Language;
  readonly texts: Catalogue;
  readonly antd: NonNullable<ConfigProviderProps['locale']>;
};

/** Loads one language; the browser fetches only the one it shows. */
export async function loadLanguagePack(language: Language): Promise<LanguagePack> {
  const loaded = language === 'en' ? await import('./pack-en.ts') : await import('./pack-zh-cn.ts');
  return loaded.pack;
}
