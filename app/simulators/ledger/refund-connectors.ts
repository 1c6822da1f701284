import { z } from 'zod';
import { findEntry } from '../../hospital/ledger/book-entries.ts';
import { channels } from '../../hospital/ledger/payer.ts';
import { type NewShares, planDuplicateRefund, planRefund } from '../../hospital/ledger/plan-refund.ts';
import { keptLines } from '../../hospital/ledger/returned-lines.ts';
import type { Entry, SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { readBook } from '../book-store.ts';
import { paymentInput, saleBook, settlementInput } from '../his/sale-book.ts';
import { readSale } from '../ledger-book.ts';
import { done, refused, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { crossReference, hasInsuranceShare, sharesOf, shiftOfClerk } from './connectors.ts';
import { restateSale } from './restate-sale.ts';

const returned = z.array(z.object({ lineId: z.string(), qty: z.number().min(0) }));

const shares = z.object({ fundPay: z.int(), acctPay: z.int(), cashPay: z.int() });

/** A row of money going back, as the flows carry it. */
export const refundRow = z.object({
  channel: z.enum(channels),
  txnNo: z.string().min(1),
  amount: z.int().min(0),
  refundTxnNo: z.string().nullish(),
});

const planInput = z.object({
  saleNo: z.string().min(1),
  lines: returned,
  preSettle: shares.nullish(),
  settlement: shares.nullish(),
});

/** Lines with something to return; a form may carry lines of 0 units. */
function named(lines: z.infer<typeof returned>) {
  return lines.filter(({ qty }) => qty > 0);
}

/** The kept lines with what the price list calls them, ready to be uploaded again. */
async function described(context: SimulatorContext, saleNo: string, lines: SaleLedger['lines']) {
  const sale = await readBook(context.store, saleBook, saleNo);
  return lines.map((line) => {
    const sold = sale?.lines.find(({ lineId }) => lineId === line.lineId);
    return { ...line, nameEn: sold?.nameEn ?? line.name, unit: sold?.unit ?? '' };
  });
}

/** The remainder of nothing costs nobody anything. */
function sharesFor(input: z.infer<typeof planInput>, sale: SaleLedger, keptCount: number): NewShares | undefined {
  if (keptCount === 0 && hasInsuranceShare(sale)) return { fundPay: 0, acctPay: 0, cashPay: 0 };
  return input.settlement ?? input.preSettle ?? undefined;
}

/** Plans what goes back to whom; changes nothing. */
export const planRefundJob: SimulatedJob<z.infer<typeof planInput>> = {
  jobType: 'ledger.plan-refund',
  delivery: 'idempotent',
  reads: true,
  input: planInput,
  errors: ['sale-not-found', 'over-return'],
  async perform(input, _delivery, context) {
    const sale = await readSale(context.store, input.saleNo);
    if (sale.lines.length === 0)
      return refused('sale-not-found', `Expected ${input.saleNo} to be charged, but it is not.`);
    const kept = keptLines(sale, named(input.lines));
    if (!kept.ok) return refused('over-return', kept.reason);
    const plan = planRefund(sale, kept.kept, sharesFor(input, sale, kept.kept.length));
    const keptTotal = kept.kept.reduce((sum, { amount }) => sum + amount, 0);
    return done({
      refundPlan: {
        ...plan,
        returned: kept.returned,
        keptLines: await described(context, input.saleNo, [...kept.kept]),
        keptTotal,
        fullReturn: kept.kept.length === 0,
        insured: hasInsuranceShare(sale),
      },
    });
  },
};

const saleInput = z.object({ saleNo: z.string().min(1) });

/** Plans to give back what was paid twice; changes nothing. */
export const planDuplicateRefundJob: SimulatedJob<z.infer<typeof saleInput>> = {
  jobType: 'ledger.plan-duplicate-refund',
  delivery: 'idempotent',
  reads: true,
  input: saleInput,
  errors: [],
  async perform({ saleNo }, _delivery, context) {
    const rows = planDuplicateRefund(await readSale(context.store, saleNo));
    return done({ refundPlan: { rows, cashBack: rows.reduce((sum, { amount }) => sum + amount, 0) } });
  },
};

const postInput = z.object({
  saleNo: z.string().min(1),
  refundNo: z.string().min(1),
  lines: returned,
  settlement: settlementInput.nullish(),
  refunds: z.array(refundRow).nullish(),
  payments: z.array(paymentInput).nullish(),
  debtBack: z.int().min(0).nullish(),
  approvedBy: z.array(z.string()).nullish(),
  writeOff: z
    .object({ amount: z.int().positive(), approvalNo: z.string().min(1), approvedBy: z.string().nullish() })
    .nullish(),
  clerkId: z.string().nullish(),
});

type PostInput = z.infer<typeof postInput>;

const postingKey = (refundNo: string) => `refund-posting/${refundNo}`;

function factsOf(input: PostInput, shiftId: string | null, at: string) {
  return {
    key: postingKey(input.refundNo),
    at,
    refundNo: input.refundNo,
    ...(input.clerkId ? { by: input.clerkId } : {}),
    ...(shiftId ? { shiftId } : {}),
    ...(input.approvedBy ? { approvedBy: input.approvedBy } : {}),
  };
}

function givenBack(entry: Entry) {
  return Object.fromEntries(Object.entries(sharesOf(entry)).map(([payer, amount]) => [payer, -amount]));
}

/** Charges the sale anew after a refund: without the returned units, with the new settlement and what went back. */
export const postRefundJob: SimulatedJob<PostInput> = {
  jobType: 'ledger.post-refund',
  delivery: 'idempotent',
  input: postInput,
  errors: ['unbalanced', 'over-return', 'no-open-shift'],
  async perform(input, { at }, context) {
    const { saleNo, refundNo } = input;
    const before = await readSale(context.store, saleNo);
    const kept = keptLines(before, named(input.lines));
    if (!kept.ok && !findEntry(before, postingKey(refundNo))) return refused('over-return', kept.reason);
    const shift = await shiftOfClerk(context, input.clerkId, false, at);
    const reference = await crossReference(context, before, shift.shiftId);
    const booking = await restateSale(context, {
      saleNo,
      kind: named(input.lines).length === 0 ? 'settled-again' : 'refunded',
      facts: factsOf(input, shift.shiftId, at),
      lines: kept.ok ? kept.kept : before.lines,
      settlement: input.settlement,
      refunds: input.refunds ?? [],
      payments: input.payments ?? [],
      debtChange: input.debtBack ? -input.debtBack : 0,
      writeOff: input.writeOff,
    });
    if (!booking.ok) return refused('unbalanced', booking.reason);
    const returnedFen = booking.entry.postings.reduce(
      (sum, posting) => (posting.account === 'revenue' ? sum + posting.amount : sum),
      0,
    );
    return done({
      refundPosting: {
        postingNo: `${saleNo}/${booking.entry.no}`,
        refundNo,
        returned: returnedFen,
        shares: givenBack(booking.entry),
        postedAt: booking.entry.at,
        shiftId: shift.shiftId,
        ...(reference === undefined ? {} : { crossReference: reference }),
      },
    });
  },
};
