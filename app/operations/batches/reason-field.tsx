import { useTranslation } from 'react-i18next';

/** Why a batch is asked for: stays with it and in the history of each case. */
export function ReasonField() {
  const { t } = useTranslation('batches');
  return (
    <>
      <h3 id="reason-title">{t('reason')}</h3>
      <textarea name="reason" className="plain-input wide" rows={2} maxLength={1000} aria-labelledby="reason-title" />
    </>
  );
}
