import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks for the reason of a documented exception before the form is sent. */
export function OverrideDialog(props: { open: boolean; onCancel: () => void; onConfirm: (reason: string) => void }) {
  const { t } = useTranslation('task');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const confirm = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') props.onConfirm(reason.trim());
  };
  return (
    <Modal
      open={props.open}
      title={t('override.title')}
      okText={t('override.confirm')}
      cancelText={t('shell:cancel')}
      onOk={confirm}
      onCancel={props.onCancel}
      destroyOnHidden
    >
      <p>{t('override.notice')}</p>
      <label htmlFor="override-reason" className="field-label">
        {t('override.reason')}
      </label>
      <textarea
        id="override-reason"
        className="plain-input"
        rows={3}
        maxLength={500}
        value={reason}
        aria-invalid={missing}
        aria-describedby="override-missing"
        onChange={(event) => setReason(event.target.value)}
      />
      <p id="override-missing" className="field-errors" role="alert">
        {missing && t('override.missing')}
      </p>
    </Modal>
  );
}
