import { sourceBalances } from './balances.ts';
import { type Booking, type EntryFacts, findEntry, giveBack, receive, restate } from './book-entries.ts';
import type { Channel } from './payer.ts';
import type { ChargedLine, Entry, Money, SaleLedger } from './sale-ledger.ts';

/** What the insurance centre answered to a settlement. */
export type SettlementShares = {
  readonly setlId: string;
  readonly total: number;
  readonly fundPay: number;
  readonly acctPay: number;
  readonly cashPay: number;
};

/** A payment or refund row as the flow knows it. */
export type ChannelRow = { readonly channel: Channel; readonly txnNo: string; readonly amount: number };

/** The two sources an insurance settlement is: the fund's money and the personal account's. */
export function settlementMoney(
  settlement: Pick<SettlementShares, 'setlId' | 'fundPay' | 'acctPay'>,
): readonly Money[] {
  return [
    { payer: 'fund', source: settlement.setlId, amount: settlement.fundPay },
    { payer: 'personal-account', source: settlement.setlId, amount: settlement.acctPay },
  ];
}

function channelMoney(rows: readonly ChannelRow[]): readonly Money[] {
  return rows.map(({ channel, txnNo, amount }) => ({ payer: channel, source: txnNo, amount }));
}

const isInsurance = (payer: Money['payer']) => payer === 'fund' || payer === 'personal-account';

/** Keys of movements: what is asked for is noted under the key it will be booked by. */
export const movementKeys = {
  settle: (msgId: string) => `settle/${msgId}`,
  revoke: (setlId: string, msgId: string) => `revoke/${setlId}/${msgId}`,
  reverse: (omsgid: string) => `reverse/${omsgid}`,
  collect: (collectNo: string) => `collect/${collectNo}`,
  /** The same however often, and by whomever, a refund row is tried. */
  refund: (refundNo: string, txnNo: string) => `refund/${refundNo}/${txnNo}`,
};

const answeredByStatement = /^(settle|collect)\//;

/** Books what a person stated where a connector's answer never came: money the flow knows of and the books do not. */
function withStatedReceipts(sale: SaleLedger, facts: EntryFacts, money: readonly Money[]): Booking | undefined {
  const balances = sourceBalances(sale);
  const unknown = money.filter(
    ({ payer, source, amount }) =>
      amount > 0 && !balances.some((balance) => balance.payer === payer && balance.source === source),
  );
  if (unknown.length === 0) return undefined;
  const answered = { ...sale, inTransit: sale.inTransit.filter((key) => !answeredByStatement.test(key)) };
  return receive(answered, { ...facts, key: `stated/${facts.key}`, stated: true }, unknown);
}

/** A flow that states the new charge has got past its revocations: one without an answer was settled by a person. */
function withStatedRevocations(sale: SaleLedger, facts: EntryFacts): Booking | undefined {
  let result: Booking | undefined;
  for (const key of sale.inTransit.filter((noted) => noted.startsWith('revoke/'))) {
    const current = result?.ok ? result.sale : sale;
    const money = sourceBalances(current)
      .filter(
        ({ source, payer, held }) => isInsurance(payer) && key.startsWith(movementKeys.revoke(source, '')) && held > 0,
      )
      .map(({ payer, source, held }) => ({ payer, source, amount: held }));
    result = giveBack(current, { ...facts, key, stated: true }, money);
    if (!result.ok) return result;
  }
  return result;
}

function withStatedRefunds(
  sale: SaleLedger,
  facts: EntryFacts,
  refundNo: string,
  rows: readonly ChannelRow[],
): Booking | undefined {
  let result: Booking | undefined;
  for (const row of rows) {
    const current = result?.ok ? result.sale : sale;
    const key = movementKeys.refund(refundNo, row.txnNo);
    if (findEntry(current, key)) continue;
    result = giveBack(current, { ...facts, key, refundNo, stated: true }, channelMoney([row]));
    if (!result.ok) return result;
  }
  return result;
}

function afterInTurn(
  sale: SaleLedger,
  steps: readonly ((sale: SaleLedger) => Booking | undefined)[],
): Booking | { ok: true; sale: SaleLedger } {
  let current = sale;
  for (const step of steps) {
    const booking = step(current);
    if (booking && !booking.ok) return booking;
    if (booking) current = booking.sale;
  }
  return { ok: true, sale: current };
}

function incoming(from: {
  readonly settlement?: SettlementShares;
  readonly payments: readonly ChannelRow[];
}): readonly Money[] {
  return [...(from.settlement ? settlementMoney(from.settlement) : []), ...channelMoney(from.payments)];
}

function appliedOf(sale: SaleLedger, money: Money): number {
  return (
    sourceBalances(sale).find(({ payer, source }) => payer === money.payer && source === money.source)?.applied ?? 0
  );
}

function raised(sale: SaleLedger, additions: readonly Money[]): readonly Money[] {
  return additions.map((money) => ({ ...money, amount: appliedOf(sale, money) + money.amount }));
}

/** A charge, or what a later 补差 adds to it. */
export type ChargeStatement = {
  readonly lines: readonly ChargedLine[];
  readonly settlement?: SettlementShares;
  readonly payments: readonly ChannelRow[];
  readonly debt?: { readonly debtNo: string; readonly amount: number };
};

/** Charges lines to the money that pays them. Refused unless both are the same amount and the money is held. */
export function postCharge(sale: SaleLedger, facts: EntryFacts, charge: ChargeStatement): Booking {
  const earlier = findEntry(sale, facts.key);
  if (earlier) return { ok: true, sale, entry: earlier };
  const known = charge.lines.find((line) => sale.lines.some((charged) => charged.lineId === line.lineId));
  if (known) return { ok: false, reason: `Expected lines that are not charged yet, but line ${known.lineId} is.` };
  const ready = afterInTurn(sale, [(current) => withStatedReceipts(current, facts, incoming(charge))]);
  if (!ready.ok) return ready;
  const additions = [
    ...incoming(charge),
    ...(charge.debt ? [{ payer: 'debt' as const, source: charge.debt.debtNo, amount: charge.debt.amount }] : []),
  ];
  return restate(ready.sale, 'charged', facts, {
    lines: [...ready.sale.lines, ...charge.lines],
    targets: raised(ready.sale, additions),
  });
}

/** What is charged from now on, and the money that moved for it. */
export type Restatement = {
  readonly lines: readonly ChargedLine[];
  /** The settlement that holds from now on; without it the present one holds as far as it was not revoked. */
  readonly settlement?: SettlementShares;
  readonly refunds: readonly ChannelRow[];
  readonly payments: readonly ChannelRow[];
  /** Added to (or, negative, taken from) the debt. */
  readonly debtChange?: { readonly debtNo: string; readonly amount: number };
  /** Booked before as given up by a decision; takes over the share of money that went back and stays away. */
  readonly writeOff?: { readonly source: string; readonly amount: number };
};

function restatedTargets(sale: SaleLedger, change: Restatement): readonly Money[] {
  const targets = new Map<string, Money>();
  const set = (money: Money) => targets.set(`${money.payer}\n${money.source}`, money);
  for (const balance of sourceBalances(sale)) {
    if (isInsurance(balance.payer))
      set({ ...balance, amount: change.settlement ? 0 : Math.min(balance.applied, balance.held) });
  }
  if (change.settlement) settlementMoney(change.settlement).forEach(set);
  const moved = [
    ...channelMoney(change.refunds).map((money) => ({ ...money, amount: -money.amount })),
    ...channelMoney(change.payments),
    ...(change.writeOff ? [{ payer: 'write-off' as const, ...change.writeOff }] : []),
    ...(change.debtChange
      ? [{ payer: 'debt' as const, source: change.debtChange.debtNo, amount: change.debtChange.amount }]
      : []),
  ];
  for (const money of moved) {
    const before = targets.get(`${money.payer}\n${money.source}`)?.amount ?? appliedOf(sale, money);
    set({ ...money, amount: before + money.amount });
  }
  return [...targets.values()];
}

/**
 * Charges the sale anew after lines were returned, exchanged or settled again. Refused unless, per payer, the new shares are what
 * is held now. `refundNo` names the refunds whose movements belong to it.
 */
export function postRestatement(
  sale: SaleLedger,
  kind: Extract<Entry['kind'], 'refunded' | 'changed' | 'settled-again'>,
  facts: EntryFacts & { readonly refundNo: string },
  change: Restatement,
): Booking {
  const earlier = findEntry(sale, facts.key);
  if (earlier) return { ok: true, sale, entry: earlier };
  const ready = afterInTurn(sale, [
    (current) => withStatedReceipts(current, facts, incoming(change)),
    (current) => withStatedRevocations(current, facts),
    (current) => withStatedRefunds(current, facts, facts.refundNo, change.refunds),
  ]);
  if (!ready.ok) return ready;
  return restate(ready.sale, kind, facts, { lines: change.lines, targets: restatedTargets(ready.sale, change) });
}

/** Moves a share from the debt to the money that paid it; `debt` was given back (or written off) before. */
export function postDebtSettlement(
  sale: SaleLedger,
  facts: EntryFacts,
  change: {
    readonly debtNo: string;
    readonly amount: number;
    readonly writeOff: number;
    readonly settlement?: SettlementShares;
    readonly payments: readonly ChannelRow[];
  },
): Booking {
  const earlier = findEntry(sale, facts.key);
  if (earlier) return { ok: true, sale, entry: earlier };
  const ready = afterInTurn(sale, [(current) => withStatedReceipts(current, facts, incoming(change))]);
  if (!ready.ok) return ready;
  const additions: readonly Money[] = [
    { payer: 'debt', source: change.debtNo, amount: -change.amount },
    ...(change.writeOff > 0 ? [{ payer: 'write-off' as const, source: change.debtNo, amount: change.writeOff }] : []),
    ...incoming(change),
  ];
  return restate(ready.sale, 'debt-settled', facts, {
    lines: ready.sale.lines,
    targets: raised(ready.sale, additions),
  });
}
