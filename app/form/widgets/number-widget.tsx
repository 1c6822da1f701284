import type { WidgetProps } from '@rjsf/utils';
import { ariaDescribedByIds } from '@rjsf/utils';
import { useState } from 'react';
import { ReadOnlyValue, useValueText } from '../read-only-value.tsx';

/** How a text field's characters become the stored value and back. */
type NumberText = { read(text: string): number | undefined; show(value: unknown): string };

const plainNumber: NumberText = {
  read: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
  show: (value) => (typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''),
};

/** Yuan with up to two decimals on the screen, whole fen in the data; no floating arithmetic in between. */
export const yuan: NumberText = {
  read(text) {
    const parts = /^(-?)(\d+)(?:\.(\d{0,2}))?$/.exec(text.replaceAll(',', ''));
    if (!parts) return undefined;
    const [, sign = '', whole = '0', cents = ''] = parts;
    return Number(`${sign}${whole}${cents.padEnd(2, '0')}`);
  },
  show(value) {
    if (typeof value !== 'number') return typeof value === 'string' ? value : '';
    const digits = String(Math.abs(value)).padStart(3, '0');
    return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  },
};

function NumberField({ props, as, prefix }: { props: WidgetProps; as: NumberText; prefix?: string }) {
  const { id, value, onChange } = props;
  // What is being typed ("12.") is not always a number yet; it stays as typed until the field is left.
  const [typing, setTyping] = useState<string>();
  return (
    <span className={prefix ? 'affixed-input' : 'number-input'}>
      {prefix && <span aria-hidden="true">{prefix}</span>}
      <input
        id={id}
        name={props.htmlName ?? id}
        className="plain-input"
        inputMode="decimal"
        value={typing ?? as.show(value)}
        disabled={props.disabled}
        required={props.required}
        placeholder={props.placeholder}
        autoComplete="off"
        aria-invalid={(props.rawErrors?.length ?? 0) > 0}
        aria-describedby={ariaDescribedByIds(id)}
        onChange={(event) => {
          const text = event.target.value.trim();
          setTyping(event.target.value);
          // Text that is no number is sent as it is: the server says what is wrong with it.
          onChange(text === '' ? undefined : (as.read(text) ?? text));
        }}
        onBlur={() => setTyping(undefined)}
      />
    </span>
  );
}

/** A number. */
export function NumberWidget(props: WidgetProps) {
  const text = useValueText();
  if (props.readonly) return <ReadOnlyValue id={props.id}>{text(props.value)}</ReadOnlyValue>;
  return <NumberField props={props} as={plainNumber} />;
}

/** Money: yuan on the screen, fen in the data. */
export function MoneyWidget(props: WidgetProps) {
  const text = useValueText();
  if (props.readonly) return <ReadOnlyValue id={props.id}>{text(props.value, { money: true })}</ReadOnlyValue>;
  return <NumberField props={props} as={yuan} prefix="¥" />;
}
