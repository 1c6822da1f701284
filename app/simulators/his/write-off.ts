import { z } from 'zod';
import { type Booking, receive } from '../../hospital/ledger/book-entries.ts';
import type { ExternalMovement } from '../../hospital/ledger/check-ledger.ts';
import type { SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { changeBook } from '../book-store.ts';
import type { SimulatorContext } from '../simulated-connector.ts';

/** A decision to bear a loss. */
export type WriteOff = { readonly amount: number; readonly approvalNo: string; readonly approvedBy?: string | null };

type Decided = WriteOff & { readonly saleNo: string; readonly key: string; readonly at: string };

const writeOffSchema = z.object({
  saleNo: z.string(),
  decisions: z.array(
    z.object({
      key: z.string(),
      at: z.string(),
      amount: z.int(),
      approvalNo: z.string(),
      approvedBy: z.string().nullable(),
    }),
  ),
});

/** Losses the hospital decided to bear, by sale. */
export const writeOffBook = {
  name: 'his-write-offs',
  schema: writeOffSchema,
  empty: (saleNo: string): z.infer<typeof writeOffSchema> => ({ saleNo, decisions: [] }),
};

const keyOf = ({ key }: Decided) => `write-off/${key}`;

/** The decision in our books: a share of its own, which no charge uses yet. */
export function bookWriteOff(sale: SaleLedger, decided: Decided): Booking {
  const facts = {
    key: keyOf(decided),
    at: decided.at,
    ...(decided.approvedBy ? { approvedBy: [decided.approvedBy] } : {}),
  };
  return receive(sale, facts, [{ payer: 'write-off', source: decided.approvalNo, amount: decided.amount }]);
}

/** The decision in the list of decisions. */
export async function registerWriteOff(context: SimulatorContext, decided: Decided): Promise<void> {
  const { at, amount, approvalNo, approvedBy } = decided;
  await changeBook(context.store, writeOffBook, decided.saleNo, (book) => {
    const known = book.decisions.some(({ key }) => key === keyOf(decided));
    const decision = { key: keyOf(decided), at, amount, approvalNo, approvedBy: approvedBy ?? null };
    return { document: known ? book : { ...book, decisions: [...book.decisions, decision] }, answer: undefined };
  });
}

/** The list of decisions as movements, to compare with the hospital's ledger. */
export function writeOffMovements(books: readonly z.infer<typeof writeOffSchema>[]): readonly ExternalMovement[] {
  return books.flatMap(({ saleNo, decisions }) =>
    decisions.map(({ amount, approvalNo, key }) => ({ saleNo, payer: 'write-off', source: approvalNo, amount, key })),
  );
}
