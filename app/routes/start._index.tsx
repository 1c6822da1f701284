import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { listEntries } from '../start/list-entries.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { useLanguage } from '../ui/role-names.ts';
import { useRovingLinks } from '../ui/use-roving-links.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'start');
  const entries = await listEntries(context, person);
  return { title: translate(context.language)('start:title'), entries };
}

export default function StartList() {
  const { entries } = useLoaderData<typeof loader>();
  const { t } = useTranslation('start');
  const language = useLanguage();
  const { onKeyDown, rovingProps } = useRovingLinks(entries.length);
  return (
    <div>
      <div className="page-head">
        <h1>{t('heading')}</h1>
        <span className="muted">{t('pick')}</span>
      </div>
      {entries.length === 0 && <p className="empty-state">{t('empty')}</p>}
      <ul className="start-list" onKeyDown={onKeyDown}>
        {entries.map((entry, index) => (
          <li key={`${entry.key}/${entry.processId}`}>
            <Link {...rovingProps(index)} to={`/start/${entry.key}/${entry.processId}`} className="start-card">
              <strong>{entry.title[language]}</strong>
              <span>{entry.summary?.[language]}</span>
              <span className="muted">
                {entry.flow[language]} · {t('version', { version: entry.version })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
