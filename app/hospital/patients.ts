import type { Instant, JsonObject } from '../../engine/index.ts';
import { familyNames, femaleGivenNames, maleGivenNames } from './patient-names.ts';
import { type PinnedPatient, pinnedPatients } from './pinned.ts';
import { hospitalDay } from './roster.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** An invented patient. */
export type Patient = {
  readonly patientId: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** Whole years at the hospital's present day; the birth date follows from it. */
  readonly ageYears: number;
  /** Month and day of birth, `MM-DD`. */
  readonly birthday: string;
  readonly encounterNo: string;
  readonly encounterClass: 'AMB' | 'EMER' | 'IMP';
  readonly department: string;
  readonly ward?: string;
  readonly bed?: string;
  readonly allergies: readonly { readonly code: string; readonly name: string }[];
  readonly insurance: 'self' | 'basic';
  /** Number at the insurance centre; starts with `TEST`, as no real number does. */
  readonly psnNo?: string;
  /** Personal insurance account, fen. */
  readonly accountBalance: number;
  /** Inpatient deposit, fen. */
  readonly prepaid: number;
};

const count = 200;
const seed = 20260302;
const usualAccountBalance = 5_000;

const encounterPrefix = { AMB: 'TMZ', EMER: 'TJZ', IMP: 'TZY' } as const;

const knownAllergies = [
  { code: 'penicillin', name: '青霉素类' },
  { code: 'cephalosporin', name: '头孢菌素类' },
  { code: 'sulfonamide', name: '磺胺类' },
  { code: 'iodinated-contrast', name: '碘对比剂' },
  { code: 'nsaid', name: '非甾体抗炎药' },
] as const;

function patientNumber(index: number): string {
  return String(index).padStart(6, '0');
}

function birthday(random: SeededRandom): string {
  const month = 1 + random.below(12);
  const day = 1 + random.below(28);
  return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function identifiers(index: number, encounterClass: Patient['encounterClass'], insurance: Patient['insurance']) {
  const number = patientNumber(index);
  return {
    patientId: `P${number}`,
    encounterNo: `${encounterPrefix[encounterClass]}${number}`,
    ...(insurance === 'basic' ? { psnNo: `TEST-PSN-${number}` } : {}),
  };
}

function fromPinned(pinned: PinnedPatient, index: number, random: SeededRandom): Patient {
  const { comment: _comment, accountBalance, prepaid, deceased: _deceased, ...rest } = pinned;
  return {
    ...rest,
    ...identifiers(index, pinned.encounterClass, pinned.insurance),
    birthday: birthday(random),
    accountBalance: pinned.insurance === 'basic' ? (accountBalance ?? usualAccountBalance) : 0,
    prepaid: prepaid ?? 0,
  };
}

function encounterClassOf(random: SeededRandom): Patient['encounterClass'] {
  const draw = random.below(100);
  if (draw < 55) return 'AMB';
  return draw < 70 ? 'EMER' : 'IMP';
}

function departmentOf(encounterClass: Patient['encounterClass'], ageYears: number, random: SeededRandom): string {
  if (encounterClass === 'EMER') return 'ED';
  return ageYears < 15 ? 'PED' : random.pick(['CARD', 'RESP', 'SURG']);
}

function generated(index: number, random: SeededRandom): Patient {
  const sex = random.below(2) === 0 ? 'male' : 'female';
  const encounterClass = encounterClassOf(random);
  const ageYears = 1 + random.below(90);
  const department = departmentOf(encounterClass, ageYears, random);
  const insurance = random.below(100) < 75 ? 'basic' : 'self';
  return {
    ...identifiers(index, encounterClass, insurance),
    name: random.pick(familyNames) + random.pick(sex === 'male' ? maleGivenNames : femaleGivenNames),
    sex,
    ageYears,
    birthday: birthday(random),
    encounterClass,
    department,
    ...(encounterClass === 'IMP' ? { ward: `${department}-W1`, bed: String(30 + (index % 60)).padStart(2, '0') } : {}),
    allergies: random.below(100) < 12 ? [random.pick(knownAllergies)] : [],
    insurance,
    accountBalance: insurance === 'basic' ? random.below(60) * 1_000 : 0,
    prepaid: encounterClass === 'IMP' ? (5 + random.below(30)) * 10_000 : 0,
  };
}

/** Makes the demo hospital's patients: the pinned ones first, the others drawn from a seed, always the same. */
export function generatePatients(options: { readonly count: number; readonly seed: number }): readonly Patient[] {
  const random = seededRandom(options.seed);
  return Array.from({ length: options.count }, (_, position) => {
    const pinned = pinnedPatients[position];
    return pinned ? fromPinned(pinned, position + 1, random) : generated(position + 1, random);
  });
}

/** All patients of the demo hospital, P000001 to P000200. */
export const patients: readonly Patient[] = generatePatients({ count, seed });

const byId = new Map(patients.map((patient) => [patient.patientId, patient]));

/** The patient with this id. */
export function findPatient(patientId: string): Patient | undefined {
  return byId.get(patientId);
}

function birthDate(patient: Patient, at: Instant): string {
  const today = hospitalDay(at);
  const hadBirthday = patient.birthday <= today.slice(5);
  return `${Number(today.slice(0, 4)) - patient.ageYears - (hadBirthday ? 0 : 1)}-${patient.birthday}`;
}

/** The patient as the case variable `patient`, with age and birth date as of `at`. */
export function patientVariable(patient: Patient, at: Instant): JsonObject {
  return {
    patientId: patient.patientId,
    name: patient.name,
    sex: patient.sex,
    birthDate: birthDate(patient, at),
    age: patient.ageYears,
    encounterNo: patient.encounterNo,
    encounterClass: patient.encounterClass,
    department: patient.department,
    ...(patient.ward === undefined ? {} : { ward: patient.ward }),
    ...(patient.bed === undefined ? {} : { bed: patient.bed }),
    allergies: patient.allergies.map(({ code, name }) => ({ code, name })),
    insurance: patient.insurance,
    ...(patient.psnNo === undefined ? {} : { psnNo: patient.psnNo }),
  };
}
