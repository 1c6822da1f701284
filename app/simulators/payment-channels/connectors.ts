import { z } from 'zod';
import { type Channel, channels } from '../../hospital/ledger/payer.ts';
import { movementKeys } from '../../hospital/ledger/statements.ts';
import { changeBook, readBook } from '../book-store.ts';
import { optionalInput } from '../input.ts';
import { readSale } from '../ledger-book.ts';
import { type Delivery, done, refused, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { isShiftOpen, noteAtTill, shiftFor } from '../till-book.ts';
import { collect, confirm, refund, refundedOf } from './channel.ts';
import { channelBook, depositBook, type Transaction } from './channel-book.ts';

const channel = z.enum(channels);
const amount = z.int().positive();

const collectInput = z.object({
  saleNo: z.string().min(1),
  /** Rows of 0 are left out; nothing to pay is paid. */
  payments: z
    .array(z.object({ channel, amount: z.int().min(0) }))
    .transform((rows) => rows.filter((row) => row.amount > 0)),
  clerkId: optionalInput(z.string()),
  patientId: optionalInput(z.string()),
  collectNo: optionalInput(z.string().min(1)),
});

type CollectInput = z.infer<typeof collectInput>;

function paymentOutput({ channel: by, amount: fen, txnNo, paidAt }: Transaction) {
  return { channel: by, amount: fen, txnNo, paidAt };
}

const collectKey = (input: CollectInput, delivery: Delivery) => movementKeys.collect(input.collectNo ?? delivery.key);

const noShift = refused(
  'no-open-shift',
  'Expected the clerk to have an open shift, as cash is paid, but there is none.',
);

async function takeDeposit(context: SimulatorContext, patientId: string, fen: number): Promise<boolean> {
  return changeBook(context.store, depositBook, patientId, (deposit) =>
    deposit.balance < fen
      ? { document: deposit, answer: false }
      : { document: { ...deposit, balance: deposit.balance - fen }, answer: true },
  );
}

async function giveDeposit(context: SimulatorContext, patientId: string, fen: number): Promise<void> {
  await changeBook(context.store, depositBook, patientId, (deposit) => ({
    document: { ...deposit, balance: deposit.balance + fen },
    answer: undefined,
  }));
}

const sumOf = (input: CollectInput, by: Channel) =>
  input.payments.filter((payment) => payment.channel === by).reduce((sum, payment) => sum + payment.amount, 0);

/** Whether the payments can be taken at all, before any is. */
async function obstacle(input: CollectInput, delivery: Delivery, context: SimulatorContext) {
  const paid = (await readBook(context.store, channelBook, input.saleNo)).transactions;
  if (paid.some(({ key }) => key === collectKey(input, delivery))) return undefined;
  if (sumOf(input, 'cash') > 0) {
    const shiftId = input.clerkId === undefined ? undefined : await shiftFor(context, input.clerkId, delivery.at);
    if (shiftId === undefined) return noShift;
  }
  const fromDeposit = sumOf(input, 'prepaid');
  if (fromDeposit === 0) return undefined;
  const patientId = input.patientId ?? (await readSale(context.store, input.saleNo)).patientId;
  if (patientId !== null && (await takeDeposit(context, patientId, fromDeposit))) return undefined;
  return refused('insufficient-funds', `Expected a deposit of at least ${fromDeposit} fen, but there is less.`);
}

/** Notes payments in the clerk's shift; answers the shift. */
async function atWindow(
  context: SimulatorContext,
  clerkId: string | undefined,
  saleNo: string,
  paid: readonly Transaction[],
): Promise<{ shiftId?: string; by?: string }> {
  if (clerkId === undefined) return {};
  let shiftId: string | undefined;
  for (const one of paid) {
    shiftId = await noteAtTill(context, clerkId, {
      at: one.paidAt,
      kind: 'payment',
      channel: one.channel,
      amount: one.amount,
      ref: one.txnNo,
      saleNo,
      key: `${one.key}/${one.txnNo}`,
    });
  }
  return { by: clerkId, ...(shiftId === undefined ? {} : { shiftId }) };
}

/** Collects the patient's part, by one or several channels, all or none. */
export const collectJob: SimulatedJob<CollectInput> = {
  jobType: 'payment.collect',
  delivery: 'queryable',
  input: collectInput,
  errors: ['payment-refused', 'insufficient-funds', 'no-open-shift'],
  inTransit: (input, delivery) => ({ saleNo: input.saleNo, key: collectKey(input, delivery) }),
  async perform(input, delivery, context) {
    const { saleNo, payments, clerkId } = input;
    const hindered = await obstacle(input, delivery, context);
    if (hindered) return hindered;
    const key = collectKey(input, delivery);
    const answer = await changeBook(context.store, channelBook, saleNo, (book) =>
      collect(book, { key, at: delivery.at, payments }),
    );
    if (!answer.ok) return refused(answer.code, answer.message);
    const window = await atWindow(context, clerkId, saleNo, answer.value);
    const money = answer.value.map((paid) => ({ payer: paid.channel, source: paid.txnNo, amount: paid.amount }));
    return done({ payments: answer.value.map(paymentOutput) }, [{ kind: 'received', saleNo, key, money, ...window }]);
  },
};

const confirmInput = z.object({
  saleNo: z.string().min(1),
  payments: z.array(z.object({ channel, amount, txnNo: z.string().min(1) })).min(1),
});

const confirmKey = (payments: z.infer<typeof confirmInput>['payments']) =>
  movementKeys.collect(`confirmed/${payments.map(({ txnNo }) => txnNo).join('+')}`);

/** Confirms with the channel what a message about a payment claims. */
export const confirmJob: SimulatedJob<z.infer<typeof confirmInput>> = {
  jobType: 'payment.confirm',
  delivery: 'idempotent',
  input: confirmInput,
  errors: ['payment-refused'],
  inTransit: (input) => ({ saleNo: input.saleNo, key: confirmKey(input.payments) }),
  async perform({ saleNo, payments }, delivery, context) {
    const key = confirmKey(payments);
    const answer = await changeBook(context.store, channelBook, saleNo, (book) =>
      confirm(book, { key, at: delivery.at, payments }),
    );
    if (!answer.ok) return refused(answer.code, answer.message);
    const booked = (await readSale(context.store, saleNo)).entries.flatMap((entry) =>
      entry.key === key
        ? []
        : entry.postings.flatMap((posting) => (posting.account === 'held' ? [posting.source] : [])),
    );
    const money = answer.value
      .filter(({ txnNo }) => !booked.includes(txnNo))
      .map((paid) => ({ payer: paid.channel, source: paid.txnNo, amount: paid.amount }));
    return done({ payments: answer.value.map(paymentOutput) }, [{ kind: 'received', saleNo, key, money }]);
  },
};

const queryInput = z.object({ saleNo: z.string().min(1) });

/** Asks the channels what was paid for a sale. */
export const queryJob: SimulatedJob<z.infer<typeof queryInput>> = {
  jobType: 'payment.query',
  delivery: 'idempotent',
  reads: true,
  input: queryInput,
  errors: [],
  async perform({ saleNo }, _delivery, context) {
    const { transactions } = await readBook(context.store, channelBook, saleNo);
    const payments = transactions.map((paid) => ({ ...paymentOutput(paid), refunded: refundedOf(paid) }));
    return done({ paid: { payments, total: payments.reduce((sum, paid) => sum + paid.amount - paid.refunded, 0) } });
  },
};

const refundInput = z.object({
  saleNo: z.string().min(1),
  refundNo: z.string().min(1),
  channel,
  txnNo: z.string().min(1),
  amount,
  clerkId: optionalInput(z.string()),
  asCash: optionalInput(z.boolean()),
  byTransfer: z.object({ voucherNo: z.string().min(1), accountName: z.string(), bankName: z.string() }).nullish(),
});

type RefundInput = z.infer<typeof refundInput>;

const leavesAsCash = (input: RefundInput) => input.asCash === true || (input.channel === 'cash' && !input.byTransfer);

function wayOut(input: RefundInput): 'channel' | 'cash' | 'transfer' {
  if (input.byTransfer) return 'transfer';
  return leavesAsCash(input) ? 'cash' : 'channel';
}

/** The shift a sale was paid in, when it is closed by now. */
async function closedSaleShift(context: SimulatorContext, saleNo: string): Promise<string | undefined> {
  const paidIn = (await readSale(context.store, saleNo)).entries.find(({ shiftId }) => shiftId !== undefined)?.shiftId;
  if (paidIn === undefined || (await isShiftOpen(context, paidIn))) return undefined;
  return paidIn;
}

async function noteRefundAtTill(
  input: RefundInput,
  made: { readonly refundTxnNo: string; readonly amount: number; readonly refundedAt: string },
  context: SimulatorContext,
): Promise<{ shiftId?: string; by?: string }> {
  if (input.clerkId === undefined) return {};
  const crossReference = await closedSaleShift(context, input.saleNo);
  const shiftId = await noteAtTill(context, input.clerkId, {
    at: made.refundedAt,
    kind: 'refund',
    channel: leavesAsCash(input) ? 'cash' : input.channel,
    amount: -made.amount,
    ref: made.refundTxnNo,
    saleNo: input.saleNo,
    key: movementKeys.refund(input.refundNo, input.txnNo),
    ...(crossReference === undefined ? {} : { crossReference }),
  });
  return { by: input.clerkId, ...(shiftId === undefined ? {} : { shiftId }) };
}

/** Gives back part of a payment the way it came; as cash or by a bank transfer when the channel will not. */
export const refundJob: SimulatedJob<RefundInput> = {
  jobType: 'payment.refund',
  delivery: 'queryable',
  input: refundInput,
  errors: ['refund-refused', 'transaction-not-found', 'over-refund', 'no-open-shift'],
  beyondRefusal: (input) => Boolean(input.byTransfer) || input.asCash === true,
  inTransit: (input) => ({ saleNo: input.saleNo, key: movementKeys.refund(input.refundNo, input.txnNo) }),
  async perform(input, delivery, context) {
    const { saleNo, refundNo, txnNo, clerkId } = input;
    if (leavesAsCash(input)) {
      const shiftId = clerkId === undefined ? undefined : await shiftFor(context, clerkId, delivery.at);
      if (shiftId === undefined) return noShift;
    }
    const key = movementKeys.refund(refundNo, txnNo);
    const before = await readBook(context.store, channelBook, saleNo);
    const voucherNo = input.byTransfer?.voucherNo;
    const answer = await changeBook(context.store, channelBook, saleNo, (book) =>
      refund(book, {
        key,
        at: delivery.at,
        refundNo,
        channel: input.channel,
        txnNo,
        amount: input.amount,
        by: wayOut(input),
        ...(voucherNo === undefined ? {} : { voucherNo }),
      }),
    );
    if (!answer.ok) return refused(answer.code, answer.message);
    const isNew = !before.transactions.some((paid) => paid.refunds.some((made) => made.key === key));
    const { patientId } = await readSale(context.store, saleNo);
    if (isNew && input.channel === 'prepaid' && patientId !== null) await giveDeposit(context, patientId, input.amount);
    const window = await noteRefundAtTill(input, answer.value, context);
    const { refundTxnNo, refundedAt } = answer.value;
    return done(
      {
        refund: {
          refundNo,
          channel: input.channel,
          txnNo,
          refundTxnNo,
          amount: input.amount,
          refundedAt,
          by: wayOut(input),
        },
      },
      [
        {
          kind: 'given-back',
          saleNo,
          key,
          refundNo,
          money: [{ payer: input.channel, source: txnNo, amount: input.amount }],
          ...window,
        },
      ],
    );
  },
};
