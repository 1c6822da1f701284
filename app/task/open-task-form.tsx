import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazySchemaForm } from '../form/lazy-schema-form.tsx';
import { formatInstant } from '../i18n/format.ts';
import { kindsOf, printAddress } from '../print/print-kinds.ts';
import { noAnswer } from '../ui/connection.ts';
import { useRootData } from '../ui/root-data.ts';
import { OverrideDialog } from './override-dialog.tsx';
import type { OpenTask, TaskRefusal } from './task-data.ts';
import { useDraft } from './use-draft.ts';
import type { TaskSender } from './use-task-sender.ts';

const none: TaskRefusal['errors'] = [];

/** The form of an open task with its commands: send, claim, give back. */
export function OpenTaskForm({ task, sender }: { task: OpenTask; sender: TaskSender }) {
  const { t } = useTranslation('task');
  const csrf = useRootData()?.csrfToken ?? '';
  const place = `${task.caseId}/${task.taskId}`;
  // The key of the opened form, kept when the page's data are read again.
  const [key] = useState(task.key);
  const [asking, setAsking] = useState<unknown>();
  const { busy, refused } = sender;
  const draft = useDraft(task.personId, place, task.data, refused);
  const context = useMemo(() => ({ personName: task.personName }), [task.personName]);
  const send = (filled: unknown, override?: string) => {
    const fields = { csrf, key, intent: 'complete', data: JSON.stringify(filled), ...(override ? { override } : {}) };
    draft.sent(filled);
    sender.send(fields);
  };
  const command = (intent: string) => sender.send({ csrf, key: `${intent}-${key}`, intent });
  return (
    <div className="task-form panel">
      {!task.ownForm && <p className="muted">{t('generated')}</p>}
      {task.needsOverride && <p className="notice warning">{t('override.notice')}</p>}
      {refused && <Refused refusal={refused} />}
      <LazySchemaForm
        form={task.form}
        data={draft.data}
        onChange={draft.change}
        onSubmit={(filled) => {
          if (task.needsOverride) {
            draft.change(filled);
            setAsking(filled);
          } else send(filled);
        }}
        errors={refused?.errors ?? none}
        context={context}
        disabled={busy}
      >
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={busy} size="large">
            {t(busy ? 'submitting' : 'submit')}
          </Button>
          {task.assignee === 'me' ? (
            <Button onClick={() => command('release')} disabled={busy}>
              {t('release')}
            </Button>
          ) : (
            <Button onClick={() => command('claim')} disabled={busy}>
              {t('claim')}
            </Button>
          )}
          <span className="muted">{t(task.assignee === 'me' ? 'claimedByMe' : 'unclaimed')}</span>
          <PrintLinks task={task} />
        </div>
      </LazySchemaForm>
      <OverrideDialog
        open={asking !== undefined}
        onCancel={() => setAsking(undefined)}
        onConfirm={(reason) => {
          send(asking, reason);
          setAsking(undefined);
        }}
      />
    </div>
  );
}

function PrintLinks({ task }: { task: OpenTask }) {
  const { t } = useTranslation('task');
  return kindsOf(task.print).map((kind) => (
    <a
      key={kind}
      className="print-link"
      href={printAddress(kind, task.caseId, task.taskId)}
      target="_blank"
      rel="noreferrer"
    >
      {t('print', { name: t(`print:kinds.${kind}`) })}
    </a>
  ));
}

function Refused({ refusal }: { refusal: TaskRefusal }) {
  const { t } = useTranslation('task');
  if (refusal.errors.length > 0) return null;
  if (refusal.code === noAnswer.code) {
    return (
      <div className="notice danger" role="alert">
        {t(refusal.code)}
      </div>
    );
  }
  const done = refusal.code === 'rejections:task-already-completed';
  const { who = '', at = '' } = refusal.params;
  const when = typeof at === 'string' && at !== '' ? formatInstant(at) : '';
  return (
    <div className="notice danger" role="alert">
      <strong>{t(done ? 'done.title' : 'refusedTitle')}</strong>{' '}
      {done ? t('done.by', { who, at: when }) : t(refusal.code, refusal.params)}{' '}
      {t(done ? 'done.nothingSaved' : 'kept')}
    </div>
  );
}
