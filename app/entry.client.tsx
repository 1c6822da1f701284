import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { parseLanguage } from './i18n/language.ts';
import { loadLanguagePack } from './i18n/language-pack.ts';
import { PackContext } from './i18n/pack-context.ts';
import { AnswerNamesContext, namesOfPage, rememberNames } from './ui/answer-names.ts';
import { tracedFetch } from './ui/click-traces.ts';
import { waitingReads } from './ui/waiting-reads.ts';

/**
 * Waits for the data that came with the page. Remix reads them in its first render and suspends the whole page
 * meanwhile, with no boundary above it: a click in that moment makes React render at once, fail (error 345), and
 * leave the page dead. Asking for the reading before React starts closes that window.
 */
async function dataOfPage(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (reading) {
    await reading;
  }
}

async function hydrate(): Promise<void> {
  const language = parseLanguage(document.documentElement.lang) ?? 'zh-CN';
  const [pack] = await Promise.all([loadLanguagePack(language), dataOfPage()]);
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <AnswerNamesContext.Provider value={named.last}>
          <PackContext.Provider value={pack}>
            <RemixBrowser />
          </PackContext.Provider>
        </AnswerNamesContext.Provider>
      </StrictMode>,
    );
  });
}

const named = rememberNames(window.fetch.bind(window), namesOfPage(document));
window.fetch = waitingReads(tracedFetch(named.ask, document));
void hydrate();
