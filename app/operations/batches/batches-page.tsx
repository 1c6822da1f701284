import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../i18n/format.ts';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import type { loadBatches } from './load-batch.server.ts';

/** Every batch operation, newest first. */
export function BatchesPage({ batches }: Pick<Awaited<ReturnType<typeof loadBatches>>, 'batches'>) {
  const { t } = useTranslation('batches');
  const heads = ['what', 'by', 'at', 'state', 'cases', 'doneOf'] as const;
  return (
    <div className="panels">
      <div className="page-head">
        <h1>{t('title')}</h1>
        <Link to="/operations">{t('room')}</Link>
        <span className="spring" />
        <Link to="/operations/migrations/new">{t('migrate.title')}</Link>
      </div>
      <section className="panel" aria-label={t('title')}>
        {batches.length === 0 && <p className="muted">{t('none')}</p>}
        {batches.length > 0 && (
          <div className="table-frame">
            <table className="grid">
              <ColumnHeads columns={heads.map((name) => ({ title: t(`list.${name}`) }))} />
              <tbody>
                {batches.map(({ id, work, requestedBy, requestedAt, state, counts }) => (
                  <tr key={id}>
                    <td>
                      <Link to={`/operations/batches/${id}`}>{t(`kind.${work.kind}`)}</Link>{' '}
                      {work.kind === 'migrate' && (
                        <span className="muted">
                          {t('batch.versions', { flow: work.processKey, from: work.from, to: work.to })}
                        </span>
                      )}
                    </td>
                    <td>{requestedBy.name}</td>
                    <td className="nowrap">{formatInstant(requestedAt)}</td>
                    <td>{t(`state.${state}`)}</td>
                    <td>{counts.total}</td>
                    <td>{counts.done}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </div>
  );
}
