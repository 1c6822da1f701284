import { findDrug } from '../hospital/catalogue.ts';
import type { PatientFacts } from '../ui/patient.ts';
import type { CaseFacts } from './case-facts.ts';
import type { BothNames, BottleLabels, DrugFacts, InfusionCard, PrintedDose } from './paper.ts';

type Patient = PatientFacts | undefined;

function dosesOf(facts: CaseFacts): readonly PrintedDose[] {
  const listed = facts.dosesView.length > 0 ? facts.dosesView : facts.doses;
  return listed.filter(({ executionId }) => executionId !== '');
}

function highAlertOf(text: string | undefined): DrugFacts['highAlert'] {
  return (['A', 'B', 'C'] as const).find((one) => one === text) ?? 'none';
}

function solventOf(code: string | undefined): BothNames | undefined {
  if (!code) return undefined;
  const known = findDrug(code);
  return { name: known?.name ?? code, nameEn: known?.nameEn };
}

function drugFacts(facts: CaseFacts, patient: Patient): DrugFacts {
  const { order, labelFacts: said } = facts;
  const drug = findDrug(order?.drugCode ?? '');
  const ordered = [order?.dose, order?.doseUnit].filter(Boolean).join(' ');
  return {
    name: said?.drug ?? drug?.name,
    nameEn: said?.drugEn ?? drug?.nameEn,
    dose: said?.dose ?? (ordered === '' ? undefined : ordered),
    route: said?.route ?? order?.route,
    freq: said?.freq ?? order?.freq,
    solvent: solventOf(said?.solvent ?? order?.infusion?.solvent),
    volumeMl: said?.volumeMl ?? order?.infusion?.volumeMl,
    rateMlPerHour: said?.rateMlPerHour ?? order?.infusion?.rateMlPerHour,
    highAlert: highAlertOf(said?.highAlert ?? drug?.highAlert),
    lightProtection: drug?.protectFromLight ?? false,
    prescriber: said?.prescriber ?? facts.prescriber,
    ward: said?.ward ?? patient?.ward,
    bed: said?.bed ?? patient?.bed,
    preparedBy: said?.preparedBy,
    preparedAt: said?.preparedAt,
    validUntil: said?.validUntil,
  };
}

/** 瓶签: one label a bottle, each counted for itself. `only` names one bottle of them. */
export function bottleLabels(facts: CaseFacts, patient: Patient, only?: string): BottleLabels {
  const doses = dosesOf(facts).filter(({ executionId }) => only === undefined || executionId === only);
  return {
    kind: 'bottle-label',
    number: facts.orderNo,
    patient,
    subjects: doses.map(({ executionId }) => executionId),
    facts: drugFacts(facts, patient),
    doses,
  };
}

/** 输液卡: the order's bottles in the order they are hung. */
export function infusionCard(facts: CaseFacts, patient: Patient): InfusionCard {
  const doses = [...dosesOf(facts)].sort((one, other) => ((one.dueAt ?? '') < (other.dueAt ?? '') ? -1 : 1));
  // Tomorrow's bottles of the same order are another card.
  const first = doses[0]?.executionId ?? facts.orderNo;
  return {
    kind: 'infusion-card',
    number: facts.orderNo,
    patient,
    subjects: [first],
    facts: drugFacts(facts, patient),
    doses,
  };
}
