import { Link, useFetcher } from '@remix-run/react';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormDocument } from '../../engine/index.ts';
import { LazySchemaForm } from '../form/lazy-schema-form.tsx';
import type { TaskRefusal } from '../task/task-data.ts';
import { useDraft } from '../task/use-draft.ts';
import { noAnswer } from '../ui/connection.ts';
import type { PatientFacts } from '../ui/patient.ts';
import { PatientPicker } from '../ui/patient-picker.tsx';
import { useLanguage } from '../ui/role-names.ts';
import { useRootData } from '../ui/root-data.ts';
import type { StartEntry } from './list-entries.server.ts';

const none: TaskRefusal['errors'] = [];
const empty = {};
const noForm: FormDocument = { schema: { type: 'object', properties: {} }, ui: {} };

type StartPageProps = {
  readonly entry: StartEntry;
  readonly form?: FormDocument;
  readonly personName: string;
  readonly personId: string;
};

/** Starting a case: for whom, then what. */
export function StartPage({ entry, form, requestKey, personName, personId }: StartPageProps & { requestKey: string }) {
  const { t } = useTranslation('start');
  const language = useLanguage();
  const csrf = useRootData()?.csrfToken ?? '';
  const fetcher = useFetcher<TaskRefusal>();
  const place = `start/${entry.key}/${entry.processId}`;
  const [key] = useState(requestKey);
  const [patient, setPatient] = useState<PatientFacts>();
  const [missing, setMissing] = useState(false);
  const busy = fetcher.state !== 'idle';
  const refused = busy ? undefined : fetcher.data;
  const draft = useDraft(personId, place, empty, refused);
  const context = useMemo(() => ({ personName }), [personName]);
  const send = (filled: unknown) => {
    draft.change(filled);
    const needsPatient = entry.patient === 'required' && !patient?.patientId;
    setMissing(needsPatient);
    if (needsPatient) return document.getElementById('patient-search')?.focus();
    draft.sent(filled);
    const fields = { csrf, key, data: JSON.stringify(filled), patientId: patient?.patientId ?? '' };
    fetcher.submit(fields, { method: 'post', action: `/start/${entry.key}/${entry.processId}` });
  };
  return (
    <div className="task-page">
      <div className="page-head">
        <h1>{entry.title[language]}</h1>
        <span className="muted">{entry.summary?.[language]}</span>
        <span className="spring" />
        <Link to="/start">{t('back')}</Link>
      </div>
      {entry.patient !== 'none' && (
        <PatientPicker
          id="patient-search"
          label={t(entry.patient === 'required' ? 'patient' : 'patientOptional')}
          required={entry.patient === 'required'}
          error={missing ? t('patientFirst') : undefined}
          chosen={patient}
          onChoose={setPatient}
        />
      )}
      <div className="task-form panel">
        {refused && refused.errors.length === 0 && (
          <p className="notice danger" role="alert">
            {t(refused.code, refused.params)} {refused.code !== noAnswer.code && t('rejections:nothingSaved')}
          </p>
        )}
        {!form && <p className="muted">{t('noForm')}</p>}
        <LazySchemaForm
          form={form ?? noForm}
          data={draft.data}
          onChange={draft.change}
          onSubmit={send}
          errors={refused?.errors ?? none}
          context={context}
          disabled={busy}
        >
          <div className="form-actions">
            <Button type="primary" htmlType="submit" loading={busy} size="large">
              {t(busy ? 'submitting' : 'submit')}
            </Button>
          </div>
        </LazySchemaForm>
      </div>
    </div>
  );
}
