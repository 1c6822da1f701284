import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { CaseFilterBar } from '../cases/case-filter-bar.tsx';
import { type CaseFilters, readFilters, withFilters } from '../cases/case-filters.ts';
import { CaseTable } from '../cases/case-table.tsx';
import { findCases } from '../cases/find-cases.server.ts';
import { translate } from '../i18n/translate.server.ts';
import { choosing } from '../operations/batches/choice.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { useLiveUpdates } from '../ui/use-live-updates.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'cases');
  const filters = readFilters(new URL(request.url).searchParams);
  return {
    title: translate(context.language)('cases:title'),
    filters,
    mayChange: context.services.engine.mayChangeCases(person),
    ...(await findCases(context, filters, 'cases')),
  };
}

/** What can be done to all cases the filters find; without a filter there is no choice. */
function ChangeFound({ filters }: { readonly filters: CaseFilters }) {
  const { t } = useTranslation('operations');
  const { cursor: _page, ...chosen } = filters;
  if (Object.keys(chosen).length === 0 || chosen.status === 'ended') return null;
  return (
    <nav className="row-actions" aria-label={t('found.title')}>
      <Link to={choosing('retry-incidents', chosen)}>{t('found.retry')}</Link>
      <Link to={choosing('cancel-cases', chosen)}>{t('found.cancel')}</Link>
    </nav>
  );
}

export default function Cases() {
  const { rows, nextCursor, flows, now, filters, mayChange } = useLoaderData<typeof loader>();
  const { t } = useTranslation('cases');
  useLiveUpdates();
  return (
    <div>
      <div className="page-head">
        <h1>{t('heading')}</h1>
        <span className="spring" />
        {mayChange && rows.length > 0 && <ChangeFound filters={filters} />}
      </div>
      <CaseFilterBar base="/cases" filters={filters} flows={flows} />
      <CaseTable rows={rows} now={now} base="/cases" />
      <footer className="table-foot">
        {nextCursor && <Link to={`/cases?${withFilters(filters, { cursor: nextCursor })}`}>{t('shell:nextPage')}</Link>}
      </footer>
    </div>
  );
}
