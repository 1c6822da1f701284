import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchemaFormProps } from './schema-form.tsx';

const Loaded = lazy(async () => ({ default: (await import('./schema-form.tsx')).SchemaForm }));

/** The form renderer is large and works in the browser only: other pages do not wait for it. */
export function LazySchemaForm(props: SchemaFormProps) {
  const { t } = useTranslation('form');
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  const waiting = <p className="muted form-loading">{t('loading')}</p>;
  if (!inBrowser) return waiting;
  return (
    <Suspense fallback={waiting}>
      <Loaded {...props} />
    </Suspense>
  );
}
