import { Form, Link } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatInstantShort } from '../i18n/format.ts';
import { ColumnHeads } from '../ui/column-heads.tsx';
import { useLanguage } from '../ui/role-names.ts';
import { chosenWork } from './batches/choice.ts';
import type { ShownOperations } from './load-operations.server.ts';
import { Section } from './section.tsx';

/** Running cases in which nothing has happened for longest; those ticked can be retried or cancelled together. */
export function QuietCases({ shown: { quiet, now, mayChange } }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const heads = [
    ...(mayChange ? [{ title: t('quiet.choose') }] : []),
    ...[{ title: t('quiet.case') }, { title: t('flow') }, { title: t('quiet.started') }],
    ...[{ title: t('quiet.last') }, { title: t('quiet.state') }],
  ];
  return (
    <Section name="quiet" empty={quiet.length === 0}>
      <Form action="/operations/batches/new" method="get">
        <table className="grid">
          <ColumnHeads columns={heads} />
          <tbody>
            {quiet.map((row) => (
              <tr key={row.caseId}>
                {mayChange && (
                  <td>
                    <input
                      type="checkbox"
                      name="case"
                      value={row.caseId}
                      aria-label={t('quiet.chooseCase', { name: row.businessKey ?? row.caseId.slice(-12) })}
                    />
                  </td>
                )}
                <td>
                  <Link to={`/cases/${row.caseId}`}>{row.businessKey ?? row.caseId.slice(-12)}</Link>
                </td>
                <td>{row.flow[language]}</td>
                <td>{formatInstantShort(row.startedAt, now)}</td>
                <td>{formatInstantShort(row.lastAt, now)}</td>
                <td>{row.stuck ? <strong className="tag danger">{t('quiet.stuck')}</strong> : t('quiet.waits')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {mayChange && (
          <p className="table-actions">
            {chosenWork.map((work) => (
              <Button key={work} htmlType="submit" name="work" value={work}>
                {t(`quiet.${work}`)}
              </Button>
            ))}
          </p>
        )}
      </Form>
    </Section>
  );
}
