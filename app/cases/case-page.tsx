import { Link, useSearchParams } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { BpmnDiagram } from '../diagram/bpmn-diagram.tsx';
import { formatInstant } from '../i18n/format.ts';
import { CasePapers } from '../print/case-papers.tsx';
import { Due } from '../ui/due.tsx';
import { PatientBanner } from '../ui/patient-banner.tsx';
import { useDepartmentName, useLanguage, useRoleNames } from '../ui/role-names.ts';
import { useLiveUpdates } from '../ui/use-live-updates.ts';
import { useSteady } from '../ui/use-steady.ts';
import type { CaseRefusal } from './answer-command.server.ts';
import { CaseStatus } from './case-status.tsx';
import { FilledSteps } from './filled-steps.tsx';
import { Incidents } from './incidents.tsx';
import { type ShownCase, useElementName } from './shown-case.ts';
import { StartableWork } from './startable-work.tsx';
import { useRefusalText } from './use-refusal-text.ts';

/** A case: its diagram with where it stands, what it waits for, what was filled in. */
export function CasePage({ shown, refused }: { shown: ShownCase; refused: CaseRefusal | undefined }) {
  const { t } = useTranslation('cases');
  const language = useLanguage();
  const [query] = useSearchParams();
  useLiveUpdates();
  const marks = useSteady(shown.marks);
  const refusalText = useRefusalText();
  return (
    <div className="case-page">
      {shown.patient && <PatientBanner patient={shown.patient} />}
      <div className="page-head">
        <h1>{shown.flow[language]}</h1>
        {shown.businessKey && <span className="muted">{shown.businessKey}</span>}
        <CaseStatus status={shown.status} outcome={shown.outcome} />
        <span className="muted">{t('version', { version: shown.version })}</span>
        <span className="spring" />
        <Legend />
        {shown.mayChange && <Link to={`/operations/cases/${shown.caseId}/change`}>{t('change')}</Link>}
        {shown.mayAudit && <Link to={`/audit/${shown.caseId}`}>{t('audit')}</Link>}
      </div>
      {query.get('started') === '1' && (
        <p className="notice good" role="status">
          {t('started')}
        </p>
      )}
      {refused && (
        <p className="notice danger" role="alert">
          {refusalText(refused)} {t('rejections:nothingSaved')}
        </p>
      )}
      {shown.incidents.length > 0 && <Incidents shown={shown} />}
      <BpmnDiagram xml={shown.bpmn} label={t('diagram')} marks={marks} reveal={shown.reveal} />
      <div className="case-columns">
        <div>
          <CurrentTasks shown={shown} />
          {shown.startable.phases.length > 0 && <StartableWork shown={shown} />}
          <Waiting shown={shown} />
          <CasePapers caseId={shown.caseId} papers={shown.papers} />
        </div>
        <FilledSteps shown={shown} />
      </div>
    </div>
  );
}

function Legend() {
  const { t } = useTranslation('cases');
  return (
    <ul className="legend">
      {(['done', 'active', 'stuck'] as const).map((kind) => (
        <li key={kind} className={kind}>
          {t(`legend.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

function CurrentTasks({ shown }: { shown: ShownCase }) {
  const { t } = useTranslation('cases');
  const language = useLanguage();
  const roleNames = useRoleNames();
  const departmentName = useDepartmentName();
  return (
    <section className="panel" aria-labelledby="tasks-title">
      <h2 id="tasks-title">{t('tasks.title')}</h2>
      {shown.tasks.length === 0 && <p className="muted">{t('tasks.none')}</p>}
      <ul className="plain-list">
        {shown.tasks.map((task) => (
          <li key={task.taskId}>
            <div>
              <strong>{task.name[language]}</strong> <Due dueAt={task.dueAt} now={shown.now} />
              <div className="muted">
                {task.assignee
                  ? t('tasks.heldBy', { name: task.assignee })
                  : t('tasks.for', { roles: roleNames(task.roles).join(t('shell:listComma')) || t('tasks.anybody') })}
                {task.department && ` · ${departmentName(task.department)}`}
              </div>
            </div>
            {task.mayWork && <Link to={`/tasks/${shown.caseId}/${task.taskId}`}>{t('tasks.work')}</Link>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting({ shown }: { shown: ShownCase }) {
  const { t } = useTranslation('cases');
  const nameOf = useElementName(shown.names);
  return (
    <section className="panel" aria-labelledby="waiting-title">
      <h2 id="waiting-title">{t('waiting.title')}</h2>
      {shown.waiting.length === 0 && <p className="muted">{t('waiting.none')}</p>}
      <ul className="plain-list">
        {shown.waiting.map((one) => (
          <li key={one.id}>
            <span>
              <span className="tag">{t(`waiting.${one.kind}`)}</span> {nameOf(one.elementId)}
            </span>
            <span className="muted">{one.dueAt ? formatInstant(one.dueAt) : one.what}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
