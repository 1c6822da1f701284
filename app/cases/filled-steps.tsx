import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.ts';
import { type ShownCase, useElementName } from './shown-case.ts';

/** What was filled in at each step, latest first. */
export function FilledSteps({ shown }: { shown: ShownCase }) {
  const { t } = useTranslation('cases');
  const nameOf = useElementName(shown.names);
  return (
    <section className="panel" aria-labelledby="steps-title">
      <h2 id="steps-title">{t('steps.title')}</h2>
      {shown.steps.length === 0 && <p className="muted">{t('steps.none')}</p>}
      {shown.steps.map((step, index) => (
        <details key={`${step.seq}/${step.elementId}`} open={index === 0} className="step">
          <summary>
            <strong>{nameOf(step.elementId)}</strong>{' '}
            <span className="muted">{t('steps.by', { name: step.by, at: formatInstant(step.at) })}</span>
          </summary>
          {step.override && <p className="notice warning">{t('steps.override', { reason: step.override })}</p>}
          {step.rows.length === 0 ? (
            <p className="muted">{t('steps.empty')}</p>
          ) : (
            <dl className="values">
              {step.rows.map((row) => (
                <div key={row.name}>
                  <dt>{row.label}</dt>
                  <dd>{row.text}</dd>
                </div>
              ))}
            </dl>
          )}
        </details>
      ))}
    </section>
  );
}
