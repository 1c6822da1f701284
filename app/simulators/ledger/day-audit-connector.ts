import { z } from 'zod';
import { openItems } from '../../hospital/ledger/check-ledger.ts';
import type { SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { hospitalDay } from '../../hospital/roster.ts';
import { listBook, readBook } from '../book-store.ts';
import { type Sale, saleBook } from '../his/sale-book.ts';
import { personBook } from '../insurance-centre/person-book.ts';
import { listSales, readSale } from '../ledger-book.ts';
import { channelBook } from '../payment-channels/channel-book.ts';
import { done, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { tillBook } from '../till-book.ts';

const auditInput = z.object({
  /** `yyyy-mm-dd`; today without it. */
  date: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .nullish(),
  saleNo: z.string().min(1),
  refundNo: z.string().min(1),
});

function returnedGoods(sale: Sale | null, refundNo: string) {
  const back = sale?.returns.find((one) => one.refundNo === refundNo)?.lines ?? [];
  return back.map(({ lineId, qty }) => ({
    lineId,
    qty,
    name: sale?.lines.find((line) => line.lineId === lineId)?.name ?? '',
  }));
}

async function reversedSettlements(context: SimulatorContext, saleNo: string) {
  const people = await listBook(context.store, personBook);
  return people
    .flatMap(({ settlements }) => settlements)
    .filter((one) => one.saleNo === saleNo && one.state === 'revoked')
    .map(({ setlId, fundPay, acctPay }) => ({ setlId, fundBack: fundPay, acctBack: acctPay }));
}

async function channelRefunds(context: SimulatorContext, saleNo: string, refundNo: string) {
  const { transactions } = await readBook(context.store, channelBook, saleNo);
  return transactions.flatMap(({ channel, refunds }) =>
    refunds
      .filter((refund) => refund.refundNo === refundNo)
      .map(({ refundTxnNo, amount, by }) => ({ channel, refundTxnNo, amount, by })),
  );
}

async function tillEvents(context: SimulatorContext, saleNo: string) {
  const tills = await listBook(context.store, tillBook);
  return tills
    .flatMap(({ shifts }) => shifts)
    .flatMap(({ shiftId, clerkId, events }) =>
      events
        .filter((event) => event.saleNo === saleNo && event.kind === 'refund')
        .map(({ amount, ref }) => ({ shiftId, clerkId, amount: -amount, ref })),
    );
}

function approversOf(sales: readonly SaleLedger[], day: string): readonly string[] {
  const approvers = sales
    .flatMap(({ entries }) => entries)
    .filter(({ at }) => hospitalDay(at) === day)
    .flatMap(({ approvedBy }) => approvedBy ?? []);
  return [...new Set(approvers)].sort();
}

function differencesOf(
  ledger: SaleLedger,
  goods: readonly unknown[],
  refunds: readonly { readonly amount: number }[],
  till: readonly { readonly ref: string; readonly amount: number }[],
  refundNo: string,
): readonly string[] {
  const booked = ledger.entries
    .filter((entry) => entry.refundNo === refundNo && entry.kind === 'given-back')
    .flatMap(({ postings }) => postings)
    .reduce(
      (sum, posting) =>
        posting.account === 'unapplied' && !['fund', 'personal-account', 'debt'].includes(posting.payer)
          ? sum + posting.amount
          : sum,
      0,
    );
  const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0);
  const refundsAtTill = till.filter(({ ref }) =>
    refunds.some((refund) => 'refundTxnNo' in refund && refund.refundTxnNo === ref),
  );
  const atTill = refundsAtTill.reduce((sum, { amount }) => sum + amount, 0);
  return [
    ...(booked === refunded ? [] : ['ledger-differs-from-channels']),
    ...(refundsAtTill.length > 0 && atTill !== refunded ? ['till-differs-from-channels'] : []),
    ...(goods.length === 0 ? ['no-returned-goods'] : []),
    ...(openItems([ledger]).length > 0 ? ['open-items'] : []),
  ];
}

/** Puts the four lists of a refund side by side: goods, settlements, channels, till; and who approved refunds that day. */
export const dayAuditJob: SimulatedJob<z.infer<typeof auditInput>> = {
  jobType: 'ledger.day-audit',
  delivery: 'idempotent',
  reads: true,
  input: auditInput,
  errors: [],
  async perform({ date, saleNo, refundNo }, { at }, context) {
    const ledger = await readSale(context.store, saleNo);
    const goods = returnedGoods(await readBook(context.store, saleBook, saleNo), refundNo);
    const refunds = await channelRefunds(context, saleNo, refundNo);
    const till = await tillEvents(context, saleNo);
    return done({
      dayAudit: {
        returnedGoods: goods,
        reversedSettlements: await reversedSettlements(context, saleNo),
        channelRefunds: refunds,
        till: till.map(({ shiftId, clerkId, amount }) => ({ shiftId, clerkId, amount })),
        differences: differencesOf(ledger, goods, refunds, till, refundNo),
        approvers: approversOf(await listSales(context.store), date ?? hospitalDay(at)),
      },
    });
  },
};
