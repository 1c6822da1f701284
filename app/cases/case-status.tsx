import { useTranslation } from 'react-i18next';

/** Whether a case runs or how it ended, in words and colour, and whether it has left the database. */
export function CaseStatus(props: { status: 'active' | 'ended'; outcome?: string; left?: 'archived' | 'destroyed' }) {
  const { status, outcome, left } = props;
  const { t } = useTranslation('cases');
  if (status === 'active') return <span className="tag accent">{t('status.active')}</span>;
  const good = outcome === 'completed';
  return (
    <>
      <span className={good ? 'tag good' : 'tag warning'}>{t(outcome ? `outcome.${outcome}` : 'status.ended')}</span>{' '}
      {left && <span className="tag">{t(`archived.tag.${left}`)}</span>}
    </>
  );
}
