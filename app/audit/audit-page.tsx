import { Link, useNavigate } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseStatus } from '../cases/case-status.tsx';
import { BpmnDiagram } from '../diagram/bpmn-diagram.tsx';
import { formatInstantExactly } from '../i18n/format.ts';
import { PatientBanner } from '../ui/patient-banner.tsx';
import { useLanguage } from '../ui/role-names.ts';
import { useSteady } from '../ui/use-steady.ts';
import { EntryDetails } from './entry-details.tsx';
import type { ShownAudit } from './load-audit.server.ts';

/** A case's history, entry by entry: diagram, values and actor as they were right after it. */
export function AuditPage({ shown }: { shown: ShownAudit }) {
  const { t } = useTranslation('audit');
  const language = useLanguage();
  const { seq, total } = shown;
  useStepKeys(seq, total);
  const marks = useSteady(shown.marks);
  return (
    <div className="audit-page">
      {shown.patient && <PatientBanner patient={shown.patient} />}
      <div className="page-head">
        <h1>{shown.flow[language]}</h1>
        {shown.businessKey && <span className="muted">{shown.businessKey}</span>}
        <CaseStatus status={shown.status} outcome={shown.outcome} />
        <ChainBadge shown={shown} />
        <span className="spring" />
        <Link to={`/cases/${shown.caseId}`}>{t('case')}</Link>
      </div>
      <Stepper seq={seq} total={total} />
      <div className="audit-columns">
        <EntryList shown={shown} />
        <div className="audit-main">
          <BpmnDiagram xml={shown.bpmn} label={t('diagram')} marks={marks} reveal={shown.reveal} />
          <EntryDetails shown={shown} />
        </div>
      </div>
    </div>
  );
}

function ChainBadge({ shown }: { shown: ShownAudit }) {
  const { t } = useTranslation('audit');
  const { chain, replaysToStoredState: same } = shown;
  return (
    <>
      {chain.status === 'intact' ? (
        <span className="tag good" title={chain.head}>
          ✓ {t('chain.intact', { entries: chain.entries })}
        </span>
      ) : (
        <strong className="tag danger" title={chain.reason}>
          ✗ {t('chain.broken', { seq: chain.seq })}
        </strong>
      )}
      <span className={same ? 'tag good' : 'tag danger'}>
        {same ? '✓' : '✗'} {t(same ? 'chain.replays' : 'chain.differs')}
      </span>
    </>
  );
}

/** ← → step, Home and End jump; not while a field has the focus. */
function useStepKeys(seq: number, total: number): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof HTMLElement && event.target.closest('input,textarea,select,summary')) return;
      const target = { ArrowLeft: seq - 1, ArrowRight: seq + 1, Home: 1, End: total }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      if (target >= 1 && target <= total && target !== seq) {
        navigate(`?seq=${target}`, { replace: true, preventScrollReset: true });
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [navigate, seq, total]);
}

function Stepper({ seq, total }: { seq: number; total: number }) {
  const { t } = useTranslation('audit');
  const steps = [
    { key: 'first', to: 1, off: seq === 1 },
    { key: 'previous', to: seq - 1, off: seq === 1 },
    { key: 'next', to: seq + 1, off: seq === total },
    { key: 'last', to: total, off: seq === total },
  ];
  return (
    <nav className="stepper" aria-label={t('entries')}>
      {steps.map((step) =>
        step.off ? (
          <span key={step.key} className="row-button" aria-disabled="true">
            {t(step.key)}
          </span>
        ) : (
          <Link key={step.key} to={`?seq=${step.to}`} replace preventScrollReset className="row-button">
            {t(step.key)}
          </Link>
        ),
      )}
      <strong role="status">{t('entry', { seq, total })}</strong>
      <span className="muted">{t('keys')}</span>
    </nav>
  );
}

function EntryList({ shown }: { shown: ShownAudit }) {
  const { t } = useTranslation('audit');
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (shown.seq > 0) current.current?.scrollIntoView({ block: 'nearest' });
  }, [shown.seq]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard
    <ol className="entry-list panel" aria-label={t('entries')} tabIndex={0}>
      {shown.entries.map((entry) => (
        <li key={entry.seq}>
          <Link
            ref={entry.seq === shown.seq ? current : undefined}
            to={`?seq=${entry.seq}`}
            replace
            preventScrollReset
            aria-current={entry.seq === shown.seq ? 'step' : undefined}
          >
            <span className="entry-seq">{entry.seq}</span>
            <span>
              <strong>{t(`command.${entry.command}`, { defaultValue: entry.command })}</strong> {entry.element}
              {entry.override && <span className="tag warning">{t('override.title')}</span>}
              <span className="muted entry-by">
                {entry.by} · {formatInstantExactly(entry.at)}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
