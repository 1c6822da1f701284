import { useTranslation } from 'react-i18next';

/** Whether a case runs or how it ended, in words and colour. */
export function CaseStatus({ status, outcome }: { status: 'active' | 'ended'; outcome?: string }) {
  const { t } = useTranslation('cases');
  if (status === 'active') return <span className="tag accent">{t('status.active')}</span>;
  const good = outcome === 'completed';
  return (
    <span className={good ? 'tag good' : 'tag warning'}>{t(outcome ? `outcome.${outcome}` : 'status.ended')}</span>
  );
}
