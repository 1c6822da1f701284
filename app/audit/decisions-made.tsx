import { useTranslation } from 'react-i18next';
import type { ShownDecision } from './decisions-of.server.ts';

/** Decisions an entry made: what each was asked, which rules of its tables answered, and what. */
export function DecisionsMade({ decisions }: { decisions: readonly ShownDecision[] }) {
  const { t } = useTranslation('audit');
  return (
    <section className="panel" aria-labelledby="decisions-title">
      <h2 id="decisions-title">{t('decisions.title')}</h2>
      {decisions.map((decision) => (
        <article key={decision.id} aria-label={decision.name}>
          <h3>{decision.name}</h3>
          {decision.description && <p className="muted">{decision.description}</p>}
          <dl className="values narrow">
            {decision.inputs.map(({ label, description, text }) => (
              <div key={label}>
                <dt>
                  {label} {description && <span className="muted">{description}</span>}
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
            <div>
              <dt>{t('decisions.rules')}</dt>
              <dd>
                <FiredRules rules={decision.rules} />
              </dd>
            </div>
            <div>
              <dt>{t('decisions.answer')}</dt>
              <dd>{decision.answer}</dd>
            </div>
          </dl>
        </article>
      ))}
    </section>
  );
}

function FiredRules({ rules }: { rules: ShownDecision['rules'] }) {
  const { t } = useTranslation('audit');
  if (rules.length === 0) return <span className="muted">{t('decisions.noRule')}</span>;
  return (
    <ul className="plain-list">
      {rules.map(({ id, number, note }) => (
        <li key={id} title={id}>
          <span>
            <strong>{number === undefined ? id : t('decisions.rule', { number })}</strong> {note}
          </span>
        </li>
      ))}
    </ul>
  );
}
