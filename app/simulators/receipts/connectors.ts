import { z } from 'zod';
import { type Change, changeBook, readBook } from '../book-store.ts';
import { paymentInput, saleBook, settlementInput } from '../his/sale-book.ts';
import { inputOr, optionalInput } from '../input.ts';
import { done, refused, type SimulatedJob } from '../simulated-connector.ts';
import { checkCode, type Receipt, receiptBook, receiptCode, receiptNumber, receiptOutput } from './receipt-book.ts';

const issueInput = z.object({
  saleNo: z.string().min(1),
  patientId: z.string().min(1),
  total: z.int().min(0),
  lines: z.array(
    z.object({
      name: z.string(),
      nameEn: optionalInput(z.string()),
      qty: z.number(),
      unitPrice: z.int(),
      amount: z.int(),
      payClass: z.string(),
    }),
  ),
  settlement: settlementInput.nullish(),
  payments: inputOr(z.array(paymentInput), []),
  replaces: z.string().nullish(),
});

type IssueInput = z.infer<typeof issueInput>;

function newReceipt(input: IssueInput, receiptNo: string, issuedAt: string): Receipt {
  const { settlement } = input;
  return {
    receiptNo,
    receiptCode,
    checkCode: checkCode(receiptNo),
    saleNo: input.saleNo,
    patientId: input.patientId,
    total: input.total,
    shares: {
      fundPay: settlement?.fundPay ?? 0,
      acctPay: settlement?.acctPay ?? 0,
      cashPay: settlement?.cashPay ?? input.total,
    },
    payments: input.payments.map(({ channel, amount }) => ({ channel, amount })),
    lines: input.lines,
    state: 'normal',
    issuedAt,
    replaces: input.replaces ?? null,
    red: null,
  };
}

/** Issues the electronic receipt of a sale, or of what is left of it. */
export const issueJob: SimulatedJob<IssueInput> = {
  jobType: 'receipt.issue',
  delivery: 'idempotent',
  input: issueInput,
  errors: ['receipt-refused'],
  async perform(input, { at }, context) {
    const { saleNo } = input;
    const receiptNo = await receiptNumber(context.store, `issue/${saleNo}/${input.replaces ?? ''}/${input.total}`);
    const receipt = await changeBook(context.store, receiptBook, receiptNo, (known) => {
      const document = known ?? newReceipt(input, receiptNo, at);
      return { document, answer: document };
    });
    await changeBook(context.store, saleBook, saleNo, (sale) => ({
      document: sale && { ...sale, receiptNo },
      answer: undefined,
    }));
    return done({ receipt: receiptOutput(receipt) });
  },
};

const checkInput = z.object({ receiptNo: z.string().min(1) });

/** Asks what became of a receipt: turned into paper, booked for reimbursement, red-lettered. */
export const checkJob: SimulatedJob<z.infer<typeof checkInput>> = {
  jobType: 'receipt.check',
  delivery: 'idempotent',
  reads: true,
  input: checkInput,
  errors: ['receipt-not-found'],
  async perform({ receiptNo }, _delivery, context) {
    const receipt = await readBook(context.store, receiptBook, receiptNo);
    if (!receipt) return refused('receipt-not-found', `Expected receipt ${receiptNo} to exist, but it does not.`);
    return done({ receipt: receiptOutput(receipt) });
  },
};

const redInput = z.object({
  receiptNo: z.string().min(1),
  refundNo: z.string().min(1),
  /** The paper a `printed` receipt was turned into is back in the clerk's hands. */
  paperCollected: z.boolean().nullish(),
  /** The body a `reimbursed` receipt was booked with has taken the booking back. */
  bookingWithdrawn: z.boolean().nullish(),
});

type RedInput = z.infer<typeof redInput>;

function whyNotRed(receipt: Receipt, input: RedInput): string | undefined {
  if (receipt.state === 'printed' && !input.paperCollected) return 'receipt-printed';
  if (receipt.state === 'reimbursed' && !input.bookingWithdrawn) return 'receipt-reimbursed';
  if (receipt.red && receipt.red.refundNo !== input.refundNo) return 'already-red-lettered';
  return undefined;
}

type Red = NonNullable<Receipt['red']>;

type RedAnswer = { readonly ok: true; readonly red: Red } | { readonly ok: false; readonly code: string };

function redLetter(receipt: Receipt | null, input: RedInput, red: Red): Change<Receipt | null, RedAnswer> {
  const code = receipt ? whyNotRed(receipt, input) : 'receipt-not-found';
  if (!receipt || code !== undefined) {
    return { document: receipt, answer: { ok: false, code: code ?? 'receipt-not-found' } };
  }
  const made = receipt.red ?? red;
  return { document: { ...receipt, state: 'red-lettered', red: made }, answer: { ok: true, red: made } };
}

/** Takes a receipt back by a red-letter one. */
export const redLetterJob: SimulatedJob<RedInput> = {
  jobType: 'receipt.red-letter',
  delivery: 'idempotent',
  input: redInput,
  errors: ['receipt-printed', 'receipt-reimbursed', 'already-red-lettered', 'receipt-not-found'],
  async perform(input, { at }, context) {
    const { receiptNo, refundNo } = input;
    const redReceiptNo = await receiptNumber(context.store, `red/${receiptNo}/${refundNo}`);
    const red = { receiptNo: redReceiptNo, receiptCode, refundNo, issuedAt: at };
    const answer = await changeBook(context.store, receiptBook, receiptNo, (receipt) => redLetter(receipt, input, red));
    if (!answer.ok)
      return refused(answer.code, `Expected receipt ${receiptNo} to be open for a red letter, but it is not.`);
    return done({
      redReceipt: {
        receiptNo,
        redReceiptNo: answer.red.receiptNo,
        redReceiptCode: answer.red.receiptCode,
        issuedAt: answer.red.issuedAt,
      },
    });
  },
};
