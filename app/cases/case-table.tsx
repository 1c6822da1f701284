import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { formatInstantShort } from '../i18n/format.ts';
import { useLanguage } from '../ui/role-names.ts';
import { useRovingLinks } from '../ui/use-roving-links.ts';
import { CaseStatus } from './case-status.tsx';
import type { ListedCase } from './find-cases.server.ts';

/** Cases as a table; `base` is where a row leads. */
export function CaseTable({ rows, now, base }: { rows: readonly ListedCase[]; now: string; base: string }) {
  const { t } = useTranslation('cases');
  const language = useLanguage();
  const { onKeyDown, rovingProps } = useRovingLinks(rows.length);
  if (rows.length === 0) return <p className="empty-state">{t('empty')}</p>;
  return (
    <section className="table-frame" onKeyDown={onKeyDown} aria-label={t('heading')}>
      <table className="grid">
        <thead>
          <tr>
            <th>{t('column.flow')}</th>
            <th>{t('column.businessKey')}</th>
            <th>{t('column.patient')}</th>
            <th>{t('column.status')}</th>
            <th>{t('column.started')}</th>
            <th>{t('column.last')}</th>
            <th className="narrow">{t('column.incidents')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.caseId}>
              <td>
                <Link {...rovingProps(index)} to={`${base}/${row.caseId}`} className="row-link">
                  {row.flow[language]}
                </Link>
              </td>
              <td className="nowrap">{row.businessKey ?? <code>{row.caseId.slice(-12)}</code>}</td>
              <td className="nowrap">
                {row.patientName ?? row.patientId ?? <span className="muted">{t('inbox:noPatient')}</span>}{' '}
                <span className="muted">
                  {row.patient?.sex && t(`patient:sex.${row.patient.sex}`)}{' '}
                  {row.patient?.age !== undefined && t('patient:age', { age: row.patient.age })}
                </span>
              </td>
              <td>
                <CaseStatus status={row.status} outcome={row.outcome} left={row.isArchived ? 'archived' : undefined} />
              </td>
              <td className="nowrap">
                <time dateTime={row.startedAt}>{formatInstantShort(row.startedAt, now)}</time>
              </td>
              <td className="nowrap">
                <time dateTime={row.lastAt}>{formatInstantShort(row.lastAt, now)}</time>
              </td>
              <td>{row.openIncidents > 0 && <strong className="tag danger">{row.openIncidents}</strong>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
