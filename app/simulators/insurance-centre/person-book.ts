import { z } from 'zod';
import { patients } from '../../hospital/patients.ts';

const fen = z.int();

const uploadedLine = z.object({
  lineId: z.string(),
  code: z.string(),
  amount: fen,
  payClass: z.enum(['01', '02', '03']),
});

/** Lines of a bill as uploaded by 2204. */
export const uploadSchema = z.object({
  chrgBchno: z.string(),
  uploadNo: z.string(),
  saleNo: z.string(),
  lines: z.array(uploadedLine),
});

/** A bill settled by 2207, as the centre keeps it. */
export const settlementSchema = z.object({
  setlId: z.string(),
  msgId: z.string(),
  saleNo: z.string(),
  mdtrtId: z.string(),
  chrgBchno: z.string(),
  total: fen,
  fundPay: fen,
  acctPay: fen,
  cashPay: fen,
  deductibleUsed: fen,
  settledAt: z.string(),
  state: z.enum(['settled', 'revoked', 'reversed']),
  /** Message of the revocation, once revoked. */
  revokeKey: z.string().optional(),
  revokedAt: z.string().optional(),
  adjustmentNo: z.string().optional(),
});

/** Everything the centre knows about one insured person. */
export const personSchema = z.object({
  psnNo: z.string(),
  insured: z.boolean(),
  accountBalance: fen,
  deductibleLeft: fen,
  uploads: z.array(uploadSchema),
  settlements: z.array(settlementSchema),
  reversals: z.array(z.object({ omsgid: z.string(), found: z.boolean(), reversedAt: z.string() })),
});

/** Everything the centre knows about one insured person. */
export type InsuredPerson = z.infer<typeof personSchema>;

/** A bill settled by 2207. */
export type CentreSettlement = z.infer<typeof settlementSchema>;

/** Every insured person starts the year with this much to pay before the fund pays; fen. */
const yearlyDeductible = 20_000;

const patientByPsnNo = new Map(
  patients.flatMap((patient) => (patient.psnNo ? [[patient.psnNo, patient] as const] : [])),
);

/** The insurance centre's own book, by person. */
export const personBook = {
  name: 'insurance-centre',
  schema: personSchema,
  empty(psnNo: string): InsuredPerson {
    const patient = patientByPsnNo.get(psnNo);
    return {
      psnNo,
      insured: patient !== undefined,
      accountBalance: patient?.accountBalance ?? 0,
      deductibleLeft: yearlyDeductible,
      uploads: [],
      settlements: [],
      reversals: [],
    };
  },
};
