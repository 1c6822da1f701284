import { type Booking, type EntryFacts, giveBack, receive } from '../../hospital/ledger/book-entries.ts';
import type { SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { changeBook } from '../book-store.ts';
import type { SimulatorContext } from '../simulated-connector.ts';
import { debtBook, debtNoOf, withChange } from './debt.ts';

/** A change of what is owed for a sale: fen, negative when less is owed. */
export type DebtChange = {
  readonly saleNo: string;
  readonly key: string;
  readonly at: string;
  readonly amount: number;
};

function debtKey(change: DebtChange): string {
  return `debt/${debtNoOf(change.saleNo)}/${change.key}`;
}

/** The change in our books: the debt is a claim held, and no charge uses the change yet. */
export function bookDebtChange(sale: SaleLedger, change: DebtChange, facts: Omit<EntryFacts, 'key' | 'at'>): Booking {
  const money = [{ payer: 'debt' as const, source: debtNoOf(change.saleNo), amount: Math.abs(change.amount) }];
  const entry = { ...facts, key: debtKey(change), at: change.at };
  return change.amount < 0 ? giveBack(sale, entry, money) : receive(sale, entry, money);
}

/** The change in the list of debts. */
export async function registerDebtChange(context: SimulatorContext, change: DebtChange): Promise<void> {
  const kind = change.amount < 0 ? 'taken-back' : 'raised';
  await changeBook(context.store, debtBook, debtNoOf(change.saleNo), (debt) => ({
    document: debt && withChange(debt, { key: debtKey(change), at: change.at, kind, amount: Math.abs(change.amount) }),
    answer: undefined,
  }));
}
