import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { CaseFilterBar } from '../cases/case-filter-bar.tsx';
import { readFilters, withFilters } from '../cases/case-filters.ts';
import { CaseTable } from '../cases/case-table.tsx';
import { findCases } from '../cases/find-cases.server.ts';
import { formatInstant } from '../i18n/format.ts';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { flowTitles } from '../server/flow-titles.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { useLanguage } from '../ui/role-names.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

const mostOverrides = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireArea(context, 'audit');
  const { services } = context;
  const { tenantId, directory, clock } = services;
  const filters = readFilters(new URL(request.url).searchParams);
  const titles = await flowTitles(services);
  const open = await services.overrideReviews.listOpen({ tenantId, limit: mostOverrides });
  const overrides = await Promise.all(
    open.map(async ({ processKey, actorId, ...one }) => {
      const actor = await directory.person(tenantId, actorId, clock.now());
      return { ...one, flow: titles(processKey), by: actor?.name ?? actorId };
    }),
  );
  return {
    title: translate(context.language)('audit:title'),
    filters,
    overrides,
    people: services.demoAccounts.map(({ id, name }) => ({ id, name })),
    ...(await findCases(context, filters, 'audit-list')),
  };
}

export default function AuditFinder() {
  const { rows, nextCursor, flows, now, filters, overrides, people } = useLoaderData<typeof loader>();
  const { t } = useTranslation('audit');
  const language = useLanguage();
  return (
    <div>
      <div className="page-head">
        <h1>{t('heading')}</h1>
      </div>
      <CaseFilterBar base="/audit" filters={filters} flows={flows} people={people} />
      <CaseTable rows={rows} now={now} base="/audit" />
      <footer className="table-foot">
        {nextCursor && <Link to={`/audit?${withFilters(filters, { cursor: nextCursor })}`}>{t('shell:nextPage')}</Link>}
      </footer>
      <section className="panel" aria-labelledby="overrides-title">
        <h2 id="overrides-title">{t('overrides.title')}</h2>
        {overrides.length === 0 && <p className="muted">{t('overrides.none')}</p>}
        <ul className="plain-list">
          {overrides.map((one) => (
            <li key={`${one.caseId}/${one.seq}`}>
              <span>
                <strong>{one.flow[language]}</strong> {one.businessKey}{' '}
                <span className="muted">{t('overrides.at', { name: one.by, at: formatInstant(one.at) })}</span>
              </span>
              <Link to={`/audit/${one.caseId}?seq=${one.seq}`}>{t('overrides.look')}</Link>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
