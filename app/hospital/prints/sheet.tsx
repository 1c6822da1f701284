import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientFacts } from '../../ui/patient.ts';
import { useDepartmentName, useLanguage } from '../../ui/role-names.ts';
import { useRootData } from '../../ui/root-data.ts';
import { BarcodeImage } from './barcode.tsx';
import type { Barcode } from './print-document.ts';

/** 补打 and the number of the copy; nothing on the first one. */
export function ReprintMark({ copies }: { readonly copies: number }) {
  const { t } = useTranslation('print');
  if (copies < 2) return null;
  return <span className="reprint-mark">{t('reprint', { count: copies - 1 })}</span>;
}

/** Name, sex, age and numbers of the patient in one line. */
export function PatientLine({ patient }: { readonly patient?: PatientFacts }) {
  const { t } = useTranslation('patient');
  const department = useDepartmentName();
  if (!patient) return null;
  return (
    <p className="sheet-patient">
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
      {patient.bed && <span>{t('bed', { ward: patient.ward ?? '', bed: patient.bed })}</span>}
      {patient.insurance && <span>{t(`insurance.${patient.insurance}`)}</span>}
    </p>
  );
}

/** Allergies, always said: known ones, none known, or never asked. */
export function AllergyLine({ patient }: { readonly patient?: PatientFacts }) {
  const { t } = useTranslation('patient');
  const { allergies } = patient ?? {};
  const said =
    allergies === undefined ? t('allergiesUnknown') : allergies.length === 0 ? t('noAllergies') : allergies.join('、');
  return (
    <p className={allergies?.length ? 'sheet-allergies known' : 'sheet-allergies'}>
      {t('allergies')}：{said}
    </p>
  );
}

/** An A4 or A5 paper: hospital, title, barcode, patient, content, foot. */
export function Sheet(props: {
  readonly size: 'a4' | 'a5';
  readonly title: string;
  readonly barcode: Barcode;
  readonly patient?: PatientFacts;
  readonly copies: number;
  readonly printedAt: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('print');
  const root = useRootData();
  const language = useLanguage();
  return (
    <article className={`sheet ${props.size}`}>
      <header className="sheet-head">
        <div>
          <p className="sheet-hospital">{root?.hospitalName[language]}</p>
          <h2>{props.title}</h2>
        </div>
        <div className="sheet-code">
          <ReprintMark copies={props.copies} />
          <BarcodeImage barcode={props.barcode} />
        </div>
      </header>
      <PatientLine patient={props.patient} />
      {props.children}
      <footer className="sheet-foot">
        <span>{t('printedAt', { at: props.printedAt })}</span>
        {root?.demo && <span className="sheet-demo">{t('demo')}</span>}
      </footer>
    </article>
  );
}
