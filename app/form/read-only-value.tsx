import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../i18n/format.ts';

type Choice = { readonly value?: unknown; readonly label?: string };

/** How a value is to be read: its schema's format, its choices, whether it is money. */
export type ReadAs = { readonly format?: string; readonly choices?: readonly Choice[]; readonly money?: boolean };

/** Words for a value that is only shown. */
export function useValueText(): (value: unknown, as?: ReadAs) => string {
  const { t } = useTranslation('form');
  const text = (value: unknown, as: ReadAs = {}): string => {
    if (value === undefined || value === null || value === '') return '—';
    const choice = as.choices?.find((one) => one.value === value);
    if (choice?.label) return choice.label;
    if (as.money && typeof value === 'number') return formatMoney(value);
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (as.format === 'date-time' && typeof value === 'string' && !Number.isNaN(Date.parse(value))) {
      return formatInstant(value);
    }
    if (Array.isArray(value)) return value.map((one: unknown) => text(one, as)).join(t('shell:listComma'));
    if (typeof value === 'object')
      return Object.values(value)
        .map((one: unknown) => text(one))
        .join(' · ');
    return String(value);
  };
  return text;
}

/** A value that is only shown, in place of an input. */
export function ReadOnlyValue({ id, children }: { id: string; children: ReactNode }) {
  return (
    <output id={id} className="read-only-value">
      {children}
    </output>
  );
}
