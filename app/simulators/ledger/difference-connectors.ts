import { z } from 'zod';
import { sourceBalances, sumByPayer } from '../../hospital/ledger/balances.ts';
import { planRefund } from '../../hospital/ledger/plan-refund.ts';
import { type ChargedLine, chargedLineSchema, type SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { paymentInput, settlementInput } from '../his/sale-book.ts';
import { readSale } from '../ledger-book.ts';
import { done, refused, type SimulatedJob } from '../simulated-connector.ts';
import { sharesOf, shiftOfClerk } from './connectors.ts';
import { refundRow } from './refund-connectors.ts';
import { restateSale } from './restate-sale.ts';

const shares = z.object({ fundPay: z.int(), acctPay: z.int(), cashPay: z.int() });

const planInput = z.object({
  saleNo: z.string().min(1),
  lines: z.array(chargedLineSchema),
  preSettle: shares.nullish(),
  settlement: shares.nullish(),
});

const totalOf = (lines: readonly ChargedLine[]) => lines.reduce((sum, { amount }) => sum + amount, 0);

const sameLine = (one: ChargedLine) => (other: ChargedLine) =>
  one.lineId === other.lineId && one.code === other.code && one.qty === other.qty;

function debtOf(sale: SaleLedger): number {
  return sumByPayer(sourceBalances(sale).map(({ payer, applied }) => ({ payer, amount: applied }))).debt;
}

/** Plans the net difference after an order was changed: what is still due, or what goes back by which row. Changes nothing. */
export const planDifferenceJob: SimulatedJob<z.infer<typeof planInput>> = {
  jobType: 'ledger.plan-difference',
  delivery: 'idempotent',
  reads: true,
  input: planInput,
  errors: ['sale-not-found'],
  async perform(input, _delivery, context) {
    const sale = await readSale(context.store, input.saleNo);
    if (sale.lines.length === 0)
      return refused('sale-not-found', `Expected ${input.saleNo} to be charged, but it is not.`);
    const plan = planRefund(sale, input.lines, input.settlement ?? input.preSettle ?? undefined);
    const owesAlready = debtOf(sale) > 0;
    const due = owesAlready ? 0 : plan.owed - plan.cashBack;
    const removed = sale.lines.filter((line) => !input.lines.some(sameLine(line)));
    return done({
      difference: {
        addedLines: input.lines.filter((line) => !sale.lines.some(sameLine(line))),
        removedLines: removed.map(({ lineId, qty }) => ({ lineId, qty })),
        oldTotal: totalOf(sale.lines),
        newTotal: totalOf(input.lines),
        due,
        rows: plan.rows,
        // Who was treated on credit goes on owing: the debt takes the difference.
        debtDelta: owesAlready ? plan.owed - plan.debtBack : 0,
      },
    });
  },
};

const postInput = z.object({
  saleNo: z.string().min(1),
  changeNo: z.string().min(1),
  lines: z.array(chargedLineSchema),
  settlement: settlementInput.nullish(),
  payments: z.array(paymentInput).nullish(),
  refunds: z.array(refundRow).nullish(),
  debtDelta: z.int().nullish(),
  clerkId: z.string().nullish(),
});

/** Charges a changed order: the whole new list, and only what moved for the difference. */
export const postDifferenceJob: SimulatedJob<z.infer<typeof postInput>> = {
  jobType: 'ledger.post-difference',
  delivery: 'idempotent',
  input: postInput,
  errors: ['unbalanced', 'no-open-shift'],
  async perform(input, { at }, context) {
    const { saleNo, changeNo } = input;
    const payments = input.payments ?? [];
    const shift = await shiftOfClerk(
      context,
      input.clerkId,
      payments.some(({ channel }) => channel === 'cash'),
      at,
    );
    if (!shift.ok)
      return refused('no-open-shift', 'Expected the clerk to have an open shift, as cash was paid, but there is none.');
    const booking = await restateSale(context, {
      saleNo,
      kind: 'changed',
      facts: {
        key: `difference/${changeNo}`,
        at,
        refundNo: changeNo,
        ...(input.clerkId ? { by: input.clerkId } : {}),
        ...(shift.shiftId ? { shiftId: shift.shiftId } : {}),
      },
      lines: input.lines,
      settlement: input.settlement,
      refunds: input.refunds ?? [],
      payments,
      debtChange: input.debtDelta ?? 0,
    });
    if (!booking.ok) return refused('unbalanced', booking.reason);
    const { entry } = booking;
    return done({
      differencePosting: {
        postingNo: `${saleNo}/${entry.no}`,
        changeNo,
        shares: sharesOf(entry),
        postedAt: entry.at,
        shiftId: shift.shiftId,
      },
    });
  },
};
