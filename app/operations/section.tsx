import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A table of the operations room with its heading, or the sentence that there is nothing. */
export function Section(props: { readonly name: string; readonly empty: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation('operations');
  const { name, empty, children } = props;
  return (
    <section className="panel" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{t(`${name}.title`)}</h2>
      <p className="muted">{t(empty ? `${name}.none` : `${name}.about`)}</p>
      {!empty && <div className="table-frame">{children}</div>}
    </section>
  );
}
