import type { PayClass } from './exam-items.ts';

/** Legal class of a drug; decides returnability, approval and retention. */
export type DrugClass =
  | 'ordinary'
  | 'narcotic'
  | 'psychotropic-1'
  | 'psychotropic-2'
  | 'chemo'
  | 'biological'
  | 'blood-product'
  | 'toxic';

/** A drug of the hospital's list. Names of active ingredients are generic; prices and codes are invented. */
export type Drug = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Generic active ingredient, the unit of allergy and duplicate checks. */
  readonly ingredient: string;
  /** Group in which one allergy counts for all, e.g. `penicillin`. */
  readonly allergyGroup: string;
  readonly spec: string;
  readonly form: 'tablet' | 'capsule' | 'solution' | 'injection' | 'powder' | 'inhaler' | 'patch' | 'ointment';
  /** Unit of sale: one box or one vial, with one trace code. */
  readonly unit: string;
  /** Fen per unit of sale. */
  readonly unitPrice: number;
  readonly payClass: PayClass;
  readonly routes: readonly string[];
  readonly doseUnit: string;
  /** Largest single dose, decimal text in `doseUnit`; an order above it is stopped. */
  readonly hardMax: string;
  readonly highAlert: 'A' | 'B' | 'C' | 'none';
  readonly drugClass: DrugClass;
  readonly antimicrobialTier: 'none' | 'unrestricted' | 'restricted' | 'special';
  readonly coldChain: boolean;
  readonly skinTest: boolean;
  /** Must be prepared in the admixture centre. */
  readonly hazardous: boolean;
  /** The prepared bottle must be kept from light; its label says so. */
  readonly protectFromLight?: boolean;
  /** Only for patients of this sex, where that is so. */
  readonly onlySex?: 'male' | 'female';
  /** Four digits inside its trace codes. */
  readonly traceGroup: string;
  readonly active: boolean;
};
