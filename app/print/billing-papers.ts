import type { PatientFacts } from '../ui/patient.ts';
import type { CaseFacts, PricedLine, Shares } from './case-facts.ts';
import { moneyInWords } from './money-in-words.ts';
import type { ChargeList, Receipt, RefundRequest } from './paper.ts';

type Patient = PatientFacts | undefined;

function sumOf(lines: readonly { readonly amount: number }[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0);
}

function saleNoOf(facts: CaseFacts): string {
  return facts.charge?.saleNo || facts.sale?.saleNo || facts.saleNo || '';
}

/** Everything that was charged, whoever keeps it. */
function chargedLines(facts: CaseFacts): readonly PricedLine[] {
  const lists = [facts.charge?.lines ?? [], facts.sale?.lines ?? [], facts.lines];
  return lists.find((lines) => lines.length > 0) ?? [];
}

function withChannel(rows: readonly { readonly channel: string; readonly amount: number }[]) {
  return rows.filter(({ channel }) => channel !== '');
}

/** 收费清单. */
export function chargeList(facts: CaseFacts, patient: Patient): ChargeList {
  const lines = chargedLines(facts);
  const number = saleNoOf(facts) || facts.orderNo;
  const settlement = facts.settlement ?? facts.sale?.settlement;
  return {
    kind: 'charge-list',
    number,
    patient,
    subjects: [number],
    lines,
    total: sumOf(lines),
    shares: settlement ?? facts.preSettle,
    settled: settlement !== undefined,
    payments: withChannel(facts.payments.length > 0 ? facts.payments : (facts.sale?.payments ?? [])),
  };
}

/** The first list whose sum is the receipt's total: the others belong to what was before or comes after. */
function linesOfTotal(facts: CaseFacts, total: number | undefined): readonly PricedLine[] {
  const lists = [facts.refundPlan?.keptLines ?? [], facts.estimate?.keptLines ?? [], chargedLines(facts)];
  return lists.find((lines) => lines.length > 0 && sumOf(lines) === total) ?? [];
}

function sharesOfTotal(facts: CaseFacts, total: number | undefined): Shares | undefined {
  const known = [facts.newSettlement, facts.settlement, facts.sale?.settlement].filter((one) => one !== undefined);
  return known.find(({ fundPay, acctPay, cashPay }) => fundPay + acctPay + cashPay === total);
}

/** 收据: the newest receipt of the case; after a refund, the new one with what it replaces. */
export function receiptPaper(facts: CaseFacts, patient: Patient): Receipt {
  const red = facts.redReceipt;
  // A red-lettered receipt is no receipt any more.
  const standing = [facts.newReceipt, facts.receipt, facts.sale?.receipt].find(
    (one) => one !== undefined && one.receiptNo !== red?.receiptNo && one.state !== 'red-lettered',
  );
  const total = standing?.total ?? (standing ? sumOf(chargedLines(facts)) : undefined);
  const shares = sharesOfTotal(facts, total);
  const paid = withChannel(facts.payments.length > 0 ? facts.payments : (facts.sale?.payments ?? []));
  const number = standing?.receiptNo ?? red?.redReceiptNo ?? '';
  return {
    kind: 'receipt',
    number,
    patient,
    subjects: [number],
    receipt: standing && { ...standing, total },
    inWords: total === undefined ? undefined : moneyInWords(total),
    lines: linesOfTotal(facts, total),
    shares,
    payments: sumOf(paid) === (shares?.cashPay ?? total) ? paid : [],
    red: red && { receiptNo: red.receiptNo, redReceiptNo: red.redReceiptNo },
    refunds: withChannel(facts.refunds),
  };
}

function returnedLines(facts: CaseFacts): RefundRequest['lines'] {
  const accepted = facts.decided.filter(({ qty }) => qty > 0);
  if (accepted.length > 0)
    return accepted.map(({ name, qty, unitPrice }) => ({
      name,
      qty,
      amount: unitPrice === undefined ? undefined : Math.round(unitPrice * qty),
    }));
  if (facts.refundLines.length === 0 && facts.refundNo)
    return facts.lines.map(({ name, qty, amount }) => ({ name, qty, amount }));
  const charged = new Map([...facts.lines, ...chargedLines(facts)].map((line) => [line.lineId, line]));
  return facts.refundLines.map(({ lineId, qty }) => {
    const line = charged.get(lineId);
    return { name: line?.name ?? lineId, qty, amount: line && Math.round(line.unitPrice * qty) };
  });
}

/** 退费申请单. */
export function refundRequest(facts: CaseFacts, patient: Patient): RefundRequest {
  const { estimate, refundPlan, request, approvals } = facts;
  const number = facts.refundNo ?? '';
  const own = [request?.reasonText, facts.refundReason, facts.reason].find((one) => one !== undefined && one !== '');
  const codes = facts.decided.filter(({ qty }) => qty > 0).flatMap(({ reasonCode }) => reasonCode ?? []);
  const back = refundPlan ?? estimate;
  return {
    kind: 'refund-request',
    number,
    patient,
    subjects: [number || saleNoOf(facts)],
    saleNo: saleNoOf(facts),
    receiptNo: facts.receiptNo || facts.sale?.receipt?.receiptNo || facts.receipt?.receiptNo || '',
    requesterName: request?.requesterName,
    reasons: [...new Set([...codes, ...(own ? [own] : [])])],
    lines: returnedLines(facts),
    returned: back?.returned ?? facts.returned,
    back: back && { fundBack: back.fundBack, acctBack: back.acctBack, cashBack: back.cashBack },
    approvals,
  };
}
