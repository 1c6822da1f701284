import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { parseLanguage } from './i18n/language.ts';
import { loadLanguagePack } from './i18n/language-pack.ts';
import { PackContext } from './i18n/pack-context.ts';

async function hydrate(): Promise<void> {
  const pack = await loadLanguagePack(parseLanguage(document.documentElement.lang) ?? 'zh-CN');
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <PackContext.Provider value={pack}>
          <RemixBrowser />
        </PackContext.Provider>
      </StrictMode>,
    );
  });
}

void hydrate();
