import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { Alert, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { BpmnDiagram } from '../diagram/bpmn-diagram.tsx';
import diagramStyles from '../diagram/diagram.css?url';
import flowStyles from '../flows/flows.css?url';
import { mayEdit } from '../flows/require-editor.server.ts';
import { showFlow } from '../flows/show-flow.server.ts';
import { problem } from '../problem.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { useLanguage } from '../ui/role-names.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [
  { rel: 'stylesheet', href: flowStyles },
  { rel: 'stylesheet', href: diagramStyles },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const person = requireArea(context, 'flows');
  const flow = await showFlow(context, params.key ?? '');
  if (!flow) throw problem({ status: 404 });
  return {
    title: flow.title[context.language],
    flow,
    mayEdit: mayEdit(person),
    mayReview: person.roles.includes('process-reviewer'),
  };
}

export default function Flow() {
  const { flow, mayEdit: editor, mayReview } = useLoaderData<typeof loader>();
  const { t } = useTranslation('flows');
  const language = useLanguage();
  return (
    <>
      <div className="page-heading">
        <h1>{flow.title[language]}</h1>
        <span className="row-actions">
          {editor ? <Link to={`/flows/${flow.key}/edit`}>{t('list.edit')}</Link> : null}
          {mayReview && flow.draft?.status === 'submitted' ? (
            <Link to={`/flows/${flow.key}/review`}>{t('list.review')}</Link>
          ) : null}
        </span>
      </div>
      {flow.draft ? <Alert type="info" showIcon title={t(`list.${flow.draft.status}`, { by: flow.draft.by })} /> : null}
      {flow.draft?.returned ? (
        <Alert type="warning" showIcon title={t('review.returnedWith', flow.draft.returned)} />
      ) : null}
      {flow.override ? <Alert type="warning" showIcon title={t('view.override', flow.override)} /> : null}
      <div className="flow-view">
        <BpmnDiagram xml={flow.bpmn} label={t('view.canvas')} />
        <aside>
          <h2>{t('view.versions')}</h2>
          <Table
            rowKey="version"
            size="small"
            pagination={false}
            dataSource={[...flow.versions]}
            locale={{ emptyText: t('list.notPublished') }}
            columns={[
              { title: t('list.version'), render: (_, row) => t('view.version', { version: row.version }) },
              { title: t('list.running'), align: 'right', render: (_, row) => row.cases },
            ]}
          />
          {flow.publishedAt ? (
            <p className="muted">
              {t('list.published')} <LocalTime at={flow.publishedAt} />
            </p>
          ) : null}
          <p className="muted">
            {t('view.hash')} <code>{flow.hash.slice(0, 16)}</code>
          </p>
          <h2>{t('view.forms')}</h2>
          <p>{flow.forms.length > 0 ? flow.forms.map((id) => <Tag key={id}>{id}</Tag>) : t('view.none')}</p>
          <h2>{t('view.decisions')}</h2>
          <p>{flow.decisions.length > 0 ? flow.decisions.map((id) => <Tag key={id}>{id}</Tag>) : t('view.none')}</p>
        </aside>
      </div>
    </>
  );
}
