import { useTranslation } from 'react-i18next';
import type { PatientFacts } from './patient.ts';
import { useDepartmentName } from './role-names.ts';

/** Who this is about, the same on every page of a patient, allergies loud. */
export function PatientBanner({ patient }: { patient: PatientFacts }) {
  const { t } = useTranslation('patient');
  const departmentName = useDepartmentName();
  const facts = [
    patient.sex && t(`sex.${patient.sex}`),
    patient.age !== undefined && t('age', { age: patient.age }),
    patient.birthDate && `${t('born')} ${patient.birthDate}`,
    patient.patientId && `${t('patientId')} ${patient.patientId}`,
    patient.encounterClass && t(`encounter.${patient.encounterClass}`),
    patient.encounterNo && `${t('encounterNo')} ${patient.encounterNo}`,
    patient.department && departmentName(patient.department),
    patient.bed && t('bed', { ward: patient.ward ?? '', bed: patient.bed }),
    patient.insurance && t(`insurance.${patient.insurance}`),
  ].filter((fact): fact is string => typeof fact === 'string');
  return (
    <section className="patient-banner" aria-label={t('label')}>
      <strong className="patient-name">{patient.name ?? patient.patientId}</strong>
      <ul className="patient-facts">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <Allergies allergies={patient.allergies} />
    </section>
  );
}

function Allergies({ allergies }: { allergies: readonly string[] | undefined }) {
  const { t } = useTranslation('patient');
  if (allergies === undefined) return <span className="allergies unknown">{t('allergiesUnknown')}</span>;
  if (allergies.length === 0) return <span className="allergies none">{t('noAllergies')}</span>;
  return (
    <strong className="allergies some">
      <span aria-hidden="true">⚠ </span>
      {t('allergies')}: {allergies.join(t('shell:listComma'))}
    </strong>
  );
}
