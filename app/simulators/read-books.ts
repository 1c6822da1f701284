import type { LedgerBooks } from '../hospital/ledger/check-ledger.ts';
import { type BookStore, listBook } from './book-store.ts';
import { debtBook, debtMovements } from './his/debt.ts';
import { writeOffBook, writeOffMovements } from './his/write-off.ts';
import { centreMovements } from './insurance-centre/movements.ts';
import { personBook } from './insurance-centre/person-book.ts';
import { listSales } from './ledger-book.ts';
import { channelBook, channelMovements } from './payment-channels/channel-book.ts';

/** Reads the hospital's ledger and everybody else's books, to be compared by `checkLedger`. */
export async function readLedgerBooks(store: BookStore): Promise<LedgerBooks> {
  return {
    sales: await listSales(store),
    movements: [
      ...centreMovements(await listBook(store, personBook)),
      ...channelMovements(await listBook(store, channelBook)),
      ...debtMovements(await listBook(store, debtBook)),
      ...writeOffMovements(await listBook(store, writeOffBook)),
    ],
  };
}
