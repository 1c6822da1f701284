import type { WidgetProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { readFormContext } from '../form-context.ts';
import { ReadOnlyValue, useValueText } from '../read-only-value.tsx';

/** Signing: one press puts the signed-in person's name; the history records who really sent the form. */
export function SignatureWidget(props: WidgetProps) {
  const text = useValueText();
  const { t } = useTranslation('form');
  const { id, value, onChange } = props;
  const { personName } = readFormContext(props.registry.formContext);
  if (props.readonly) return <ReadOnlyValue id={id}>{text(value)}</ReadOnlyValue>;
  const signed = typeof value === 'string' && value !== '';
  return (
    <div className="signature">
      <button
        type="button"
        id={id}
        className={signed ? 'sign-button signed' : 'sign-button'}
        aria-pressed={signed}
        disabled={props.disabled}
        onClick={() => onChange(signed ? undefined : personName)}
      >
        {signed ? `✓ ${t('signedBy', { name: value })}` : t('sign', { name: personName })}
      </button>
    </div>
  );
}
