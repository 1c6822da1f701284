import type { WidgetProps } from '@rjsf/utils';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../i18n/format.ts';
import { englishOfField } from './english-beside.ts';
import { readFormContext } from './form-context.ts';

type Choice = { readonly value?: unknown; readonly label?: string };

/** How a value is to be read: its choices, whether it is money. */
export type ReadAs = { readonly choices?: readonly Choice[]; readonly money?: boolean };

/** An instant as the engine writes it; nothing else that is shown looks like it. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Words for a value that is only shown. */
export function useValueText(): (value: unknown, as?: ReadAs) => string {
  const { t } = useTranslation('form');
  const text = (value: unknown, as: ReadAs = {}): string => {
    if (value === undefined || value === null || value === '') return '—';
    const choice = as.choices?.find((one) => one.value === value);
    if (choice?.label) return choice.label;
    if (as.money && typeof value === 'number') return formatMoney(value);
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value)))
      return formatInstant(value);
    if (Array.isArray(value)) return value.map((one: unknown) => text(one, as)).join(t('shell:listComma'));
    if (typeof value === 'object')
      return Object.values(value)
        .map((one: unknown) => text(one))
        .join(' · ');
    return String(value);
  };
  return text;
}

/** Words for a field that is only shown: in English what the data say in English beside it, where they do. */
export function useFieldText(): (props: Pick<WidgetProps, 'id' | 'value' | 'registry'>, as?: ReadAs) => string {
  const text = useValueText();
  const { i18n } = useTranslation();
  return ({ id, value, registry }, as) =>
    (i18n.language === 'en' && englishOfField(readFormContext(registry.formContext).data, id)) || text(value, as);
}

/** A value that is only shown, in place of an input. */
export function ReadOnlyValue({ id, children }: { id: string; children: ReactNode }) {
  return (
    <output id={id} className="read-only-value">
      {children}
    </output>
  );
}
