import { z } from 'zod';
import { payers } from './payer.ts';

const payer = z.enum(payers);
const fen = z.int();

/** One charged line of a sale. `amount` is what it costs now, in fen, for `qty` units. */
export const chargedLineSchema = z.object({
  lineId: z.string().min(1),
  code: z.string(),
  name: z.string(),
  unitPrice: fen,
  qty: z.number().positive(),
  amount: fen,
  payClass: z.enum(['01', '02', '03']),
});

/** One charged line of a sale. */
export type ChargedLine = z.infer<typeof chargedLineSchema>;

/**
 * A ledger account. `held`: money we have (or a claim) from one source, an asset. `unapplied`: the same money as far as no charge
 * uses it, a liability. `revenue`: what one line brought.
 * A source is a channel's transaction number, a settlement id or a debt number.
 */
const posting = z.discriminatedUnion('account', [
  z.object({ account: z.literal('held'), payer, source: z.string(), amount: fen }),
  z.object({ account: z.literal('unapplied'), payer, source: z.string(), amount: fen }),
  z.object({ account: z.literal('revenue'), lineId: z.string(), amount: fen }),
]);

/** One side of an entry: debit positive, credit negative. */
export type Posting = z.infer<typeof posting>;

const entry = z.object({
  no: z.int(),
  at: z.string(),
  kind: z.enum(['received', 'given-back', 'charged', 'refunded', 'changed', 'debt-settled', 'settled-again']),
  /** The same key is never booked twice. */
  key: z.string(),
  postings: z.array(posting),
  refundNo: z.string().optional(),
  shiftId: z.string().optional(),
  by: z.string().optional(),
  approvedBy: z.array(z.string()).optional(),
  /** Says that a person stated the movement because no answer came. */
  stated: z.boolean().optional(),
});

/** A booked event; its postings sum to zero. */
export type Entry = z.infer<typeof entry>;

/** The hospital's books about one sale: every entry ever made, and what is charged now. */
export const saleLedgerSchema = z.object({
  saleNo: z.string(),
  patientId: z.string().nullable(),
  /** Cases that moved money of this sale. */
  caseIds: z.array(z.string()),
  lines: z.array(chargedLineSchema),
  entries: z.array(entry),
  /** Keys of movements asked for whose answer is not booked yet. */
  inTransit: z.array(z.string()),
});

/** The hospital's books about one sale. */
export type SaleLedger = z.infer<typeof saleLedgerSchema>;

/** Money from one source: a channel's transaction, an insurance settlement, a debt. Amounts are positive fen. */
export type Money = {
  readonly payer: z.infer<typeof payer>;
  readonly source: string;
  readonly amount: number;
};

/** Books of a sale nobody has paid for yet. */
export function emptySaleLedger(saleNo: string): SaleLedger {
  return { saleNo, patientId: null, caseIds: [], lines: [], entries: [], inTransit: [] };
}

/** Sum of the lines charged now, fen. */
export function chargedTotal(sale: SaleLedger): number {
  return sale.lines.reduce((sum, line) => sum + line.amount, 0);
}
