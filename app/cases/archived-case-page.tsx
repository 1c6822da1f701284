import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.ts';
import { useLanguage } from '../ui/role-names.ts';
import { CaseStatus } from './case-status.tsx';
import type { ShownArchived } from './load-archived.server.ts';

/** A case that has left the database: where it is, until when it is kept, and how it comes back. */
export function ArchivedCasePage({ shown }: { shown: ShownArchived }) {
  const { t } = useTranslation('cases');
  const language = useLanguage();
  const facts = [
    ['archive', shown.archive],
    ['archivedAt', formatInstant(shown.archivedAt)],
    ['recordClass', t(`archived.class.${shown.recordClass}`)],
    ['keptUntil', formatInstant(shown.keptUntil)],
    ['destroyedAt', shown.destroyedAt && formatInstant(shown.destroyedAt)],
    ['patientId', shown.patientId],
    ['startedAt', formatInstant(shown.startedAt)],
    ['endedAt', formatInstant(shown.endedAt)],
    ['caseId', shown.caseId],
  ] as const;
  return (
    <div className="case-page">
      <div className="page-head">
        <h1>{shown.flow[language]}</h1>
        {shown.businessKey && <span className="muted">{shown.businessKey}</span>}
        <CaseStatus status="ended" outcome={shown.outcome} left={shown.destroyedAt ? 'destroyed' : 'archived'} />
        <span className="muted">{t('version', { version: shown.version })}</span>
      </div>
      <section className="panel" aria-labelledby="archived-title">
        <h2 id="archived-title">{t(shown.destroyedAt ? 'archived.destroyed' : 'archived.title')}</h2>
        <dl className="values">
          {facts.map(
            ([name, value]) =>
              value && (
                <div key={name}>
                  <dt>{t(`archived.${name}`)}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        <p>{t(shown.destroyedAt ? 'archived.gone' : 'archived.bringBack')}</p>
        {!shown.destroyedAt && <pre>{`npm run archive -- --bring-back ${shown.archive} ${shown.caseId}`}</pre>}
      </section>
    </div>
  );
}
