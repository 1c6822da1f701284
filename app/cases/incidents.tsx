import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.ts';
import { PostForm } from '../ui/post-form.tsx';
import { type ShownCase, useElementName } from './shown-case.ts';

type Incident = ShownCase['incidents'][number];

/** Where the case is stuck, and what an entitled person can do about it. */
export function Incidents({ shown }: { shown: ShownCase }) {
  const { t } = useTranslation('cases');
  const nameOf = useElementName(shown.names);
  return (
    <section className="panel incidents" aria-labelledby="incidents-title">
      <h2 id="incidents-title">{t('incidents.title')}</h2>
      <ul className="plain-list">
        {shown.incidents.map((incident) => (
          <li key={incident.incidentId}>
            <div>
              <strong>{nameOf(incident.elementId)}</strong> · {t(`incidents.code.${incident.code}`)}{' '}
              <span className="muted">{formatInstant(incident.raisedAt)}</span>
              <div className="muted incident-message">{incident.message}</div>
            </div>
            {shown.mayHandleIncidents && <IncidentActions incident={incident} caseId={shown.caseId} />}
          </li>
        ))}
      </ul>
      {!shown.mayHandleIncidents && <p className="muted">{t('incidents.notYours')}</p>}
    </section>
  );
}

function IncidentActions({ incident, caseId }: { incident: Incident; caseId: string }) {
  const { t } = useTranslation('cases');
  const [settling, setSettling] = useState(false);
  const unknown = incident.code === 'job-outcome-unknown';
  const hidden = (
    <>
      <input type="hidden" name="incidentId" value={incident.incidentId} />
      <input type="hidden" name="key" value={`${incident.incidentId}-${incident.raisedAt}`} />
    </>
  );
  if (settling) return <Settlement caseId={caseId} hidden={hidden} />;
  return (
    <span className="incident-actions">
      {!unknown && (
        <PostForm action={`/cases/${caseId}`}>
          {hidden}
          <input type="hidden" name="intent" value="retry" />
          <Button htmlType="submit">{t('incidents.retry')}</Button>
        </PostForm>
      )}
      {unknown && <Button onClick={() => setSettling(true)}>{t('incidents.settle')}</Button>}
    </span>
  );
}

function Settlement({ caseId, hidden }: { caseId: string; hidden: ReactNode }) {
  const { t } = useTranslation('cases');
  const [outcome, setOutcome] = useState<string>();
  return (
    <PostForm action={`/cases/${caseId}`} className="settlement">
      {hidden}
      <input type="hidden" name="intent" value="settle" />
      <fieldset className="choices column">
        <legend className="field-label">{t('incidents.outcomeLabel')}</legend>
        {['done', 'error', 'send-again'].map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="outcome" value={one} required onChange={() => setOutcome(one)} />
            {t(`incidents.outcome.${one}`)}
          </label>
        ))}
      </fieldset>
      {outcome === 'error' && (
        <label>
          {t('incidents.errorCode')}
          <input name="errorCode" className="plain-input" required />
        </label>
      )}
      {outcome === 'done' && (
        <label>
          {t('incidents.output')}
          <textarea name="output" className="plain-input" rows={3} />
        </label>
      )}
      <Button htmlType="submit" type="primary">
        {t('incidents.settle')}
      </Button>
    </PostForm>
  );
}
