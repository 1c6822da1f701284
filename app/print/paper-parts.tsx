import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientFacts } from '../ui/patient.ts';
import { useDepartmentName, useLanguage } from '../ui/role-names.ts';
import { useRootData } from '../ui/root-data.ts';
import { Barcode } from './barcode.tsx';
import type { BothNames, Paper } from './paper.ts';

/** What every sheet is given: the barcodes by text, and the copy of a subject. */
export type SheetFrame = {
  readonly barcodes: Readonly<Record<string, string>>;
  /** Which copy of the subject this is; 2 and more are reprints. */
  copyOf(subject: string): number;
  readonly at: string;
  readonly by: string;
  /** Whether the print was recorded; a preview that is printed past the button says so. */
  readonly recorded: boolean;
};

/** A value, or words that say it is not there. */
export function Value({ children }: { children: ReactNode }) {
  const { t } = useTranslation('print');
  if (children === undefined || children === null || children === '' || children === false)
    return <span className="not-recorded">{t('notRecorded')}</span>;
  return children;
}

/** A labelled value. */
export function Fact({ label, children, wide }: { label: string; children: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? 'fact wide' : 'fact'}>
      <dt>{label}</dt>
      <dd>
        <Value>{children}</Value>
      </dd>
    </div>
  );
}

/** Names a code of one of the print catalogue's lists; an unknown code stays as it is. */
export function useCodeName(): (list: string, code: string | undefined) => string | undefined {
  const { t, i18n } = useTranslation('print');
  return (list, code) => {
    if (!code) return undefined;
    const key = `${list}.${code}`;
    return i18n.exists(key, { ns: 'print' }) ? t(key) : code;
  };
}

/** A name in the language shown. */
export function useShownName(): (names: Partial<BothNames>) => string | undefined {
  const language = useLanguage();
  return ({ name, nameEn }) => (language === 'en' ? nameEn || name : name);
}

/** 补打 with its number, from the second copy on. */
export function ReprintMark({ copy }: { copy: number }) {
  const { t } = useTranslation('print');
  if (copy < 2) return null;
  return <strong className="reprint-mark">{t('reprint', { copy })}</strong>;
}

/** Seen only on paper that was printed past the button. */
export function UnrecordedMark({ recorded }: { recorded: boolean }) {
  const { t } = useTranslation('print');
  return recorded ? null : <span className="unrecorded-mark">{t('unrecorded')}</span>;
}

/** Hospital, title, barcode of the number, and whether it is a reprint. */
export function SheetHead({ paper, frame }: { paper: Paper; frame: SheetFrame }) {
  const { t } = useTranslation('print');
  const root = useRootData();
  const language = useLanguage();
  return (
    <header className="sheet-head">
      <div className="sheet-title">
        <p className="sheet-hospital">{root?.hospitalName[language]}</p>
        <h2>{t(`kinds.${paper.kind}`)}</h2>
        <ReprintMark copy={frame.copyOf(paper.subjects[0] ?? '')} />
      </div>
      {paper.number === '' ? (
        <p className="not-recorded">{t('noNumber')}</p>
      ) : (
        <Barcode modules={frame.barcodes[paper.number]} text={paper.number} />
      )}
    </header>
  );
}

/** Who the paper is about. */
export function PatientFactsOnPaper({ patient }: { patient: PatientFacts | undefined }) {
  const { t } = useTranslation('print');
  const departmentName = useDepartmentName();
  const place = [patient?.ward, patient?.bed && t('bedNo', { bed: patient.bed })].filter(Boolean).join(' ');
  return (
    <dl className="facts patient-on-paper">
      <Fact label={t('patient.name')}>{patient?.name && <strong>{patient.name}</strong>}</Fact>
      <Fact label={t('patient.sexAge')}>
        {[
          patient?.sex && t(`patient:sex.${patient.sex}`),
          patient?.age !== undefined && t('patient:age', { age: patient.age }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Fact>
      <Fact label={t('patient:patientId')}>{patient?.patientId}</Fact>
      <Fact label={t('patient:encounterNo')}>{patient?.encounterNo}</Fact>
      <Fact label={t('patient.department')}>{patient?.department && departmentName(patient.department)}</Fact>
      {patient?.encounterClass === 'IMP' ? (
        <Fact label={t('patient.place')}>{place}</Fact>
      ) : (
        <Fact label={t('patient.class')}>
          {patient?.encounterClass && t(`patient:encounter.${patient.encounterClass}`)}
        </Fact>
      )}
    </dl>
  );
}

/** The patient's allergies in words, loud where there are some. */
export function AllergiesOnPaper({ patient }: { patient: PatientFacts | undefined }) {
  const { t } = useTranslation('patient');
  const allergies = patient?.allergies;
  if (allergies === undefined) return <>{t('allergiesUnknown')}</>;
  if (allergies.length === 0) return <>{t('noAllergies')}</>;
  return <strong className="alarming">⚠ {allergies.join(t('shell:listComma'))}</strong>;
}

/** Lines to sign on by hand. */
export function SignatureLines({ who }: { who: readonly string[] }) {
  const { t } = useTranslation('print');
  return (
    <div className="signature-lines">
      {who.map((name) => (
        <p key={name}>
          <span>{t(`sign.${name}`)}</span>
          <span className="signature-line" />
        </p>
      ))}
    </div>
  );
}
