import { Link, NavLink, useFetcher, useLocation, useNavigation } from '@remix-run/react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { parseLanguage } from '../i18n/language.ts';
import { areas, mayEnter } from '../security/areas.ts';
import { ConnectionNotice } from './connection-lost.tsx';
import { useLanguage } from './role-names.ts';
import { useRootData } from './root-data.ts';
import { UserMenu } from './user-menu.tsx';

/** Header, navigation by role, and the page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell');
  const data = useRootData();
  const language = useLanguage();
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      <header className="shell-header">
        <Link to="/" className="shell-brand">
          <span className="shell-mark" aria-hidden="true" />
          <span className="shell-hospital">{data?.hospitalName[parseLanguage(language) ?? 'zh-CN']}</span>
          <span className="shell-product">{t('product')}</span>
        </Link>
        {data?.person && <Navigation roles={data.person.roles} demo={data.demo} />}
        <div className="shell-tools">
          {data?.demo && (
            <span className="demo-badge" title={t('demoHint')}>
              {t('demoBadge')}
            </span>
          )}
          <LanguageSwitch />
          {data?.person && <UserMenu person={data.person} />}
        </div>
      </header>
      <Progress />
      <ConnectionNotice />
      <main id="content" className="shell-content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Navigation({ roles, demo }: { roles: readonly string[]; demo: boolean }) {
  const { t } = useTranslation('shell');
  return (
    <nav className="shell-nav" aria-label={t('mainNavigation')}>
      {areas
        .filter((area) => mayEnter(area, { roles }, demo))
        .map((area) => (
          <NavLink key={area.key} to={area.path}>
            {t(`nav.${area.key}`)}
          </NavLink>
        ))}
    </nav>
  );
}

/**
 * Switches the language where the reader is; a half-filled form keeps its values. Only a page that has not come alive yet is led back:
 * a redirect would be dropped by the router when the page's data are asked for again in the meantime, and the language with it.
 */
function LanguageSwitch() {
  const { t } = useTranslation('shell');
  const fetcher = useFetcher();
  const language = useLanguage();
  const location = useLocation();
  const csrf = useRootData()?.csrfToken ?? '';
  const other = language === 'en' ? 'zh-CN' : 'en';
  const switchHere = (event: FormEvent) => {
    event.preventDefault();
    fetcher.submit({ csrf, language: other }, { method: 'post', action: '/language' });
  };
  return (
    <form method="post" action="/language" onSubmit={switchHere}>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="language" value={other} />
      <input type="hidden" name="back" value={location.pathname + location.search} />
      <button type="submit" className="quiet-button" lang={other} title={t('language.switchTo')}>
        {t('language.other')}
      </button>
    </form>
  );
}

function Progress() {
  const { t } = useTranslation('shell');
  const busy = useNavigation().state !== 'idle';
  return (
    <div className={busy ? 'shell-progress busy' : 'shell-progress'} role="status">
      {busy && <span className="visually-hidden">{t('loading')}</span>}
    </div>
  );
}
