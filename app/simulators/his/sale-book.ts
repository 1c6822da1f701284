import { z } from 'zod';
import { channels } from '../../hospital/ledger/payer.ts';

/** How far a line of a sale has come. */
export const lineStates = [
  'paid',
  'picked',
  'dispensed',
  'admixed',
  'administered',
  'started',
  'reported',
  'returned',
] as const;

const fen = z.int();

/** A line as priced. */
export const pricedLineSchema = z.object({
  lineId: z.string().min(1),
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  unitPrice: fen,
  qty: z.number().positive(),
  amount: fen,
  payClass: z.enum(['01', '02', '03']),
  unit: z.string(),
});

/** A line as priced. */
export type PricedLine = z.infer<typeof pricedLineSchema>;

const saleLine = pricedLineSchema.extend({
  kind: z.enum(['exam', 'drug', 'treatment']),
  state: z.enum(lineStates),
  returnedQty: z.number(),
  sessionsGiven: z.number(),
  batchNo: z.string().nullable(),
  expiry: z.string().nullable(),
  traceCodes: z.array(z.string()),
  returnedTraceCodes: z.array(z.string()),
  orderedBy: z.string().nullable(),
});

/** A line of a registered sale. */
export type SaleLine = z.infer<typeof saleLine>;

/** The settlement as the flows carry it. */
export const settlementInput = z.object({
  setlId: z.string().min(1),
  psnNo: z.string().optional(),
  mdtrtId: z.string().optional(),
  chrgBchno: z.string().optional(),
  msgId: z.string().optional(),
  total: fen,
  fundPay: fen,
  acctPay: fen,
  cashPay: fen,
  settledAt: z.string().optional(),
});

/** A payment row as the flows carry it. */
export const paymentInput = z.object({
  channel: z.enum(channels),
  amount: fen,
  txnNo: z.string().min(1),
  paidAt: z.string().optional(),
});

const registeredReturn = z.object({
  refundNo: z.string(),
  at: z.string(),
  lines: z.array(z.object({ lineId: z.string(), qty: z.number(), traceCodes: z.array(z.string()) })),
});

const hold = z.object({
  holdNo: z.string(),
  at: z.string(),
  lines: z.array(z.object({ lineId: z.string(), qty: z.number() })),
});

/** A sale in the hospital's registry, and what was priced for it before. */
export const saleSchema = z.object({
  saleNo: z.string(),
  orderNo: z.string(),
  patientId: z.string(),
  encounterNo: z.string().nullable(),
  kind: z.enum(['exam', 'drug', 'treatment']),
  pharmacy: z.string().nullable(),
  registered: z.boolean(),
  soldAt: z.string().nullable(),
  chargedBy: z.string().nullable(),
  dispensedBy: z.string().nullable(),
  dispensedAt: z.string().nullable(),
  lines: z.array(saleLine),
  settlement: settlementInput.nullable(),
  receiptNo: z.string().nullable(),
  returns: z.array(registeredReturn),
  holds: z.array(hold),
});

/** A sale in the hospital's registry. */
export type Sale = z.infer<typeof saleSchema>;

/** Sales of the hospital information system, by sale number. */
export const saleBook = {
  name: 'his-sales',
  schema: saleSchema.nullable(),
  empty: (): Sale | null => null,
};

/** Units of a line that can still come back. */
export function returnableQty(sale: Sale, line: SaleLine): number {
  const held = sale.holds
    .flatMap(({ lines }) => lines)
    .filter(({ lineId }) => lineId === line.lineId)
    .reduce((sum, { qty }) => sum + qty, 0);
  return Math.max(0, line.qty - line.returnedQty - line.sessionsGiven - held);
}
