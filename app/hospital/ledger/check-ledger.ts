import { revenueByLine, sourceBalances } from './balances.ts';
import type { Payer } from './payer.ts';
import type { SaleLedger } from './sale-ledger.ts';

/** One movement in the books of somebody else: the insurance centre, a channel, the till, the list of debts. */
export type ExternalMovement = {
  readonly saleNo: string;
  readonly payer: Payer;
  readonly source: string;
  /** Fen; into the hospital's hands positive, out of them negative. */
  readonly amount: number;
  /** Key of the request that made it. */
  readonly key: string;
};

/** Our books and everybody else's, read at the same moment. */
export type LedgerBooks = { readonly sales: readonly SaleLedger[]; readonly movements: readonly ExternalMovement[] };

/** A place where the books do not agree. `expected` is what the other side or the rule says, `found` what our books say; fen. */
export type Imbalance = {
  readonly saleNo: string;
  readonly payer: Payer | null;
  readonly rule: 'entry-sums-to-zero' | 'revenue-is-lines' | 'charged-is-held' | 'ours-is-theirs' | 'held-not-negative';
  readonly detail: string;
  readonly expected: number;
  readonly found: number;
};

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function entriesOutOfBalance(sale: SaleLedger): readonly Imbalance[] {
  return sale.entries.flatMap((entry) => {
    const found = sum(entry.postings.map(({ amount }) => amount));
    if (found === 0) return [];
    return [
      {
        saleNo: sale.saleNo,
        payer: null,
        rule: 'entry-sums-to-zero' as const,
        detail: `entry ${entry.no}`,
        expected: 0,
        found,
      },
    ];
  });
}

function revenueOutOfBalance(sale: SaleLedger): readonly Imbalance[] {
  const revenue = revenueByLine(sale);
  const lineIds = new Set([...revenue.keys(), ...sale.lines.map((line) => line.lineId)]);
  return [...lineIds].flatMap((lineId) => {
    const expected = sum(sale.lines.filter((line) => line.lineId === lineId).map((line) => line.amount));
    const found = revenue.get(lineId) ?? 0;
    if (expected === found) return [];
    return [
      {
        saleNo: sale.saleNo,
        payer: null,
        rule: 'revenue-is-lines' as const,
        detail: `line ${lineId}`,
        expected,
        found,
      },
    ];
  });
}

/** Whether every share charged is held, and nothing held is without a charge: no charge, refund or settlement is under way. */
export function isClosed(sale: SaleLedger): boolean {
  return sale.inTransit.length === 0 && sourceBalances(sale).every(({ unapplied }) => unapplied === 0);
}

const statements = new Set(['charged', 'refunded', 'changed', 'debt-settled', 'settled-again']);

/** A statement leaves no share without the money for it; only movements after it may. */
function sharesWithoutMoney(sale: SaleLedger): readonly Imbalance[] {
  if (!statements.has(sale.entries.at(-1)?.kind ?? '')) return [];
  return sourceBalances(sale)
    .filter(({ applied, held }) => applied > held || applied < 0)
    .map(({ payer, source, applied, held }) => ({
      saleNo: sale.saleNo,
      payer,
      rule: 'charged-is-held' as const,
      detail: source,
      expected: held,
      found: applied,
    }));
}

function negativeBalances(sale: SaleLedger): readonly Imbalance[] {
  return sourceBalances(sale)
    .filter(({ held }) => held < 0)
    .map(({ payer, source, held }) => ({
      saleNo: sale.saleNo,
      payer,
      rule: 'held-not-negative' as const,
      detail: source,
      expected: 0,
      found: held,
    }));
}

type Source = { readonly payer: Payer; readonly source: string };

function heldByOthers(
  sale: SaleLedger,
  at: Source,
  movements: readonly ExternalMovement[],
  answeredOnly: boolean,
): number {
  return sum(
    movements
      .filter(({ saleNo, payer, source }) => saleNo === sale.saleNo && payer === at.payer && source === at.source)
      // What we asked for and have no answer to is known to be open, not wrong.
      .filter(({ key }) => !answeredOnly || !sale.inTransit.includes(key))
      .map(({ amount }) => amount),
  );
}

function oursAgainstTheirs(sale: SaleLedger, movements: readonly ExternalMovement[]): readonly Imbalance[] {
  const ours = sourceBalances(sale);
  const theirs = movements.filter(({ saleNo }) => saleNo === sale.saleNo);
  const sources = new Map([...ours, ...theirs].map(({ payer, source }) => [`${payer}\n${source}`, { payer, source }]));
  return [...sources.values()].flatMap((at) => {
    const expected = heldByOthers(sale, at, movements, false);
    const found = sum(
      ours.filter(({ payer, source }) => payer === at.payer && source === at.source).map(({ held }) => held),
    );
    if (found === expected || found === heldByOthers(sale, at, movements, true)) return [];
    return [
      { saleNo: sale.saleNo, payer: at.payer, rule: 'ours-is-theirs' as const, detail: at.source, expected, found },
    ];
  });
}

/**
 * Finds every place where the books do not agree: an entry whose postings do not sum to zero, revenue that is not what the lines
 * cost, a share charged without money held for it, and, per sale, payer and source, money that our books and the other side's see differently.
 */
export function checkLedger(books: LedgerBooks): readonly Imbalance[] {
  const known = new Set(books.sales.map((sale) => sale.saleNo));
  const strangers = books.movements
    .filter((movement) => !known.has(movement.saleNo) && movement.amount !== 0)
    .map((movement) => ({
      saleNo: movement.saleNo,
      payer: movement.payer,
      rule: 'ours-is-theirs' as const,
      detail: movement.source,
      expected: movement.amount,
      found: 0,
    }));
  return [
    ...strangers,
    ...books.sales.flatMap((sale) => [
      ...entriesOutOfBalance(sale),
      ...revenueOutOfBalance(sale),
      ...sharesWithoutMoney(sale),
      ...negativeBalances(sale),
      ...oursAgainstTheirs(sale, books.movements),
    ]),
  ];
}

/** Something under way: money held that no charge uses, money given back that is still charged, or an answer not yet known. */
export type OpenItem = {
  readonly saleNo: string;
  readonly payer: Payer | null;
  readonly kind: 'not-charged' | 'still-charged' | 'in-transit';
  readonly detail: string;
  readonly amount: number;
};

/** Lists what is under way; a sale whose cases have ended should have none. */
export function openItems(sales: readonly SaleLedger[]): readonly OpenItem[] {
  return sales.flatMap((sale) => [
    ...sourceBalances(sale)
      .filter(({ unapplied }) => unapplied !== 0)
      .map(({ payer, source, unapplied }) => ({
        saleNo: sale.saleNo,
        payer,
        kind: unapplied > 0 ? ('not-charged' as const) : ('still-charged' as const),
        detail: source,
        amount: Math.abs(unapplied),
      })),
    ...sale.inTransit.map((key) => ({
      saleNo: sale.saleNo,
      payer: null,
      kind: 'in-transit' as const,
      detail: key,
      amount: 0,
    })),
  ]);
}
