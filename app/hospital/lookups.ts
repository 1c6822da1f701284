import type { LookupItem, Lookups, PatientDesk } from '../server/services.ts';
import type { Sale } from '../simulators/his/sale-book.ts';
import { drugs } from './catalogue.ts';
import { criticalFindings } from './critical-findings.ts';
import { departments } from './departments.ts';
import { diagnoses } from './diagnoses.ts';
import { examItems } from './exam-items.ts';
import { frequencies } from './frequencies.ts';
import type { HospitalDesk } from './hospital-desk.server.ts';
import { findPatient, patients, patientVariable } from './patients.ts';
import { nameInitials, pinyinInitials } from './pinyin-initials.ts';
import { roles } from './roles.ts';
import { hospitalDay } from './roster.ts';
import { staff } from './staff.ts';

/** An entry with everything it can be found by, in lower case. */
type Entry = { readonly item: LookupItem; readonly words: readonly string[] };

type Named = { readonly code: string; readonly name: string; readonly nameEn: string };

function entry(item: LookupItem, initials: string): Entry {
  const words = [item.value, item.label, item.labelEn, item.detail, initials];
  return { item, words: words.flatMap((word) => word?.toLowerCase() ?? []) };
}

function named({ code, name, nameEn }: Named, detail?: string): Entry {
  const item = { value: code, label: name, labelEn: nameEn, ...(detail === undefined ? {} : { detail }) };
  return entry(item, pinyinInitials(name));
}

const people = staff.map(({ id, name, nameEn, department, roles: held }) => ({
  held,
  entry: entry({ value: id, label: name, labelEn: nameEn, detail: department }, nameInitials(name)),
}));

const isDoctor = (held: readonly string[]) => held.some((role) => /(^|-)doctor$|^resident$/.test(role));

const diagnosisList = diagnoses.map((one) => named(one, one.code));

// A map: a list named like a member of every object must not be found.
const lists: ReadonlyMap<string, readonly Entry[]> = new Map(
  Object.entries({
    'exam-items': examItems.filter(({ active }) => active).map((item) => named(item, item.code)),
    drugs: drugs.filter(({ active }) => active).map((drug) => named(drug, drug.spec)),
    frequencies: frequencies.map((one) => named(one, [one.code, ...one.times].join(' '))),
    icd10: diagnosisList,
    diagnoses: diagnosisList,
    departments: departments.map((one) => named(one)),
    roles: roles.map((one) => named(one)),
    'critical-findings': criticalFindings.map((one) => named(one)),
    staff: people.map((person) => person.entry),
    doctors: people.filter(({ held }) => isDoctor(held)).map((person) => person.entry),
  }),
);

const fits = (wanted: string) => (one: Entry) => one.words.some((word) => word.includes(wanted));

/** A sale as the window knows it: by its number and day; amounts and names stand on the page that opens. */
function asSaleItem({ saleNo, receiptNo, soldAt }: Sale): LookupItem {
  const detail = [receiptNo, soldAt && hospitalDay(soldAt)].filter(Boolean).join(' · ');
  return { value: saleNo, label: saleNo, ...(detail && { detail }) };
}

/** The hospital's code lists by code, name, English name or pinyin initials; its sales by any of their numbers or the patient's. */
export function createLookups(sales: Pick<HospitalDesk['sales'], 'search'>): Lookups {
  return {
    async find({ name, text, limit }) {
      if (name === 'sales') return (await sales.search(text, limit)).map(asSaleItem);
      const wanted = text.trim().toLowerCase();
      return lists
        .get(name)
        ?.filter(fits(wanted))
        .slice(0, limit)
        .map(({ item }) => item);
    },
  };
}

const patientWords = patients.map((patient) => ({
  patient,
  words: [patient.name, patient.patientId, patient.encounterNo, nameInitials(patient.name)].map((word) =>
    word.toLowerCase(),
  ),
}));

/** The hospital's patients by name, pinyin initials, patient or encounter number. */
export function createPatientDesk(): PatientDesk {
  return {
    async search({ text, limit, at }) {
      const wanted = text.trim().toLowerCase();
      return patientWords
        .filter(({ words }) => words.some((word) => word.includes(wanted)))
        .slice(0, limit)
        .map(({ patient }) => patientVariable(patient, at));
    },
    async find({ patientId, at }) {
      const found = findPatient(patientId);
      return found && patientVariable(found, at);
    },
  };
}
