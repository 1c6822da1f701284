import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import flowStyles from '../flows/flows.css?url';
import { type FlowRow, listFlows } from '../flows/list-flows.server.ts';
import { mayEdit } from '../flows/require-editor.server.ts';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { useLanguage } from '../ui/role-names.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: flowStyles }];

export async function loader({ context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'flows');
  return {
    title: translate(context.language)('flows:title'),
    flows: await listFlows(context),
    mayEdit: mayEdit(person),
    mayReview: person.roles.includes('process-reviewer'),
  };
}

export default function Flows() {
  const { flows, mayEdit: editor, mayReview } = useLoaderData<typeof loader>();
  const { t } = useTranslation('flows');
  const language = useLanguage();
  return (
    <>
      <div className="page-heading">
        <h1>{t('title')}</h1>
        {editor ? (
          <Link className="ant-btn ant-btn-primary button-link" to="/flows/new">
            {t('new')}
          </Link>
        ) : null}
      </div>
      <Table<FlowRow>
        rowKey="key"
        size="small"
        pagination={false}
        dataSource={[...flows]}
        locale={{ emptyText: <Empty description={t('list.empty')} /> }}
        columns={[
          {
            title: t('list.name'),
            render: (_, row) => (
              <>
                <Link to={`/flows/${row.key}`}>{row.title[language]}</Link>{' '}
                <div className="muted">
                  <code>{row.key}</code>
                </div>
              </>
            ),
          },
          {
            title: t('list.version'),
            width: 110,
            render: (_, row) => (row.version ? t('view.version', { version: row.version }) : t('list.notPublished')),
          },
          {
            title: t('list.published'),
            width: 170,
            render: (_, row) => (row.publishedAt ? <LocalTime at={row.publishedAt} /> : '—'),
          },
          { title: t('list.approvedBy'), width: 110, render: (_, row) => row.approvedBy ?? '—' },
          { title: t('list.running'), width: 120, align: 'right', render: (_, row) => row.running },
          {
            title: t('list.draft'),
            width: 190,
            render: (_, row) => (row.draft ? t(`list.${row.draft.status}`, { by: row.draft.by }) : t('list.noDraft')),
          },
          {
            title: '',
            width: 150,
            render: (_, row) => (
              <span className="row-actions">
                {editor ? <Link to={`/flows/${row.key}/edit`}>{t('list.edit')}</Link> : null}
                {mayReview && row.draft?.status === 'submitted' ? (
                  <Link to={`/flows/${row.key}/review`}>{t('list.review')}</Link>
                ) : null}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}
