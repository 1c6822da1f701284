import { sourceBalances, sumByPayer } from './balances.ts';
import { type Channel, channels } from './payer.ts';
import type { ChargedLine, SaleLedger } from './sale-ledger.ts';
import type { ChannelRow } from './statements.ts';

/** Shares of what is charged from now on, as the insurance centre answered. */
export type NewShares = { readonly fundPay: number; readonly acctPay: number; readonly cashPay: number };

/** What goes back to whom when the sale is charged anew. All fen. */
export type RefundPlan = {
  readonly fundBack: number;
  readonly acctBack: number;
  /** The patient's net: goes back by `rows`. */
  readonly cashBack: number;
  readonly rows: readonly ChannelRow[];
  /** Taken off the debt before any money goes back. */
  readonly debtBack: number;
  readonly debtNo: string | null;
  /** The new shares leave more to the patient than was paid: to be collected. */
  readonly owed: number;
};

const isChannel = (payer: string): payer is Channel => channels.some((channel) => channel === payer);

/** Channel payments with what of each is applied and still held, last payment first: the last paid goes back first. */
function paidRows(sale: SaleLedger): readonly ChannelRow[] {
  return sourceBalances(sale)
    .flatMap(({ payer, source, applied, held }) =>
      isChannel(payer) ? [{ channel: payer, txnNo: source, amount: Math.min(applied, held) }] : [],
    )
    .filter(({ amount }) => amount > 0)
    .reverse();
}

function takeFrom(rows: readonly ChannelRow[], amount: number): readonly ChannelRow[] {
  let left = amount;
  const taken: ChannelRow[] = [];
  for (const row of rows) {
    const part = Math.min(left, row.amount);
    if (part > 0) taken.push({ ...row, amount: part });
    left -= part;
  }
  return taken;
}

/** The shares applied now, whether or not their settlement was revoked meanwhile. */
function appliedShares(sale: SaleLedger) {
  return sumByPayer(sourceBalances(sale).map(({ payer, applied }) => ({ payer, amount: applied })));
}

/**
 * Plans what goes back when only `kept` stays charged. `shares` are the insurance centre's for the kept lines; without them the
 * patient's part of the difference goes back (self-pay, or an estimate that leaves the insurance shares in proportion).
 */
export function planRefund(sale: SaleLedger, kept: readonly ChargedLine[], shares?: NewShares): RefundPlan {
  const now = appliedShares(sale);
  const total = kept.reduce((sum, line) => sum + line.amount, 0);
  const charged = sale.lines.reduce((sum, line) => sum + line.amount, 0);
  const ratio = charged === 0 ? 0 : total / charged;
  const fund = shares?.fundPay ?? Math.round(now.fund * ratio);
  const account = shares?.acctPay ?? Math.round(now['personal-account'] * ratio);
  const patientBefore = charged - now.fund - now['personal-account'];
  const patientBack = patientBefore - (shares?.cashPay ?? total - fund - account);
  const debtBack = Math.max(0, Math.min(now.debt, patientBack));
  const cashBack = Math.max(0, patientBack - debtBack);
  return {
    fundBack: now.fund - fund,
    acctBack: now['personal-account'] - account,
    cashBack,
    rows: takeFrom(paidRows(sale), cashBack),
    debtBack,
    debtNo: sourceBalances(sale).find(({ payer, applied }) => payer === 'debt' && applied > 0)?.source ?? null,
    owed: Math.max(0, -patientBack),
  };
}

/** Rows for money that no charge uses: paid twice, or paid for a charge that never came. */
export function planDuplicateRefund(sale: SaleLedger): readonly ChannelRow[] {
  return sourceBalances(sale).flatMap(({ payer, source, unapplied }) =>
    isChannel(payer) && unapplied > 0 ? [{ channel: payer, txnNo: source, amount: unapplied }] : [],
  );
}
