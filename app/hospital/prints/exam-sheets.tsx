import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../i18n/format.ts';
import { useLanguage } from '../../ui/role-names.ts';
import type { PrintDocument, PrintedExam } from './print-document.ts';
import { AllergyLine, Sheet } from './sheet.tsx';

type Copy = { readonly copies: number; readonly printedAt: string };
type Guide = Extract<PrintDocument, { template: 'guide-slip' | 'preparation' }>;
type Request = Extract<PrintDocument, { template: 'exam-request' }>;

function Exams({ exams }: { readonly exams: readonly PrintedExam[] }) {
  const { t } = useTranslation('print');
  const language = useLanguage();
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th scope="col">{t('exam')}</th>
          <th scope="col">{t('site')}</th>
          <th scope="col">{t('side')}</th>
          <th scope="col">{t('method')}</th>
        </tr>
      </thead>
      <tbody>
        {exams.map((exam) => (
          <tr key={`${exam.name}-${exam.bodySite}-${exam.laterality}`}>
            <td>{language === 'en' ? exam.nameEn : exam.name}</td>
            <td>{exam.bodySite}</td>
            <td>{exam.laterality && t(`sides.${exam.laterality}`)}</td>
            <td>{exam.method && t(`methods.${exam.method}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the patient carries from desk to room, or takes home to prepare. */
export function GuideSheet({ paper, copies, printedAt }: Copy & { readonly paper: Guide }) {
  const { t } = useTranslation('print');
  return (
    <Sheet size="a5" title={t(`titles.${paper.template}`)} {...{ ...paper, copies, printedAt }}>
      <p className="sheet-slot">
        {paper.slot ? t('slot', { at: formatInstant(paper.slot.startAt), room: paper.slot.room }) : t('noSlot')}
        {paper.priority && paper.priority !== 'routine' && <strong> {t(`priorities.${paper.priority}`)}</strong>}
      </p>
      <Exams exams={paper.exams} />
      <h3>{t('preparation')}</h3>
      {paper.preparations.length === 0 ? (
        <p>{t('noPreparation')}</p>
      ) : (
        <ol>
          {paper.preparations.map((code) => (
            <li key={code}>{t(`preparations.${code}`)}</li>
          ))}
        </ol>
      )}
      <p className="sheet-note">{t('bringThis')}</p>
    </Sheet>
  );
}

/** The doctor's request as the imaging department gets it. */
export function ExamRequestSheet({ paper, copies, printedAt }: Copy & { readonly paper: Request }) {
  const { t } = useTranslation('print');
  const language = useLanguage();
  return (
    <Sheet size="a4" title={t('titles.exam-request')} {...{ ...paper, copies, printedAt }}>
      <AllergyLine patient={paper.patient} />
      <dl className="sheet-facts">
        <dt>{t('diagnosis')}</dt>
        <dd>{paper.diagnoses.map((one) => `${one.code} ${language === 'en' ? one.nameEn : one.name}`).join('；')}</dd>
        <dt>{t('clinicalSummary')}</dt>
        <dd>{paper.clinicalSummary}</dd>
        <dt>{t('purpose')}</dt>
        <dd>{paper.purpose}</dd>
        <dt>{t('priority')}</dt>
        <dd>{paper.priority && t(`priorities.${paper.priority}`)}</dd>
      </dl>
      <Exams exams={paper.exams} />
      <p className="sheet-signs">
        <span>{t('signs.doctor')}</span>
        <span>{t('signs.technician')}</span>
      </p>
    </Sheet>
  );
}
