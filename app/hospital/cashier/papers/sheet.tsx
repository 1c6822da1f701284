import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientFacts } from '../../../ui/patient.ts';
import { useDepartmentName, useLanguage } from '../../../ui/role-names.ts';
import { useRootData } from '../../../ui/root-data.ts';
import type { SalePaper } from './sale-paper.ts';

const barHeight = 36;

function Bars({ paper }: { readonly paper: SalePaper }) {
  const bars = [...(paper.bars ?? '').matchAll(/1+/g)];
  const width = paper.bars?.length ?? 0;
  return (
    <figure className="sale-barcode">
      {bars.length > 0 && (
        <svg
          role="img"
          aria-label={paper.number}
          viewBox={`-10 0 ${width + 20} ${barHeight}`}
          preserveAspectRatio="none"
          shapeRendering="crispEdges"
          height={barHeight}
        >
          {bars.map((bar) => (
            <rect key={bar.index} x={bar.index} y={0} width={bar[0].length} height={barHeight} />
          ))}
        </svg>
      )}
      <figcaption>{paper.number}</figcaption>
    </figure>
  );
}

function PatientLine({ patient }: { readonly patient: PatientFacts }) {
  const { t } = useTranslation('patient');
  const department = useDepartmentName();
  return (
    <p className="sale-patient">
      <strong>{patient.name}</strong>
      {patient.sex && <span>{t(`sex.${patient.sex}`)}</span>}
      {patient.age !== undefined && <span>{t('age', { age: patient.age })}</span>}
      <span>
        {t('patientId')} {patient.patientId}
      </span>
      <span>
        {t('encounterNo')} {patient.encounterNo}
      </span>
      {patient.department && <span>{department(patient.department)}</span>}
      {patient.insurance && <span>{t(`insurance.${patient.insurance}`)}</span>}
    </p>
  );
}

/** A paper of the charge office: hospital, title, barcode, patient, content, foot. A second copy says 补打. */
export function Sheet(props: {
  readonly paper: SalePaper;
  readonly copies: number;
  readonly printedAt: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('cashier');
  const root = useRootData();
  const language = useLanguage();
  const { paper, copies } = props;
  return (
    <article className="sale-sheet">
      <header>
        <div>
          <p>{root?.hospitalName[language]}</p>
          <h2>{t(`papers.${paper.kind}`)}</h2>
        </div>
        <div className="sale-code">
          {copies > 1 && <span className="reprint-mark">{t('reprint', { count: copies - 1 })}</span>}
          <Bars paper={paper} />
        </div>
      </header>
      {paper.patient && <PatientLine patient={paper.patient} />}
      {props.children}
      <footer>
        <span>{t('printedAt', { at: props.printedAt })}</span>
        {root?.demo && <span className="reprint-mark">{t('demoPaper')}</span>}
      </footer>
    </article>
  );
}
