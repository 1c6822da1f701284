import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type BookStore, changeBook, readBook } from '../book-store.ts';

const fen = z.int();

const receiptSchema = z.object({
  receiptNo: z.string(),
  receiptCode: z.string(),
  checkCode: z.string(),
  saleNo: z.string(),
  patientId: z.string(),
  total: fen,
  shares: z.object({ fundPay: fen, acctPay: fen, cashPay: fen }),
  payments: z.array(z.object({ channel: z.string(), amount: fen })),
  lines: z.array(
    z.object({
      name: z.string(),
      nameEn: z.string().optional(),
      qty: z.number(),
      unitPrice: fen,
      amount: fen,
      payClass: z.string(),
    }),
  ),
  state: z.enum(['normal', 'printed', 'reimbursed', 'red-lettered']),
  issuedAt: z.string(),
  replaces: z.string().nullable(),
  red: z
    .object({ receiptNo: z.string(), receiptCode: z.string(), refundNo: z.string(), issuedAt: z.string() })
    .nullable(),
});

/** An electronic receipt. Its numbers are invented and begin with `TEST`. */
export type Receipt = z.infer<typeof receiptSchema>;

/** Electronic receipts, by number. */
export const receiptBook = { name: 'receipts', schema: receiptSchema.nullable(), empty: (): Receipt | null => null };

/** The last number given. */
const sequence = { name: 'receipt-sequence', schema: z.int(), empty: (): number => 0 };

/** The number each key was given. */
const numbers = { name: 'receipt-numbers', schema: z.int().nullable(), empty: (): number | null => null };

/** The number that belongs to a key: the next free one at first, the same one ever after. */
export async function receiptNumber(store: BookStore, key: string): Promise<string> {
  const known = await readBook(store, numbers, key);
  const next =
    known ?? (await changeBook(store, sequence, 'all', (last) => ({ document: last + 1, answer: last + 1 })));
  const number = await changeBook(store, numbers, key, (given) => ({ document: given ?? next, answer: given ?? next }));
  return `TEST${String(number).padStart(8, '0')}`;
}

/** Six characters a reader of the receipt can check; derived, since nothing is secret about an invented receipt. */
export function checkCode(receiptNo: string): string {
  return createHash('sha256').update(receiptNo).digest('hex').slice(0, 6);
}

/** Code of the demo's receipt type. */
export const receiptCode = 'TEST0600';

/** A receipt as the flows carry it. */
export function receiptOutput(receipt: Receipt) {
  const { receiptNo, receiptCode: code, checkCode: check, state, issuedAt, total, saleNo } = receipt;
  return { receiptNo, receiptCode: code, checkCode: check, state, issuedAt, total, saleNo };
}
