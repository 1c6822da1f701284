/** What screens show of the case variable `patient`; anything missing or of another shape is left out. */
export type PatientFacts = {
  readonly patientId?: string;
  readonly name?: string;
  readonly sex?: 'male' | 'female';
  readonly birthDate?: string;
  readonly age?: number;
  readonly encounterNo?: string;
  readonly encounterClass?: 'AMB' | 'EMER' | 'IMP';
  readonly department?: string;
  readonly ward?: string;
  readonly bed?: string;
  readonly insurance?: 'self' | 'basic';
  /** Undefined: never asked. Empty: none known. */
  readonly allergies?: readonly string[];
};

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value);
}

function allergyNames(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    if (typeof one !== 'object' || one === null) return [];
    return text(Reflect.get(one, 'name')) ?? text(Reflect.get(one, 'code')) ?? [];
  });
}

/** Reads the case variable `patient`. */
export function readPatient(value: unknown): PatientFacts | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string): unknown => Reflect.get(value, name);
  const age = field('age');
  return {
    patientId: text(field('patientId')),
    name: text(field('name')),
    sex: oneOf(field('sex'), ['male', 'female']),
    birthDate: text(field('birthDate')),
    age: typeof age === 'number' ? age : undefined,
    encounterNo: text(field('encounterNo')),
    encounterClass: oneOf(field('encounterClass'), ['AMB', 'EMER', 'IMP']),
    department: text(field('department')),
    ward: text(field('ward')),
    bed: text(field('bed')),
    insurance: oneOf(field('insurance'), ['self', 'basic']),
    allergies: allergyNames(field('allergies')),
  };
}
