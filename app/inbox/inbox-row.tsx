import { Link } from '@remix-run/react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstantShort } from '../i18n/format.ts';
import { Due } from '../ui/due.tsx';
import { useLanguage } from '../ui/role-names.ts';
import type { InboxRow } from './inbox-data.ts';

/** One task of the inbox. */
export function InboxTableRow(props: {
  row: InboxRow;
  now: string;
  linkProps: { tabIndex: number; onFocus: () => void; ref: Ref<HTMLAnchorElement> };
  children: ReactNode;
}) {
  const { row, now } = props;
  const { t } = useTranslation('inbox');
  const language = useLanguage();
  return (
    <tr>
      <td className="nowrap">
        {row.urgent ? (
          <strong className="tag danger">{t('priority.high')}</strong>
        ) : (
          <span className="muted">{t('priority.normal')}</span>
        )}
      </td>
      <td>
        <PatientCell patient={row.patient} />
      </td>
      <td>
        <Link {...props.linkProps} to={`/tasks/${row.caseId}/${row.taskId}`} className="row-link">
          {row.name[language]}
        </Link>
      </td>
      <td>
        {row.flow[language]}
        {row.businessKey && <span className="muted nowrap"> {row.businessKey}</span>}
      </td>
      <td className="nowrap">
        <Due dueAt={row.dueAt} now={now} />
      </td>
      <td className="nowrap">
        <time dateTime={row.createdAt}>{formatInstantShort(row.createdAt, now)}</time>
      </td>
      <td>{props.children}</td>
    </tr>
  );
}

function PatientCell({ patient }: { patient: InboxRow['patient'] }) {
  const { t } = useTranslation('inbox');
  if (!patient) return <span className="muted">{t('noPatient')}</span>;
  const sexAndAge = [
    patient.sex && t(`patient:sex.${patient.sex}`),
    patient.age !== undefined && t('patient:age', { age: patient.age }),
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <span className="nowrap">
      <strong>{patient.name ?? patient.patientId}</strong>{' '}
      <span className="muted">
        {sexAndAge}
        {patient.bed && ` · ${t('patient:bed', { ward: patient.ward ?? '', bed: patient.bed })}`}
      </span>
      {patient.allergic && (
        <span className="allergy-mark" title={t('patient:allergies')}>
          {' '}
          <span aria-hidden="true">⚠</span>
          <span className="visually-hidden">{t('patient:allergies')}</span>
        </span>
      )}
    </span>
  );
}
