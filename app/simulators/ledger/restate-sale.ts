import { type Booking, type EntryFacts, findEntry } from '../../hospital/ledger/book-entries.ts';
import type { Channel } from '../../hospital/ledger/payer.ts';
import type { ChargedLine, Entry, SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { postRestatement, type SettlementShares } from '../../hospital/ledger/statements.ts';
import { changeBook } from '../book-store.ts';
import { bookDebtChange, registerDebtChange } from '../his/change-debt.ts';
import { debtNoOf } from '../his/debt.ts';
import { type Sale, saleBook } from '../his/sale-book.ts';
import { bookWriteOff, registerWriteOff, type WriteOff } from '../his/write-off.ts';
import { bookSale } from '../ledger-book.ts';
import type { SimulatorContext } from '../simulated-connector.ts';
import { hasInsuranceShare } from './connectors.ts';

type Row = { readonly channel: Channel; readonly txnNo: string; readonly amount: number };

/** What is charged from now on, and what moved for it. */
export type SaleRestatement = {
  readonly saleNo: string;
  readonly kind: Extract<Entry['kind'], 'refunded' | 'changed' | 'settled-again'>;
  readonly facts: EntryFacts & { readonly refundNo: string };
  readonly lines: readonly ChargedLine[];
  readonly settlement?: (SettlementShares & NonNullable<Sale['settlement']>) | null;
  readonly refunds: readonly Row[];
  readonly payments: readonly Row[];
  /** Fen, negative when less is owed. */
  readonly debtChange: number;
  /** Money that went back and will not be recovered: the hospital bears it, by a named decision. */
  readonly writeOff?: WriteOff | null;
};

function book(sale: SaleLedger, change: SaleRestatement): Booking {
  const { facts, saleNo } = change;
  const earlier = findEntry(sale, facts.key);
  if (earlier) return { ok: true, sale, entry: earlier };
  const { key, at, ...others } = facts;
  const written = change.writeOff ? bookWriteOff(sale, { saleNo, key, at, ...change.writeOff }) : undefined;
  if (written && !written.ok) return written;
  const before = written?.sale ?? sale;
  const owed =
    change.debtChange === 0
      ? undefined
      : bookDebtChange(before, { saleNo, key, at, amount: change.debtChange }, others);
  if (owed && !owed.ok) return owed;
  return postRestatement(owed?.sale ?? before, change.kind, facts, {
    lines: change.lines,
    refunds: change.refunds.filter(({ amount }) => amount > 0),
    payments: change.payments,
    ...(change.settlement ? { settlement: change.settlement } : {}),
    ...(change.writeOff ? { writeOff: { source: change.writeOff.approvalNo, amount: change.writeOff.amount } } : {}),
    ...(change.debtChange === 0 ? {} : { debtChange: { debtNo: debtNoOf(saleNo), amount: change.debtChange } }),
  });
}

/** Charges a sale anew in the ledger, and lets the list of debts and the registry follow. Refused unless it fits per payer. */
export async function restateSale(context: SimulatorContext, change: SaleRestatement): Promise<Booking> {
  const { saleNo, facts, settlement } = change;
  const booking = await bookSale(context.store, saleNo, (sale) => book(sale, change));
  if (!booking.ok) return booking;
  if (change.debtChange !== 0) {
    await registerDebtChange(context, { saleNo, key: facts.key, at: facts.at, amount: change.debtChange });
  }
  if (change.writeOff) await registerWriteOff(context, { saleNo, key: facts.key, at: facts.at, ...change.writeOff });
  const stillInsured = hasInsuranceShare(booking.sale);
  await changeBook(context.store, saleBook, saleNo, (sale) => ({
    document: sale && { ...sale, settlement: settlement ?? (stillInsured ? sale.settlement : null) },
    answer: undefined,
  }));
  return booking;
}
