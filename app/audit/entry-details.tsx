import { useTranslation } from 'react-i18next';
import { formatInstant, formatInstantExactly } from '../i18n/format.ts';
import { useDepartmentName, useRoleNames } from '../ui/role-names.ts';
import { DecisionsMade } from './decisions-made.tsx';
import type { ShownAudit } from './load-audit.server.ts';
import { OverrideReviewForm } from './override-review-form.tsx';

/** One entry of the history: who, what changed, what happened. */
export function EntryDetails({ shown }: { shown: ShownAudit }) {
  const { t } = useTranslation('audit');
  return (
    <>
      {shown.override !== undefined && (
        <section className="panel notice warning" aria-labelledby="override-title">
          <h2 id="override-title">{t('override.title')}</h2>
          <p>
            {t('override.reason')}: {shown.override}
          </p>
          {shown.review ? (
            <p>
              {t('review.done', {
                name: shown.review.reviewedBy,
                at: formatInstant(shown.review.reviewedAt),
                verdict: t(`review.${shown.review.verdict}`),
              })}{' '}
              {shown.review.comment}
            </p>
          ) : (
            <OverrideReviewForm caseId={shown.caseId} seq={shown.seq} />
          )}
        </section>
      )}
      <div className="entry-columns">
        <section className="panel" aria-labelledby="values-title">
          <h2 id="values-title">{t('values.title')}</h2>
          <Changes changes={shown.changes} />
        </section>
        <div>
          {shown.decisions.length > 0 && <DecisionsMade decisions={shown.decisions} />}
          <ActorThen shown={shown} />
          <Happened events={shown.events} />
        </div>
      </div>
    </>
  );
}

function Changes({ changes }: { changes: ShownAudit['changes'] }) {
  const { t } = useTranslation('audit');
  if (changes.length === 0) return <p className="muted">{t('values.none')}</p>;
  return (
    <table className="grid changes">
      <thead>
        <tr>
          <th>{t('values.name')}</th>
          <th>{t('values.before')}</th>
          <th>{t('values.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.name}>
            <td title={change.name}>{change.label}</td>
            <td className="before">{change.before ?? <span className="muted">{t('values.new')}</span>}</td>
            <td className="after">{change.after ?? <span className="muted">{t('values.new')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ActorThen({ shown }: { shown: ShownAudit }) {
  const { t } = useTranslation('audit');
  const roleNames = useRoleNames();
  const departmentName = useDepartmentName();
  const { person, name } = shown.actor;
  const comma = t('shell:listComma');
  const rows = [
    [t('when.recorded'), formatInstantExactly(shown.recordedAt)],
    shown.occurredAt !== shown.recordedAt && [t('when.occurred'), formatInstantExactly(shown.occurredAt)],
    person && [t('actor.roles'), roleNames(person.roles).join(comma)],
    person && [t('actor.department'), departmentName(person.department)],
    person && [t('actor.credentials'), person.credentials.join(comma) || t('shell:none')],
    person && [t('actor.duty'), t(person.onDuty ? 'form:yes' : 'form:no')],
    [t('hash'), shown.hash.slice(0, 16)],
  ].filter((row): row is [string, string] => Array.isArray(row));
  return (
    <section className="panel" aria-labelledby="actor-title">
      <h2 id="actor-title">{t('actor.title')}</h2>
      <p>
        <strong>{person ? name : `${t('actor.system')} · ${name}`}</strong> {person && <code>{person.id}</code>}
      </p>
      <dl className="values narrow">
        {rows.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Happened({ events }: { events: ShownAudit['events'] }) {
  const { t } = useTranslation('audit');
  return (
    <section className="panel" aria-labelledby="events-title">
      <h2 id="events-title">{t('events.title')}</h2>
      {events.length === 0 && <p className="muted">{t('events.none')}</p>}
      <ul className="event-list">
        {events.map((event) => (
          <li key={event.id}>
            {t(`event.${event.type}`, { defaultValue: event.type })} {event.element && <strong>{event.element}</strong>}{' '}
            <span className="muted">{event.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
