import { type Payer, payers, type Shares } from './payer.ts';
import type { SaleLedger } from './sale-ledger.ts';

/** What the entries say about one source of money. All fen. */
export type SourceBalance = {
  readonly payer: Payer;
  readonly source: string;
  readonly received: number;
  readonly givenBack: number;
  /** received − givenBack. */
  readonly held: number;
  /** How much of it a charge uses. */
  readonly applied: number;
  /** held − applied: positive waits for a charge or a refund, negative was given back before the charge was taken back. */
  readonly unapplied: number;
};

/** Balances of every source, in order of appearance. */
export function sourceBalances(sale: SaleLedger): readonly SourceBalance[] {
  const bySource = new Map<string, { payer: Payer; source: string; in: number; out: number; unapplied: number }>();
  for (const { postings } of sale.entries) {
    for (const posting of postings) {
      if (posting.account === 'revenue') continue;
      const key = `${posting.payer}\n${posting.source}`;
      const sum = bySource.get(key) ?? { payer: posting.payer, source: posting.source, in: 0, out: 0, unapplied: 0 };
      if (posting.account === 'unapplied') sum.unapplied -= posting.amount;
      else if (posting.amount > 0) sum.in += posting.amount;
      else sum.out -= posting.amount;
      bySource.set(key, sum);
    }
  }
  return [...bySource.values()].map((sum) => ({
    payer: sum.payer,
    source: sum.source,
    received: sum.in,
    givenBack: sum.out,
    held: sum.in - sum.out,
    applied: sum.in - sum.out - sum.unapplied,
    unapplied: sum.unapplied,
  }));
}

/** The balance of one source; zeros when nothing was ever booked on it. */
export function balanceOf(sale: SaleLedger, payer: Payer, source: string): SourceBalance {
  const found = sourceBalances(sale).find((balance) => balance.payer === payer && balance.source === source);
  return found ?? { payer, source, received: 0, givenBack: 0, held: 0, applied: 0, unapplied: 0 };
}

/** Revenue by line, fen. */
export function revenueByLine(sale: SaleLedger): ReadonlyMap<string, number> {
  const revenue = new Map<string, number>();
  for (const { postings } of sale.entries) {
    for (const posting of postings) {
      if (posting.account !== 'revenue') continue;
      revenue.set(posting.lineId, (revenue.get(posting.lineId) ?? 0) - posting.amount);
    }
  }
  return revenue;
}

/** Received − given back per payer over some sales; every payer is named. */
export function heldByPayer(sales: readonly SaleLedger[]): Readonly<Record<Payer, number>> {
  return sumByPayer(sales.flatMap((sale) => sourceBalances(sale)).map(({ payer, held }) => ({ payer, amount: held })));
}

/** Adds amounts up per payer; every payer is named. */
export function sumByPayer(
  amounts: readonly { readonly payer: Payer; readonly amount: number }[],
): Readonly<Record<Payer, number>> {
  const zero: Record<Payer, number> = {
    fund: 0,
    'personal-account': 0,
    cash: 0,
    wechat: 0,
    alipay: 0,
    unionpay: 0,
    prepaid: 0,
    debt: 0,
    'write-off': 0,
  };
  for (const { payer, amount } of amounts) zero[payer] += amount;
  return zero;
}

/** The same without the payers that have nothing. */
export function withoutZeros(shares: Readonly<Record<Payer, number>>): Shares {
  return Object.fromEntries(payers.filter((payer) => shares[payer] !== 0).map((payer) => [payer, shares[payer]]));
}
