import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { CaseFilterBar } from '../cases/case-filter-bar.tsx';
import { readFilters, withFilters } from '../cases/case-filters.ts';
import { CaseTable } from '../cases/case-table.tsx';
import { findCases } from '../cases/find-cases.server.ts';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { useLiveUpdates } from '../ui/use-live-updates.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireArea(context, 'cases');
  const filters = readFilters(new URL(request.url).searchParams);
  return {
    title: translate(context.language)('cases:title'),
    filters,
    ...(await findCases(context, filters, 'cases')),
  };
}

export default function Cases() {
  const { rows, nextCursor, flows, now, filters } = useLoaderData<typeof loader>();
  const { t } = useTranslation('cases');
  useLiveUpdates();
  return (
    <div>
      <div className="page-head">
        <h1>{t('heading')}</h1>
      </div>
      <CaseFilterBar base="/cases" filters={filters} flows={flows} />
      <CaseTable rows={rows} now={now} base="/cases" />
      <footer className="table-foot">
        {nextCursor && <Link to={`/cases?${withFilters(filters, { cursor: nextCursor })}`}>{t('shell:nextPage')}</Link>}
      </footer>
    </div>
  );
}
