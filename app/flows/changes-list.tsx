import { Collapse, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Change } from './describe-changes.server.ts';

/** Properties shown of one change; the rest is counted. */
const shownProperties = 30;
const colours = { added: 'success', removed: 'error', changed: 'processing' } as const;

function Properties({ change }: { readonly change: Change }) {
  const { t } = useTranslation('flows');
  return (
    <table className="changes">
      <thead>
        <tr>
          <th scope="col" aria-label={t('review.changes')} />
          <th scope="col">{t('review.before')}</th>
          <th scope="col">{t('review.after')}</th>
        </tr>
      </thead>
      <tbody>
        {change.properties.slice(0, shownProperties).map((property) => (
          <tr key={property.property}>
            <th scope="row">
              <code>{property.property}</code>
            </th>
            <td>{property.before ?? '—'}</td>
            <td>{property.after ?? '—'}</td>
          </tr>
        ))}
      </tbody>
      {change.properties.length > shownProperties ? (
        <caption>{t('review.more', { count: change.properties.length - shownProperties })}</caption>
      ) : null}
    </table>
  );
}

/** In what a draft differs from the published version: every element, form and table, property by property. */
export function ChangesList({ changes, first }: { readonly changes: readonly Change[]; readonly first: boolean }) {
  const { t } = useTranslation('flows');
  if (first) return <Typography.Paragraph>{t('review.firstVersion')}</Typography.Paragraph>;
  if (changes.length === 0) return <Typography.Paragraph>{t('review.noChanges')}</Typography.Paragraph>;
  return (
    <Collapse
      size="small"
      defaultActiveKey={changes.slice(0, 20).map((change) => `${change.what}-${change.id}`)}
      items={changes.map((change) => ({
        key: `${change.what}-${change.id}`,
        label: (
          <>
            <Tag color={colours[change.kind]}>{t(`review.${change.kind}`)}</Tag>{' '}
            {t(change.what === 'title' ? 'review.titleChanged' : `review.${change.what}`)}{' '}
            <strong>{change.name ?? change.id}</strong>{' '}
            {change.type ? (
              <Typography.Text type="secondary">{change.type.replace('bpmn:', '')}</Typography.Text>
            ) : null}
          </>
        ),
        collapsible: change.properties.length === 0 ? ('disabled' as const) : undefined,
        showArrow: change.properties.length > 0,
        children: change.properties.length > 0 ? <Properties change={change} /> : null,
      }))}
    />
  );
}
