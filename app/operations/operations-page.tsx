import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { withFilters } from '../cases/case-filters.ts';
import { formatInstantShort } from '../i18n/format.ts';
import { ColumnHeads } from '../ui/column-heads.tsx';
import { useLanguage } from '../ui/role-names.ts';
import { useLiveUpdates } from '../ui/use-live-updates.ts';
import type { ShownOperations } from './load-operations.server.ts';

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

function Section(props: { readonly name: string; readonly empty: boolean; readonly children: ReactNode }) {
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

function Incidents({ shown: { incidents, now } }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const heads = [
    ...[{ title: t('flow') }, { title: t('step') }, { title: t('incidents.cause') }],
    ...[{ title: t('count'), figures: true }, { title: t('incidents.since') }, { title: t('incidents.latest') }],
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
                <Link
                  to={`/cases?${withFilters({}, { status: 'incident', flow: group.processKey, at: group.elementId })}`}
                >
                  {group.element[language]}
                </Link>
              </td>
              <td>{t(`cases:incidents.code.${group.code}`)}</td>
              <td className="number">
                <strong className="tag danger">{group.incidents}</strong>
              </td>
              <td>{formatInstantShort(group.oldestAt, now)}</td>
              <td>{formatInstantShort(group.newestAt, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
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

function QuietCases({ shown: { quiet, now } }: { readonly shown: ShownOperations }) {
  const { t } = useTranslation('operations');
  const language = useLanguage();
  const heads = [
    ...[{ title: t('quiet.case') }, { title: t('flow') }, { title: t('quiet.started') }],
    ...[{ title: t('quiet.last') }, { title: t('quiet.state') }],
  ];
  return (
    <Section name="quiet" empty={quiet.length === 0}>
      <table className="grid">
        <ColumnHeads columns={heads} />
        <tbody>
          {quiet.map((row) => (
            <tr key={row.caseId}>
              <td>
                <Link to={`/cases/${row.caseId}`}>{row.businessKey ?? row.caseId.slice(-12)}</Link>
              </td>
              <td>{row.flow[language]}</td>
              <td>{formatInstantShort(row.startedAt, now)}</td>
              <td>{formatInstantShort(row.lastAt, now)}</td>
              <td>{row.stuck ? <strong className="tag danger">{t('quiet.stuck')}</strong> : t('quiet.waits')}</td>
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
