import { z } from 'zod';
import { type Booking, dropInTransit, giveBack, noteInTransit, receive } from '../hospital/ledger/book-entries.ts';
import { payers } from '../hospital/ledger/payer.ts';
import { emptySaleLedger, type SaleLedger, saleLedgerSchema } from '../hospital/ledger/sale-ledger.ts';
import { type BookStore, changeBook, listBook, readBook } from './book-store.ts';

/** The hospital's ledger, one document per sale. Not a simulator's book: ours. */
export const ledgerBook = { name: 'ledger', schema: saleLedgerSchema, empty: emptySaleLedger };

/** Money that moved outside, to be booked in the ledger once its answer is known. */
export const movementSchema = z.object({
  kind: z.enum(['received', 'given-back']),
  saleNo: z.string(),
  key: z.string(),
  money: z.array(z.object({ payer: z.enum(payers), source: z.string(), amount: z.int().min(0) })),
  refundNo: z.string().optional(),
  shiftId: z.string().optional(),
  by: z.string().optional(),
});

/** Money that moved outside. */
export type Movement = z.infer<typeof movementSchema>;

/** Books about one sale. */
export function readSale(store: BookStore, saleNo: string): Promise<SaleLedger> {
  return readBook(store, ledgerBook, saleNo);
}

/** Books about every sale. */
export function listSales(store: BookStore): Promise<readonly SaleLedger[]> {
  return listBook(store, ledgerBook);
}

/** Applies a booking to a sale's books; a refusal leaves them as they are. */
export function bookSale(store: BookStore, saleNo: string, booking: (sale: SaleLedger) => Booking): Promise<Booking> {
  return changeBook(store, ledgerBook, saleNo, (sale) => {
    const result = booking(sale);
    return { document: result.ok ? result.sale : sale, answer: result };
  });
}

function withCase(sale: SaleLedger, caseId: string): SaleLedger {
  return sale.caseIds.includes(caseId) ? sale : { ...sale, caseIds: [...sale.caseIds, caseId] };
}

/** Notes, before asking, that a movement is asked for and which case asks. */
export async function noteMovement(
  store: BookStore,
  movement: { readonly saleNo: string; readonly key: string; readonly caseId: string },
): Promise<void> {
  await changeBook(store, ledgerBook, movement.saleNo, (sale) => ({
    document: withCase(noteInTransit(sale, movement.key), movement.caseId),
    answer: undefined,
  }));
}

/** Says which case works on a sale. */
export async function noteCase(store: BookStore, saleNo: string, caseId: string): Promise<void> {
  await changeBook(store, ledgerBook, saleNo, (sale) => ({ document: withCase(sale, caseId), answer: undefined }));
}

/** Takes the note away: it is certain that nothing moved. */
export async function dropMovement(store: BookStore, saleNo: string, key: string): Promise<void> {
  await changeBook(store, ledgerBook, saleNo, (sale) => ({ document: dropInTransit(sale, key), answer: undefined }));
}

/** Books a movement whose answer has come; the same movement again changes nothing. */
export async function bookMovement(store: BookStore, movement: Movement, at: string): Promise<void> {
  const { kind, saleNo, money, ...facts } = movement;
  const book = kind === 'received' ? receive : giveBack;
  const booking = await bookSale(store, saleNo, (sale) => book(sale, { ...facts, at }, money));
  if (!booking.ok) throw new Error(booking.reason);
}
