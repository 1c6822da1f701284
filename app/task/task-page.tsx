import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.ts';
import { Due } from '../ui/due.tsx';
import { PatientBanner } from '../ui/patient-banner.tsx';
import { useLanguage } from '../ui/role-names.ts';
import { OpenTaskForm } from './open-task-form.tsx';
import type { ClosedTask, TaskData, TaskHead } from './task-data.ts';
import { useTaskSender } from './use-task-sender.ts';

/** The page of one task: who it is about, what to fill in. */
export function TaskPage({ task }: { task: TaskData }) {
  const sender = useTaskSender(`/tasks/${task.caseId}/${task.taskId}`);
  if (task.kind === 'closed') return <ClosedTaskPage task={task} />;
  return (
    <div className="task-page">
      {task.patient && <PatientBanner patient={task.patient} />}
      <TaskHeading task={task}>
        {task.urgent && <UrgentTag />}
        {task.dueAt && <Due dueAt={task.dueAt} now={task.now} />}
      </TaskHeading>
      <OpenTaskForm key={`${task.caseId}/${task.taskId}`} task={task} sender={sender} />
    </div>
  );
}

function UrgentTag() {
  const { t } = useTranslation('task');
  return <strong className="tag danger">{t('urgent')}</strong>;
}

function TaskHeading({ task, children }: { task: TaskHead; children?: ReactNode }) {
  const { t } = useTranslation('task');
  const language = useLanguage();
  return (
    <div className="page-head">
      <h1>{task.name[language]}</h1>
      <span className="muted">
        {task.flow[language]}
        {task.businessKey && ` · ${task.businessKey}`}
      </span>
      {children}
      <span className="spring" />
      <Link to={`/cases/${task.caseId}`}>{t('case')}</Link>
    </div>
  );
}

function ClosedTaskPage({ task }: { task: ClosedTask }) {
  const { t } = useTranslation('task');
  const at = task.at ? formatInstant(task.at) : '';
  const completed = task.outcome === 'completed';
  return (
    <div className="task-page">
      <TaskHeading task={task} />
      <section className="panel closed-task" aria-labelledby="closed-title">
        <h2 id="closed-title">{t(completed ? 'done.title' : 'cancelled.title')}</h2>
        <p>
          {completed
            ? t(task.byMe ? 'done.byYou' : 'done.by', { who: task.byName ?? '', at })
            : t('cancelled.text', { at })}
        </p>
        <p>
          <Link to="/inbox">{t('toInbox')}</Link>
        </p>
      </section>
    </div>
  );
}
