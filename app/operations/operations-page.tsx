import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { withFilters } from '../cases/case-filters.ts';
import { formatInstantShort } from '../i18n/format.ts';
import { ColumnHeads } from '../ui/column-heads.tsx';
import { useLanguage } from '../ui/role-names.ts';
import { useLiveUpdates } from '../ui/use-live-updates.ts';
import { choosing } from './batches/choice.ts';
import type { ShownOperations } from './load-operations.server.ts';
import { QuietCases } from './quiet-cases.tsx';
import { Section } from './section.tsx';

/** How the hospital's work is doing: what stands still and why, where work piles up, what the engine has to do. */
export function OperationsPage({ shown }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  useLiveUpdates();
  return (
    <div className="panels">
      <div className="page-head">
        <h1>{t('heading')}</h1>
        <span className="spring" />
        {shown.mayChange && <Link to="/operations/batches">{t('batches:title')}</Link>}
      </div>
      <ClockAlarms shown={shown} />
      <Incidents shown={shown} />
      <WaitingSteps shown={shown} />
      <QuietCases shown={shown} />
      <Queues shown={shown} />
    </div>
  );
}

function ClockAlarms({ shown: { clockAlarms, now } }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  if (clockAlarms.length === 0) return null;
  return (
    <div className="notice warning" role="alert">
      <strong>{t('clock.title')}</strong>
      <ul>
        {clockAlarms.map(({ kind, by, at }) => (
          <li key={at}>
            {formatInstantShort(at, now)}{' '}
            {t(`clock.${kind}.${by > 0 ? 'ahead' : 'back'}`, { seconds: (Math.abs(by) / 1_000).toFixed(1) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Incidents({ shown: { incidents, now, mayChange } }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const heads = [
    ...[{ title: t('flow') }, { title: t('step') }, { title: t('incidents.cause') }],
    ...[{ title: t('count'), figures: true }, { title: t('incidents.since') }, { title: t('incidents.latest') }],
    ...(mayChange ? [{ title: t('all.title') }] : []),
  ];
  return (
    <Section name="incidents" empty={incidents.length === 0}>
      <table className="grid">
        <ColumnHeads columns={heads} />
        <tbody>
          {incidents.map((group) => (
            <tr key={`${group.processKey}/${group.elementId}/${group.code}`}>
              <td>{group.flow[language]}</td>
              <td>
                <Link to={`/cases?${withFilters({}, filtersOf(group))}`}>{group.element[language]}</Link>
              </td>
              <td>{t(`cases:incidents.code.${group.code}`)}</td>
              <td className="number">
                <strong className="tag danger">{group.incidents}</strong>
              </td>
              <td>{formatInstantShort(group.oldestAt, now)}</td>
              <td>{formatInstantShort(group.newestAt, now)}</td>
              {mayChange && (
                <td className="nowrap">
                  <WholeGroup group={group} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

type Group = ShownOperations['incidents'][number];

const filtersOf = ({ processKey, elementId, code }: Group) =>
  ({ status: 'incident', flow: processKey, at: elementId, code }) as const;

/** What can be done to a whole group. What became of a request of unknown outcome is found out one by one. */
function WholeGroup({ group }: { readonly group: Group }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const about = { step: group.element[language], cause: t(`cases:incidents.code.${group.code}`) };
  return (
    <span className="row-actions">
      {group.code === 'job-outcome-unknown' ? (
        <span className="muted">{t('all.oneByOne')}</span>
      ) : (
        <Link to={choosing('retry-incidents', filtersOf(group))} aria-label={t('all.retryOf', about)}>
          {t('all.retry')}
        </Link>
      )}
      <Link to={choosing('cancel-cases', filtersOf(group))} aria-label={t('all.cancelOf', about)}>
        {t('all.cancel')}
      </Link>
    </span>
  );
}

function WaitingSteps({ shown: { steps, now } }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const heads = [
    ...[{ title: t('flow') }, { title: t('step') }, { title: t('steps.open'), figures: true }],
    ...[{ title: t('steps.overdue'), figures: true }, { title: t('steps.oldest') }],
  ];
  return (
    <Section name="steps" empty={steps.length === 0}>
      <table className="grid">
        <ColumnHeads columns={heads} />
        <tbody>
          {steps.map((step) => (
            <tr key={`${step.processKey}/${step.elementId}`}>
              <td>{step.flow[language]}</td>
              <td>{step.element[language]}</td>
              <td className="number">{step.open}</td>
              <td className="number">{step.overdue > 0 && <strong className="tag danger">{step.overdue}</strong>}</td>
              <td>{formatInstantShort(step.oldestAt, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Queues({ shown: { queues, now } }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  const heads = [
    ...[{ title: t('queues.kind') }, { title: t('queues.waiting'), figures: true }],
    ...[
      { title: t('queues.due'), figures: true },
      { title: t('queues.retrying'), figures: true },
    ],
    ...[{ title: t('queues.underWay'), figures: true }, { title: t('queues.oldest') }],
  ];
  return (
    <Section name="queues" empty={queues.length === 0}>
      <table className="grid">
        <ColumnHeads columns={heads} />
        <tbody>
          {queues.map((queue) => (
            <tr key={queue.kind}>
              <td>{t(`queues.kinds.${queue.kind}`)}</td>
              <td className="number">{queue.waiting}</td>
              <td className="number">{queue.due}</td>
              <td className="number">{queue.retrying}</td>
              <td className="number">{queue.underWay}</td>
              <td>{queue.oldestDueAt && formatInstantShort(queue.oldestDueAt, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
