import type { WidgetProps } from '@rjsf/utils';
import { ariaDescribedByIds } from '@rjsf/utils';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReadOnlyValue, useValueText } from '../read-only-value.tsx';

function focusNext(from: HTMLElement): void {
  const fields = from
    .closest('form')
    ?.querySelectorAll<HTMLElement>('input:not([type=hidden]):not(:disabled),select,textarea,button[type=submit]');
  const all = fields ? [...fields] : [];
  all[all.indexOf(from) + 1]?.focus();
}

/** A barcode: the scanner types it and ends with Enter, which moves on instead of sending the form. */
export function ScanWidget(props: WidgetProps) {
  return props.schema.type === 'array' ? <ScanList {...props} /> : <ScanOne {...props} />;
}

function ScanOne(props: WidgetProps) {
  const text = useValueText();
  const { t } = useTranslation('form');
  const { id, value, onChange } = props;
  if (props.readonly) return <ReadOnlyValue id={id}>{text(value)}</ReadOnlyValue>;
  const moveOn = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    focusNext(event.currentTarget);
  };
  return (
    <input
      id={id}
      name={props.htmlName ?? id}
      className="plain-input scan-input"
      value={typeof value === 'string' ? value : ''}
      disabled={props.disabled}
      required={props.required}
      placeholder={t('scan')}
      autoComplete="off"
      spellCheck={false}
      aria-invalid={(props.rawErrors?.length ?? 0) > 0}
      aria-describedby={ariaDescribedByIds(id)}
      onKeyDown={moveOn}
      onChange={(event) => onChange(event.target.value.trim() === '' ? undefined : event.target.value.trim())}
    />
  );
}

/** Many barcodes: each scan adds one; the same one twice is not added again. */
function ScanList(props: WidgetProps) {
  const text = useValueText();
  const { t } = useTranslation('form');
  const { id, value, onChange } = props;
  const [typing, setTyping] = useState('');
  const [again, setAgain] = useState<string>();
  const codes: readonly string[] = Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string')
    : [];
  if (props.readonly) return <ReadOnlyValue id={id}>{text(codes)}</ReadOnlyValue>;
  const add = () => {
    const scanned = typing.split(/[\s,;，；]+/).filter(Boolean);
    const fresh = scanned.filter((code, index) => !codes.includes(code) && scanned.indexOf(code) === index);
    setAgain(fresh.length < scanned.length ? scanned.find((code) => codes.includes(code)) : undefined);
    setTyping('');
    if (fresh.length > 0) onChange([...codes, ...fresh]);
  };
  return (
    <div className="scan-list">
      <input
        id={id}
        className="plain-input scan-input"
        value={typing}
        disabled={props.disabled}
        placeholder={t('scanMany')}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={(props.rawErrors?.length ?? 0) > 0}
        aria-describedby={ariaDescribedByIds(id)}
        onChange={(event) => setTyping(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (typing.trim() === '') focusNext(event.currentTarget);
          else add();
        }}
      />
      <span role="status" className="scan-count">
        {t('scanned', { count: codes.length })}
        {again && ` · ${t('scannedAgain', { code: again })}`}
      </span>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
            <button
              type="button"
              className="icon-button"
              aria-label={t('removeCode', { code })}
              disabled={props.disabled}
              onClick={() => onChange(codes.filter((one) => one !== code))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
