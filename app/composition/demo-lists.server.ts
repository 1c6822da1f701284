import { drugs } from '../hospital/catalogue.ts';
import { criticalFindings } from '../hospital/critical-findings.ts';
import { departments } from '../hospital/departments.ts';
import { diagnoses } from '../hospital/diagnoses.ts';
import { examItems } from '../hospital/exam-items.ts';
import type { HospitalDesk } from '../hospital/hospital-desk.server.ts';
import { findPatient, patients, patientVariable } from '../hospital/patients.ts';
import { hospitalDay } from '../hospital/roster.ts';
import { staff } from '../hospital/staff.ts';
import type { LookupItem, Lookups, PatientDesk } from '../server/services.ts';
import type { Sale } from '../simulators/his/sale-book.ts';

type Named = { readonly code: string; readonly name: string; readonly nameEn: string };

const asItem = ({ code, name, nameEn }: Named): LookupItem => ({ value: code, label: name, labelEn: nameEn });
const people = staff.map(({ id, name, nameEn, department, roles }) => ({
  roles,
  item: { value: id, label: name, labelEn: nameEn, detail: department },
}));

const lists: Readonly<Record<string, readonly LookupItem[]>> = {
  'exam-items': examItems.map(asItem),
  drugs: drugs.map((drug) => ({ ...asItem(drug), detail: drug.spec })),
  icd10: diagnoses.map(asItem),
  diagnoses: diagnoses.map(asItem),
  departments: departments.map(asItem),
  'critical-findings': criticalFindings.map(asItem),
  staff: people.map(({ item }) => item),
  doctors: people
    .filter(({ roles }) => roles.some((role) => role.endsWith('doctor') || role === 'resident'))
    .map(({ item }) => item),
};

const fits = (text: string, ...places: readonly (string | undefined)[]) =>
  places.some((place) => place?.toLowerCase().includes(text));

/** A sale as the window knows it: by its number and day; amounts and names stand on the page that opens. */
function asSaleItem({ saleNo, receiptNo, soldAt }: Sale): LookupItem {
  const detail = [receiptNo, soldAt && hospitalDay(soldAt)].filter(Boolean).join(' · ');
  return { value: saleNo, label: saleNo, ...(detail && { detail }) };
}

/** The demo hospital's code lists, and its sales by sale, order, receipt or patient number. */
export function demoLookups(sales: Pick<HospitalDesk['sales'], 'search'>): Lookups {
  return {
    async find({ name, text, limit }) {
      if (name === 'sales') return (await sales.search(text, limit)).map(asSaleItem);
      const wanted = text.trim().toLowerCase();
      return lists[name]
        ?.filter(({ value, label, labelEn, detail }) => fits(wanted, value, label, labelEn, detail))
        .slice(0, limit);
    },
  };
}

/** The demo hospital's patients. */
export function demoPatients(): PatientDesk {
  return {
    async search({ text, limit, at }) {
      const wanted = text.trim().toLowerCase();
      return patients
        .filter(({ name, patientId, encounterNo }) => fits(wanted, name, patientId, encounterNo))
        .slice(0, limit)
        .map((patient) => patientVariable(patient, at));
    },
    async find({ patientId, at }) {
      const found = findPatient(patientId);
      return found && patientVariable(found, at);
    },
  };
}
