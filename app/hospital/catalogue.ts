import { z } from 'zod';
import type { Drug } from './drug.ts';
import drugList from './drugs.json' with { type: 'json' };
import { type ExamItem, examItems } from './exam-items.ts';

const drugSchema: z.ZodType<Drug> = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  nameEn: z.string(),
  ingredient: z.string(),
  allergyGroup: z.string(),
  spec: z.string(),
  form: z.enum(['tablet', 'capsule', 'solution', 'injection', 'powder', 'inhaler', 'patch', 'ointment']),
  unit: z.string(),
  unitPrice: z.int().positive(),
  payClass: z.enum(['01', '02', '03']),
  routes: z.array(z.string()).min(1),
  doseUnit: z.string(),
  hardMax: z.string().regex(/^\d+(\.\d+)?$/),
  highAlert: z.enum(['A', 'B', 'C', 'none']),
  drugClass: z.enum([
    'ordinary',
    'narcotic',
    'psychotropic-1',
    'psychotropic-2',
    'chemo',
    'biological',
    'blood-product',
    'toxic',
  ]),
  antimicrobialTier: z.enum(['none', 'unrestricted', 'restricted', 'special']),
  coldChain: z.boolean(),
  skinTest: z.boolean(),
  hazardous: z.boolean(),
  protectFromLight: z.boolean().optional(),
  onlySex: z.enum(['male', 'female']).optional(),
  traceGroup: z.string().regex(/^\d{4}$/),
  active: z.boolean(),
});

/** The drug list. */
export const drugs: readonly Drug[] = z.array(drugSchema).parse(drugList);

const examItemsByCode = new Map(examItems.map((item) => [item.code, item]));
const drugsByCode = new Map(drugs.map((drug) => [drug.code, drug]));

/** The price-list item with this code. */
export function findExamItem(code: string): ExamItem | undefined {
  return examItemsByCode.get(code);
}

/** The drug with this code. */
export function findDrug(code: string): Drug | undefined {
  return drugsByCode.get(code);
}

/**
 * A trace code of the demo: 20 digits, `8` and seven zeros (no real code has them), the drug's group and a serial number.
 */
export function traceCode(drug: Drug, serial: number): string {
  return `80000000${drug.traceGroup}${String(serial).padStart(8, '0')}`;
}

const drugsByTraceGroup = new Map(drugs.map((drug) => [drug.traceGroup, drug]));

/** The drug a trace code of the demo belongs to. */
export function findDrugByTraceCode(code: string): Drug | undefined {
  const group = /^80000000(\d{4})\d{8}$/.exec(code)?.[1];
  return group === undefined ? undefined : drugsByTraceGroup.get(group);
}
