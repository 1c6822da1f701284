import { z } from 'zod';
import type { ExternalMovement } from '../../hospital/ledger/check-ledger.ts';
import { channels } from '../../hospital/ledger/payer.ts';
import { findPatient } from '../../hospital/patients.ts';

const fen = z.int();

const transaction = z.object({
  channel: z.enum(channels),
  txnNo: z.string(),
  amount: fen,
  paidAt: z.string(),
  key: z.string(),
  refunds: z.array(
    z.object({
      refundTxnNo: z.string(),
      refundNo: z.string(),
      amount: fen,
      refundedAt: z.string(),
      key: z.string(),
      /** Money left another way than it came: cash or a bank transfer. */
      by: z.enum(['channel', 'cash', 'transfer']),
      voucherNo: z.string().optional(),
    }),
  ),
});

/** A payment as its channel knows it. */
export type Transaction = z.infer<typeof transaction>;

const saleTransactions = z.object({ saleNo: z.string(), transactions: z.array(transaction) });

/** What the channels know about one sale. */
export type SaleTransactions = z.infer<typeof saleTransactions>;

/** The channels' own books (and the cashier's drawer), by sale. */
export const channelBook = {
  name: 'payment-channels',
  schema: saleTransactions,
  empty: (saleNo: string): SaleTransactions => ({ saleNo, transactions: [] }),
};

const deposit = z.object({ patientId: z.string(), balance: fen });

/** Inpatients' deposits, by patient. */
export const depositBook = {
  name: 'deposits',
  schema: deposit,
  empty: (patientId: string) => ({ patientId, balance: findPatient(patientId)?.prepaid ?? 0 }),
};

/** The channels' books as movements, to compare with the hospital's ledger. */
export function channelMovements(books: readonly SaleTransactions[]): readonly ExternalMovement[] {
  return books.flatMap(({ saleNo, transactions }) =>
    transactions.flatMap((paid) => {
      const at = { saleNo, payer: paid.channel, source: paid.txnNo };
      const back = paid.refunds.map((refund) => ({ ...at, amount: -refund.amount, key: refund.key }));
      return [{ ...at, amount: paid.amount, key: paid.key }, ...back];
    }),
  );
}
