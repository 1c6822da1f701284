import type { Instant } from '../../../engine/index.ts';
import type { Channel } from '../../hospital/ledger/payer.ts';
import type { Change } from '../book-store.ts';
import { NumberReused } from '../simulated-connector.ts';
import type { SaleTransactions, Transaction } from './channel-book.ts';

/** The channel's answer: a value, or an error code and a sentence. */
export type ChannelAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string };

type Step<T> = Change<SaleTransactions, ChannelAnswer<T>>;

const prefix: Readonly<Record<Channel, string>> = {
  cash: 'CASH',
  wechat: 'WX',
  alipay: 'ALI',
  unionpay: 'UP',
  prepaid: 'DEP',
};

/** Takes payments for a sale, all of them. The same key again answers the same. */
export function collect(
  book: SaleTransactions,
  request: {
    readonly key: string;
    readonly at: Instant;
    readonly payments: readonly { readonly channel: Channel; readonly amount: number }[];
  },
): Step<readonly Transaction[]> {
  const earlier = book.transactions.filter((paid) => paid.key === request.key);
  if (earlier.length > 0) return { document: book, answer: { ok: true, value: earlier } };
  const paid = request.payments.map(({ channel, amount }, position) => ({
    channel,
    amount,
    txnNo: `${prefix[channel]}-${book.saleNo}-${book.transactions.length + position + 1}`,
    paidAt: request.at,
    key: request.key,
    refunds: [],
  }));
  return { document: { ...book, transactions: [...book.transactions, ...paid] }, answer: { ok: true, value: paid } };
}

/** Confirms payments a message claims; the message speaks for the channel, so an unknown one is adopted. */
export function confirm(
  book: SaleTransactions,
  request: {
    readonly key: string;
    readonly at: Instant;
    readonly payments: readonly { readonly channel: Channel; readonly amount: number; readonly txnNo: string }[];
  },
): Step<readonly Transaction[]> {
  const known = (txnNo: string) => book.transactions.find((paid) => paid.txnNo === txnNo);
  const different = request.payments.find(({ txnNo, amount }) => (known(txnNo)?.amount ?? amount) !== amount);
  if (different) {
    return {
      document: book,
      answer: {
        ok: false,
        code: 'payment-refused',
        message: `Expected the amount of ${different.txnNo}, but another one was claimed.`,
      },
    };
  }
  const adopted = request.payments
    .filter(({ txnNo }) => !known(txnNo))
    .map(({ channel, amount, txnNo }) => ({
      channel,
      amount,
      txnNo,
      paidAt: request.at,
      key: request.key,
      refunds: [],
    }));
  const transactions = [...book.transactions, ...adopted];
  const value = request.payments.flatMap(({ txnNo }) => transactions.find((paid) => paid.txnNo === txnNo) ?? []);
  return { document: { ...book, transactions }, answer: { ok: true, value } };
}

/** A refund made: the same number for the same payment is never paid twice. */
export type Refunded = Transaction['refunds'][number];

/** Gives back part of a payment. The same refund number again answers the same; with another amount it is a wrong number. */
export function refund(
  book: SaleTransactions,
  request: {
    readonly key: string;
    readonly at: Instant;
    readonly refundNo: string;
    readonly channel: Channel;
    readonly txnNo: string;
    readonly amount: number;
    readonly by: Refunded['by'];
    readonly voucherNo?: string;
  },
): Step<Refunded> {
  const paid = book.transactions.find(({ txnNo, channel }) => txnNo === request.txnNo && channel === request.channel);
  if (!paid) {
    return {
      document: book,
      answer: {
        ok: false,
        code: 'transaction-not-found',
        message: `Expected a payment ${request.txnNo} by ${request.channel}, but there is none.`,
      },
    };
  }
  const earlier = paid.refunds.find(({ key }) => key === request.key);
  if (earlier && earlier.amount !== request.amount) {
    throw new NumberReused(
      `Expected refund ${request.refundNo} of ${paid.txnNo} to be ${earlier.amount} fen again, but it is ${request.amount}.`,
    );
  }
  if (earlier) return { document: book, answer: { ok: true, value: earlier } };
  const left = paid.amount - paid.refunds.reduce((sum, { amount }) => sum + amount, 0);
  if (request.amount > left) {
    return {
      document: book,
      answer: {
        ok: false,
        code: 'over-refund',
        message: `Expected at most ${left} fen of ${paid.txnNo} to go back, but ${request.amount} were asked for.`,
      },
    };
  }
  const { key, refundNo, amount, by, voucherNo } = request;
  const made: Refunded = {
    refundTxnNo: `R-${paid.txnNo}-${paid.refunds.length + 1}`,
    refundNo,
    amount,
    refundedAt: request.at,
    key,
    by,
    ...(voucherNo === undefined ? {} : { voucherNo }),
  };
  const transactions = book.transactions.map((one) =>
    one === paid ? { ...paid, refunds: [...paid.refunds, made] } : one,
  );
  return { document: { ...book, transactions }, answer: { ok: true, value: made } };
}

/** How much of a payment went back; fen. */
export function refundedOf(paid: Transaction): number {
  return paid.refunds.reduce((sum, { amount }) => sum + amount, 0);
}
