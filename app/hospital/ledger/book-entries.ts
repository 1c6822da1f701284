import { type SourceBalance, sourceBalances } from './balances.ts';
import type { ChargedLine, Entry, Money, Posting, SaleLedger } from './sale-ledger.ts';

/** Facts every entry carries. */
export type EntryFacts = {
  readonly key: string;
  readonly at: string;
  readonly refundNo?: string;
  readonly shiftId?: string;
  readonly by?: string;
  readonly approvedBy?: readonly string[];
  readonly stated?: boolean;
};

/** Booked, or refused with the reason; a refusal changes nothing. */
export type Booking =
  | { readonly ok: true; readonly sale: SaleLedger; readonly entry: Entry }
  | { readonly ok: false; readonly reason: string };

/** The entry with this key, if it was booked before. */
export function findEntry(sale: SaleLedger, key: string): Entry | undefined {
  return sale.entries.find((entry) => entry.key === key);
}

function append(sale: SaleLedger, kind: Entry['kind'], facts: EntryFacts, postings: readonly Posting[]): Booking {
  const { approvedBy, ...rest } = facts;
  const entry: Entry = {
    no: sale.entries.length + 1,
    kind,
    ...rest,
    ...(approvedBy === undefined ? {} : { approvedBy: [...approvedBy] }),
    postings: postings.filter((posting) => posting.amount !== 0),
  };
  const inTransit = sale.inTransit.filter((key) => key !== facts.key);
  return { ok: true, entry, sale: { ...sale, inTransit, entries: [...sale.entries, entry] } };
}

function move(
  sale: SaleLedger,
  kind: 'received' | 'given-back',
  facts: EntryFacts,
  money: readonly Money[],
  sign: 1 | -1,
): Booking {
  const earlier = findEntry(sale, facts.key);
  if (earlier) return { ok: true, sale, entry: earlier };
  const wrong = money.find(({ amount }) => !Number.isSafeInteger(amount) || amount < 0);
  if (wrong)
    return { ok: false, reason: `Expected an amount of whole fen from 0, but ${wrong.source} has ${wrong.amount}.` };
  return append(
    sale,
    kind,
    facts,
    money.flatMap(({ payer, source, amount }): Posting[] => [
      { account: 'held', payer, source, amount: sign * amount },
      { account: 'unapplied', payer, source, amount: -sign * amount },
    ]),
  );
}

/** Books money that came in: it is held, and no charge uses it yet. */
export function receive(sale: SaleLedger, facts: EntryFacts, money: readonly Money[]): Booking {
  return move(sale, 'received', facts, money, 1);
}

/** Books money that went back to where it came from. Refused when more goes back than came from that source. */
export function giveBack(sale: SaleLedger, facts: EntryFacts, money: readonly Money[]): Booking {
  if (findEntry(sale, facts.key) === undefined) {
    const balances = sourceBalances(sale);
    for (const { payer, source, amount } of money) {
      const held = balances.find((balance) => balance.payer === payer && balance.source === source)?.held ?? 0;
      if (amount > held) {
        return {
          ok: false,
          reason: `Expected at most ${held} fen to go back to ${payer} ${source}, but ${amount} were asked for.`,
        };
      }
    }
  }
  return move(sale, 'given-back', facts, money, -1);
}

function linePostings(sale: SaleLedger, lines: readonly ChargedLine[]): Posting[] {
  const lineIds = new Set([...sale.lines, ...lines].map((line) => line.lineId));
  const amountIn = (list: readonly ChargedLine[], lineId: string) =>
    list.find((line) => line.lineId === lineId)?.amount ?? 0;
  return [...lineIds].map((lineId) => ({
    account: 'revenue',
    lineId,
    amount: amountIn(sale.lines, lineId) - amountIn(lines, lineId),
  }));
}

function targetOf(
  targets: readonly Money[],
  balance: { readonly payer: string; readonly source: string },
): Money | undefined {
  return targets.find((target) => target.payer === balance.payer && target.source === balance.source);
}

function applied(
  sale: SaleLedger,
  targets: readonly Money[],
): readonly (SourceBalance & { readonly target: number })[] {
  return sourceBalances(sale).map((balance) => ({
    ...balance,
    target: targetOf(targets, balance)?.amount ?? balance.applied,
  }));
}

function reasonAgainst(sale: SaleLedger, lines: readonly ChargedLine[], targets: readonly Money[]): string | undefined {
  const balances = sourceBalances(sale);
  const missing = targets.find(
    ({ payer, source, amount }) =>
      amount !== 0 && !balances.some((balance) => balance.payer === payer && balance.source === source),
  );
  if (missing) return `Expected money booked as received from ${missing.payer} ${missing.source}, but there is none.`;
  const after = applied(sale, targets);
  const short = after.find(({ target, held }) => target > held || target < 0);
  if (short) {
    return `Expected ${short.payer} ${short.source} to cover a share of ${short.target} fen, but ${short.held} fen are held from it.`;
  }
  const charged = lines.reduce((sum, line) => sum + line.amount, 0);
  const covered = after.reduce((sum, { target }) => sum + target, 0);
  if (charged !== covered)
    return `Expected shares of ${charged} fen in all, as the lines cost, but they are ${covered} fen.`;
  return undefined;
}

/**
 * States anew what is charged and which money pays it. `targets` name the sources whose applied amount changes; the others keep theirs.
 * Refused unless the shares of all payers together are exactly the lines' amount and each is covered by money held from that source.
 */
export function restate(
  sale: SaleLedger,
  kind: Exclude<Entry['kind'], 'received' | 'given-back'>,
  facts: EntryFacts,
  change: { readonly lines: readonly ChargedLine[]; readonly targets: readonly Money[] },
): Booking {
  const earlier = findEntry(sale, facts.key);
  if (earlier) return { ok: true, sale, entry: earlier };
  const reason = reasonAgainst(sale, change.lines, change.targets);
  if (reason !== undefined) return { ok: false, reason };
  const shares = applied(sale, change.targets).map(
    ({ payer, source, applied: before, target }): Posting => ({
      account: 'unapplied',
      payer,
      source,
      amount: target - before,
    }),
  );
  const booking = append(sale, kind, facts, [...linePostings(sale, change.lines), ...shares]);
  return booking.ok ? { ...booking, sale: { ...booking.sale, lines: [...change.lines] } } : booking;
}

/** Notes that a movement was asked for, before asking; booking its key takes the note away. */
export function noteInTransit(sale: SaleLedger, key: string): SaleLedger {
  if (sale.inTransit.includes(key) || findEntry(sale, key)) return sale;
  return { ...sale, inTransit: [...sale.inTransit, key] };
}

/** Takes the note away when it is certain that nothing moved. */
export function dropInTransit(sale: SaleLedger, key: string): SaleLedger {
  return { ...sale, inTransit: sale.inTransit.filter((noted) => noted !== key) };
}
