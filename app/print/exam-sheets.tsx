import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.ts';
import type { ExamRequest, GuideSlip, PrintedExam } from './paper.ts';
import {
  AllergiesOnPaper,
  Fact,
  PatientFactsOnPaper,
  SignatureLines,
  useCodeName,
  useShownName,
  Value,
} from './paper-parts.tsx';

function ExamTable({ exams }: { exams: readonly PrintedExam[] }) {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  const shownName = useShownName();
  if (exams.length === 0) return <p className="nothing">{t('exam.none')}</p>;
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th>{t('exam.item')}</th>
          <th>{t('exam.site')}</th>
          <th>{t('exam.side')}</th>
          <th>{t('exam.method')}</th>
        </tr>
      </thead>
      <tbody>
        {exams.map((exam) => (
          <tr key={`${exam.name}/${exam.bodySite}/${exam.laterality}`}>
            <td>{shownName(exam)}</td>
            <td>{exam.bodySite ?? t('notApplicable')}</td>
            <td>{codeName('laterality', exam.laterality) ?? t('notApplicable')}</td>
            <td>{codeName('method', exam.method) ?? t('notApplicable')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 导诊单: where to go, when, and what to do before. */
export function GuideSlipSheet({ paper }: { paper: GuideSlip }) {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  const { slot, slotBooked, preparations } = paper;
  return (
    <>
      <PatientFactsOnPaper patient={paper.patient} />
      <ExamTable exams={paper.exams} />
      <div className="guide-place">
        <p>
          <span className="muted">{t(slotBooked || !slot ? 'guide.when' : 'guide.whenOffered')}</span>
          <strong>{slot ? formatInstant(slot.startAt) : t('guide.noSlot')}</strong>
        </p>
        <p>
          <span className="muted">{t('guide.where')}</span>
          <strong>{slot?.room ?? t('guide.askDesk')}</strong>
        </p>
      </div>
      {slot && !slotBooked && <p>{t('guide.notConfirmed')}</p>}
      <h3>{t('guide.before')}</h3>
      {preparations.length === 0 ? (
        <p>{t('guide.noPreparation')}</p>
      ) : (
        <ul className="preparations">
          {preparations.map((code) => (
            <li key={code}>{codeName('preparation', code)}</li>
          ))}
        </ul>
      )}
      <p className="small-print">{t('guide.bring')}</p>
    </>
  );
}

/** 检查申请单: what the doctor asks for and why. */
export function ExamRequestSheet({ paper }: { paper: ExamRequest }) {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  const shownName = useShownName();
  const diagnoses = paper.diagnoses.map((one) => [shownName(one), one.code].filter(Boolean).join(' '));
  return (
    <>
      <PatientFactsOnPaper patient={paper.patient} />
      <dl className="facts">
        <Fact label={t('exam.priority')}>{codeName('priority', paper.priority)}</Fact>
        <Fact label={t('exam.contrast')}>
          {paper.contrast === undefined ? undefined : t(paper.contrast ? 'exam.yes' : 'exam.no')}
        </Fact>
        <Fact label={t('patient:allergies')}>
          <AllergiesOnPaper patient={paper.patient} />
        </Fact>
      </dl>
      <ExamTable exams={paper.exams} />
      <dl className="facts stacked">
        <Fact label={t('exam.diagnosis')} wide>
          {diagnoses.join(t('shell:listComma'))}
        </Fact>
        <Fact label={t('exam.summary')} wide>
          {paper.clinicalSummary}
        </Fact>
        <Fact label={t('exam.purpose')} wide>
          <Value>{paper.purpose}</Value>
        </Fact>
      </dl>
      <SignatureLines who={['doctor', 'desk', 'technician']} />
    </>
  );
}
