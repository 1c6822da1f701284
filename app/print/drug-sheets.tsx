import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.ts';
import type { PatientFacts } from '../ui/patient.ts';
import { useRootData } from '../ui/root-data.ts';
import { Barcode } from './barcode.tsx';
import type { BottleLabels, DrugFacts, InfusionCard, PrintedDose } from './paper.ts';
import {
  AllergiesOnPaper,
  Fact,
  PatientFactsOnPaper,
  ReprintMark,
  type SheetFrame,
  UnrecordedMark,
  useCodeName,
  useShownName,
  Value,
} from './paper-parts.tsx';

/** Dose, solvent and volume, as they stand on bottle and card. */
function useMixture(): (facts: DrugFacts) => string {
  const { t } = useTranslation('print');
  const shownName = useShownName();
  return ({ dose, solvent, volumeMl }) =>
    [
      dose,
      // The volume is the solvent's: written as one, so that nobody reads a third ingredient.
      [solvent && shownName(solvent), volumeMl !== undefined && t('drug.ml', { volume: volumeMl })]
        .filter(Boolean)
        .join(' '),
    ]
      .filter(Boolean)
      .join(' + ');
}

/** Route, frequency and rate. */
function useWay(): (facts: DrugFacts) => string {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  return ({ route, freq, rateMlPerHour }) =>
    [
      codeName('route', route),
      codeName('freq', freq),
      rateMlPerHour !== undefined && t('drug.rate', { rate: rateMlPerHour }),
    ]
      .filter(Boolean)
      .join(' · ');
}

function isRed({ highAlert }: DrugFacts): boolean {
  return highAlert === 'A' || highAlert === 'B';
}

type LabelProps = {
  readonly dose: PrintedDose;
  readonly facts: DrugFacts;
  readonly patient: PatientFacts | undefined;
  readonly frame: SheetFrame;
};

function Label({ dose, facts, patient, frame }: LabelProps) {
  const { t } = useTranslation('print');
  const mixture = useMixture();
  const way = useWay();
  const shownName = useShownName();
  const who = [
    patient?.sex && t(`patient:sex.${patient.sex}`),
    patient?.age !== undefined && t('patient:age', { age: patient.age }),
    patient?.patientId,
  ];
  const place = [facts.ward, facts.bed && t('bedNo', { bed: facts.bed })].filter(Boolean).join(' ');
  return (
    <article className={isRed(facts) ? 'bottle-label high-alert' : 'bottle-label'}>
      <p className="label-patient">
        <strong>
          <Value>{patient?.name}</Value>
        </strong>
        <span>{who.filter(Boolean).join(' ')}</span>
        <strong className="label-bed">{place || t('noBed')}</strong>
      </p>
      <p className="label-drug">
        <strong>
          <Value>{shownName(facts)}</Value>
        </strong>
        {facts.highAlert !== 'none' && (
          <span className={isRed(facts) ? 'label-badge alarming' : 'label-badge'}>
            {t('drug.highAlert', { class: facts.highAlert })}
          </span>
        )}
        {facts.lightProtection && <span className="label-badge">{t('drug.light')}</span>}
      </p>
      <p className="label-mixture">
        <Value>{mixture(facts)}</Value>
      </p>
      <p>
        <Value>{way(facts)}</Value>
      </p>
      <p className="label-time">
        <strong>{dose.dueAt ? formatInstant(dose.dueAt) : t('drug.noTime')}</strong>
        <strong>{nOfM(dose) ?? t('drug.noPoint')}</strong>
        <ReprintMark copy={frame.copyOf(dose.executionId)} />
        <UnrecordedMark recorded={frame.recorded} />
      </p>
      <Barcode modules={frame.barcodes[dose.executionId]} text={dose.executionId} />
      <LabelFoot facts={facts} />
    </article>
  );
}

/** What nurses write by hand when it is not known yet. */
function LabelFoot({ facts }: { facts: DrugFacts }) {
  const { t } = useTranslation('print');
  const demo = useRootData()?.demo ?? false;
  const time = (at: string | undefined) => (at ? formatInstant(at) : <span className="hand-line" />);
  return (
    <div className="label-foot">
      <span>
        {t('drug.prescriber')} <Value>{facts.prescriber}</Value>
      </span>
      <span>
        {t('drug.preparedBy')} {facts.preparedBy ?? <span className="hand-line" />}
      </span>
      <span>
        {t('drug.preparedAt')} {time(facts.preparedAt)}
      </span>
      <span>
        {t('drug.validUntil')} {time(facts.validUntil)}
      </span>
      {demo && <span className="label-demo">{t('demo')}</span>}
    </div>
  );
}

function nOfM({ n, total }: PrintedDose): string | undefined {
  return n === undefined || total === undefined ? undefined : `${n} / ${total}`;
}

/** 瓶签: one a bottle. */
export function BottleLabelSheet({ paper, frame, single }: SheetProps<BottleLabels> & { single: SingleLink }) {
  const { t } = useTranslation('print');
  if (paper.doses.length === 0) return <p className="nothing">{t('drug.noDoses')}</p>;
  return (
    <div className="label-sheet">
      {paper.doses.map((dose) => (
        <div key={dose.executionId} className="label-place">
          <Label dose={dose} facts={paper.facts} patient={paper.patient} frame={frame} />
          {paper.doses.length > 1 && (
            <Link className="screen-only" to={single(dose.executionId)}>
              {t('onlyThis')}
            </Link>
          )}
        </div>
      ))}
    </div>
  );
}

type SheetProps<T> = { readonly paper: T; readonly frame: SheetFrame };
type SingleLink = (executionId: string) => string;

/** 输液卡: the day's bottles in order, with room to sign for each. */
export function InfusionCardSheet({ paper, frame }: SheetProps<InfusionCard>) {
  const { t } = useTranslation('print');
  const mixture = useMixture();
  const way = useWay();
  const shownName = useShownName();
  const { facts } = paper;
  const columns = ['due', 'prepared', 'checked', 'start', 'change', 'end', 'given'];
  return (
    <>
      <PatientFactsOnPaper patient={paper.patient} />
      <dl className="facts">
        <Fact label={t('patient:allergies')}>
          <AllergiesOnPaper patient={paper.patient} />
        </Fact>
        <Fact label={t('drug.prescriber')}>{facts.prescriber}</Fact>
      </dl>
      {paper.doses.length === 0 ? (
        <p className="nothing">{t('drug.noDoses')}</p>
      ) : (
        <table className="sheet-table infusion-table">
          <thead>
            <tr>
              <th className="number">{t('card.n')}</th>
              <th>{t('card.drug')}</th>
              {columns.map((column) => (
                <th key={column}>{t(`card.${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {paper.doses.map((dose, index) => (
              <tr key={dose.executionId}>
                <td className="number">{index + 1}</td>
                <td>
                  <strong className={isRed(facts) ? 'alarming' : undefined}>
                    <Value>{shownName(facts)}</Value>
                  </strong>
                  {facts.highAlert !== 'none' && ` ${t('drug.highAlert', { class: facts.highAlert })}`}
                  <br />
                  <Value>{mixture(facts)}</Value>
                  <br />
                  <Value>{way(facts)}</Value>
                  <Barcode modules={frame.barcodes[dose.executionId]} text={dose.executionId} />
                </td>
                <td>{dose.dueAt ? formatInstant(dose.dueAt) : t('drug.noTime')}</td>
                {columns.slice(1).map((column) => (
                  <td key={column} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
