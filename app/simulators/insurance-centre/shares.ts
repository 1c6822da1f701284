import type { PayClass } from '../../hospital/exam-items.ts';

/** A line as the insurance centre sees it. */
export type InsuredLine = { readonly payClass: PayClass; readonly amount: number };

/** What an insured person still has at the centre; fen. */
export type Entitlement = { readonly accountBalance: number; readonly deductibleLeft: number };

/** Who pays what; fen. `total = fundPay + acctPay + cashPay`. */
export type InsuranceShares = {
  readonly total: number;
  readonly fundPay: number;
  readonly acctPay: number;
  readonly cashPay: number;
  readonly deductibleUsed: number;
};

const stepLimit = 50_000;

function sumOf(lines: readonly InsuredLine[], payClass: PayClass): number {
  return lines.filter((line) => line.payClass === payClass).reduce((sum, line) => sum + line.amount, 0);
}

/** The fund's part of what is above the deductible: 50 % of the first ¥500 of a settlement, 70 % of the rest, half a fen up. */
function fundShare(base: number): number {
  const firstStep = Math.min(base, stepLimit);
  return Math.round((firstStep * 50 + (base - firstStep) * 70) / 100);
}

/**
 * Splits a bill by the demo's invented policy: class 01 counts wholly, 02 by 90 %, 03 not at all; what is left of the year's
 * deductible comes off; the personal account pays the patient's part of classes 01 and 02 as far as it reaches.
 */
export function insuranceShares(lines: readonly InsuredLine[], entitlement: Entitlement): InsuranceShares {
  const classOne = sumOf(lines, '01');
  const classTwo = sumOf(lines, '02');
  const total = classOne + classTwo + sumOf(lines, '03');
  const eligible = classOne + Math.round((classTwo * 90) / 100);
  const deductibleUsed = Math.min(entitlement.deductibleLeft, eligible);
  const fundPay = fundShare(eligible - deductibleUsed);
  const acctPay = Math.min(entitlement.accountBalance, classOne + classTwo - fundPay);
  return { total, fundPay, acctPay, cashPay: total - fundPay - acctPay, deductibleUsed };
}
