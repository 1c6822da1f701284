import { z } from 'zod';
import pinnedFile from './pinned-patients.json' with { type: 'json' };

const allergy = z.strictObject({ code: z.string(), name: z.string() });

const pinnedPatient = z.strictObject({
  patientId: z.string().regex(/^P\d{6}$/),
  comment: z.string(),
  name: z.string(),
  sex: z.enum(['male', 'female']),
  /** Kept as an age, so that a scenario may run at any date. */
  ageYears: z.int().min(0).max(110),
  encounterClass: z.enum(['AMB', 'EMER', 'IMP']),
  department: z.string(),
  ward: z.string().optional(),
  bed: z.string().optional(),
  allergies: z.array(allergy),
  insurance: z.enum(['self', 'basic']),
  /** Died before the first step. */
  deceased: z.boolean().optional(),
  /** Personal insurance account in fen; the usual one without it. */
  accountBalance: z.int().min(0).optional(),
  /** Inpatient deposit in fen. */
  prepaid: z.int().min(0).optional(),
});

/** Shape of a pinned sale, also for sales a scenario brings along. */
export const pinnedSaleSchema = z.strictObject({
  saleNo: z.string(),
  comment: z.string(),
  patientId: z.string(),
  items: z.array(
    z.strictObject({ code: z.string(), qty: z.int().positive(), sessionsDone: z.int().min(0).optional() }),
  ),
  /** Channels of the patient's part; one without amount takes what is left. */
  pay: z.array(
    z.strictObject({
      channel: z.enum(['cash', 'wechat', 'alipay', 'unionpay', 'prepaid']),
      amount: z.int().positive().optional(),
    }),
  ),
  soldDaysAgo: z.int().min(0),
  /** Time of day in Asia/Shanghai. */
  at: z.string().regex(/^\d\d:\d\d$/),
  by: z.string(),
  dispensedBy: z.string().optional(),
  pharmacy: z.enum(['OPH', 'IPH']).optional(),
  /** How far the sale has come; drugs with `dispensedBy` are dispensed without it. */
  stage: z.enum(['paid', 'picked', 'dispensed', 'started', 'reported']).optional(),
  receipt: z.enum(['normal', 'printed', 'reimbursed']).optional(),
  /** Not settled with the insurance centre although the patient is insured. */
  selfPay: z.boolean().optional(),
});

/** A patient whose properties scenarios count on. */
export type PinnedPatient = z.infer<typeof pinnedPatient>;

/** A sale made before the first step of a scenario. */
export type PinnedSale = z.infer<typeof pinnedSaleSchema>;

const pinned = z
  .strictObject({ comment: z.string(), patients: z.array(pinnedPatient), sales: z.array(pinnedSaleSchema) })
  .parse(pinnedFile);

/** P000001 and following. */
export const pinnedPatients: readonly PinnedPatient[] = pinned.patients;

/** Sales to return from. */
export const pinnedSales: readonly PinnedSale[] = pinned.sales;
