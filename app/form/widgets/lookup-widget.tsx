import type { WidgetProps } from '@rjsf/utils';
import { Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReadOnlyValue } from '../read-only-value.tsx';

type Item = { readonly value: string; readonly label: string; readonly labelEn?: string; readonly detail?: string };

const typingPause = 180;

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'value') === 'string';
}

async function fetchItems(list: string, text: string, signal: AbortSignal): Promise<readonly Item[]> {
  const query = new URLSearchParams({ q: text });
  const answer = await fetch(`/lookup/${encodeURIComponent(list)}?${query}`, {
    signal,
    headers: { Accept: 'application/json' },
  });
  if (!answer.ok) return [];
  const body: unknown = await answer.json();
  const items: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'items') : undefined;
  return Array.isArray(items) ? items.filter(isItem) : [];
}

/** A code from one of the hospital's lists, found by typing a part of its name. */
export function LookupWidget(props: WidgetProps) {
  const { t, i18n } = useTranslation('form');
  const { id, value, onChange, options } = props;
  const list = typeof options.lookup === 'string' ? options.lookup : '';
  const [items, setItems] = useState<readonly Item[]>([]);
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const known = useRef(new Map<string, Item>());
  const code = typeof value === 'string' ? value : undefined;
  const missing = code !== undefined && !known.current.has(code);
  useEffect(() => {
    if (!open && !missing) return;
    const leaving = new AbortController();
    setBusy(true);
    const timer = setTimeout(
      () => {
        fetchItems(list, open ? text : (code ?? ''), leaving.signal)
          .then((found) => {
            for (const item of found) known.current.set(item.value, item);
            setItems(found);
            setBusy(false);
          })
          .catch(() => leaving.signal.aborted || setBusy(false));
      },
      open ? typingPause : 0,
    );
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [list, text, open, missing, code]);
  const nameOf = (item: Item) => (i18n.language === 'en' && item.labelEn ? item.labelEn : item.label);
  const chosen = code === undefined ? undefined : known.current.get(code);
  if (props.readonly) return <ReadOnlyValue id={id}>{chosen ? nameOf(chosen) : (code ?? '—')}</ReadOnlyValue>;
  const shown = chosen && !items.includes(chosen) && !open ? [chosen, ...items] : items;
  return (
    <Select
      id={id}
      className="lookup-input"
      aria-label={props.label}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      // A narrow cell of a table must not cut the names.
      popupMatchSelectWidth={360}
      value={code}
      disabled={props.disabled}
      status={props.rawErrors?.length ? 'error' : undefined}
      placeholder={t('lookup')}
      loading={busy}
      notFoundContent={t(busy ? 'shell:loading' : 'lookupNothing')}
      onOpenChange={setOpen}
      onChange={(picked: string | undefined) => onChange(picked)}
      options={shown.map((item) => ({
        value: item.value,
        label: (
          <span className="lookup-item">
            {nameOf(item)} <span className="muted">{item.detail ?? item.value}</span>
          </span>
        ),
      }))}
    />
  );
}
