import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../i18n/format.ts';
import type { PatientFacts } from '../../ui/patient.ts';
import { useLanguage } from '../../ui/role-names.ts';
import { BarcodeImage } from './barcode.tsx';
import type { DrugFacts, PrintDocument, PrintedDose } from './print-document.ts';
import { AllergyLine, ReprintMark, Sheet } from './sheet.tsx';

type Copy = { readonly copies: number; readonly printedAt: string };
type Of<T extends PrintDocument['template']> = Extract<PrintDocument, { template: T }>;

const isHighAlert = (facts: DrugFacts) => facts.highAlert === 'A' || facts.highAlert === 'B';

function DrugLine({ facts }: { readonly facts: DrugFacts }) {
  const { t } = useTranslation('print');
  const language = useLanguage();
  return (
    <>
      <p className="label-drug">
        <strong>{language === 'en' ? facts.drugEn : facts.drug}</strong> {facts.dose}
      </p>
      {facts.solvent && (
        <p>
          {facts.solvent} {facts.volumeMl !== undefined && `${facts.volumeMl} ml`}
        </p>
      )}
      <p>
        {t(`routes.${facts.route}`, { defaultValue: facts.route })} · {facts.freq}
        {facts.rateMlPerHour !== undefined && ` · ${facts.rateMlPerHour} ml/h`}
      </p>
    </>
  );
}

function Label(props: { facts: DrugFacts; dose: PrintedDose; patient?: PatientFacts; copies: number }) {
  const { t } = useTranslation('print');
  const { facts, dose, patient } = props;
  return (
    <article className={isHighAlert(facts) ? 'label high-alert' : 'label'}>
      <header>
        <strong>{patient?.name}</strong>
        <span>{patient?.bed ? t('label.bed', { bed: patient.bed }) : patient?.patientId}</span>
        <ReprintMark copies={props.copies} />
      </header>
      <p className="label-small">
        {patient?.patientId} · {patient?.sex && t(`patient:sex.${patient.sex}`)} ·{' '}
        {patient?.age !== undefined && t('patient:age', { age: patient.age })}
      </p>
      <DrugLine facts={facts} />
      <p className="label-marks">
        {isHighAlert(facts) && <span className="mark alert">{t('label.highAlert', { level: facts.highAlert })}</span>}
        {facts.lightProtection && <span className="mark">{t('label.lightProtection')}</span>}
        {dose.n !== undefined && (
          <span className="mark">{t('label.nOfM', { n: dose.n, m: dose.total ?? dose.n })}</span>
        )}
      </p>
      <p className="label-small">{dose.dueAt && t('label.due', { at: formatInstant(dose.dueAt) })}</p>
      <p className="label-small">{t('label.prepared')}</p>
      <BarcodeImage barcode={dose.barcode} height={28} />
    </article>
  );
}

/** One label a dose. High-alert drugs have a red border. */
export function BottleLabels({ paper, copies }: Copy & { readonly paper: Of<'bottle-label'> }) {
  const { t } = useTranslation('print');
  if (paper.doses.length === 0) return <p className="notice warning">{t('label.none')}</p>;
  return (
    <>
      {paper.doses.map((dose) => (
        <Label key={dose.executionId} dose={dose} facts={paper.facts} patient={paper.patient} copies={copies} />
      ))}
    </>
  );
}

/** The day's bottles in order, with columns for times and signatures. */
export function InfusionCard({ paper, copies, printedAt }: Copy & { readonly paper: Of<'infusion-card'> }) {
  const { t } = useTranslation('print');
  return (
    <Sheet size="a5" title={t('titles.infusion-card')} {...{ ...paper, copies, printedAt }}>
      <AllergyLine patient={paper.patient} />
      <div className={isHighAlert(paper.facts) ? 'card-drug high-alert' : 'card-drug'}>
        <DrugLine facts={paper.facts} />
      </div>
      <table className="sheet-table">
        <thead>
          <tr>
            {(['no', 'due', 'start', 'change', 'end', 'sign'] as const).map((column) => (
              <th scope="col" key={column}>
                {t(`card.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {paper.doses.map((dose, position) => (
            <tr key={dose.executionId}>
              <td>{dose.n ?? position + 1}</td>
              <td>{dose.dueAt && formatInstant(dose.dueAt)}</td>
              <td className="to-write" />
              <td className="to-write" />
              <td className="to-write" />
              <td className="to-write" />
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  );
}
