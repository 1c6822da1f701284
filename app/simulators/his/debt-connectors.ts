import { z } from 'zod';
import { giveBack, receive } from '../../hospital/ledger/book-entries.ts';
import { postDebtSettlement } from '../../hospital/ledger/statements.ts';
import { changeBook, readBook } from '../book-store.ts';
import { inputOr, optionalInput } from '../input.ts';
import { bookSale } from '../ledger-book.ts';
import { type Delivery, done, refused, type SimulatedJob } from '../simulated-connector.ts';
import { type Debt, debtBook, debtNoOf, debtOutput, remaining, withChange } from './debt.ts';
import { paymentInput, settlementInput } from './sale-book.ts';

const openInput = z.object({
  saleNo: z.string().min(1),
  patientId: z.string().min(1),
  amount: z.int().positive(),
  reason: z.string().min(1),
  guarantor: z.string().nullish(),
});

const openKey = (saleNo: string) => `debt/${debtNoOf(saleNo)}/opened`;

/** Enters what a patient owes for a sale: treated first, to be paid later. */
export const openDebtJob: SimulatedJob<z.infer<typeof openInput>> = {
  jobType: 'his.open-debt',
  delivery: 'queryable',
  input: openInput,
  errors: ['debt-exists'],
  inTransit: ({ saleNo }) => ({ saleNo, key: openKey(saleNo) }),
  async perform(input, { at }, context) {
    const { saleNo, patientId, amount, reason } = input;
    const debtNo = debtNoOf(saleNo);
    const opened: Debt = {
      debtNo,
      saleNo,
      patientId,
      openedAt: at,
      reason,
      guarantor: input.guarantor ?? null,
      changes: [{ key: openKey(saleNo), at, kind: 'opened', amount }],
    };
    const debt = await changeBook(context.store, debtBook, debtNo, (known) => {
      const document = known ?? opened;
      return { document, answer: document };
    });
    if (debt.changes[0]?.amount !== amount)
      return refused('debt-exists', `Expected ${saleNo} to have no debt, but it has another one.`);
    return done({ debt: debtOutput(debt) }, [
      { kind: 'received', saleNo, key: openKey(saleNo), money: [{ payer: 'debt', source: debtNo, amount }] },
    ]);
  },
};

const settleInput = z.object({
  debtNo: z.string().min(1),
  saleNo: z.string().min(1),
  settleNo: optionalInput(z.string().min(1)),
  settlement: settlementInput.nullish(),
  payments: inputOr(z.array(paymentInput), []),
  writeOff: inputOr(z.int().min(0), 0),
  approvedBy: z.string().nullish(),
});

type SettleInput = z.infer<typeof settleInput>;

function coverage(input: SettleInput): number {
  const insured = input.settlement ? input.settlement.fundPay + input.settlement.acctPay : 0;
  return input.payments.reduce((sum, { amount }) => sum + amount, 0) + insured;
}

function keysOf(input: SettleInput, delivery: Delivery) {
  const base = `debt/${input.debtNo}/${input.settleNo ?? delivery.key}`;
  return { paid: `${base}/paid`, writeOff: `${base}/write-off`, statement: `${base}/statement` };
}

/** In our books: the debt shrinks, what is given up becomes a share of its own, and the payments take the rest over. */
function bookSettlement(input: SettleInput, paid: number, delivery: Delivery) {
  const { debtNo, writeOff, settlement, payments } = input;
  const keys = keysOf(input, delivery);
  const facts = { at: delivery.at, ...(input.approvedBy ? { approvedBy: [input.approvedBy] } : {}) };
  const debt = (amount: number) => [{ payer: 'debt' as const, source: debtNo, amount }];
  return (sale: Parameters<typeof giveBack>[0]) => {
    const paidOff = giveBack(sale, { ...facts, key: keys.paid }, debt(paid));
    if (!paidOff.ok) return paidOff;
    const givenUp = giveBack(paidOff.sale, { ...facts, key: keys.writeOff }, debt(writeOff));
    if (!givenUp.ok) return givenUp;
    const noted = receive(givenUp.sale, { ...facts, key: `${keys.writeOff}/share` }, [
      { payer: 'write-off', source: debtNo, amount: writeOff },
    ]);
    if (!noted.ok) return noted;
    const change = { debtNo, amount: paid + writeOff, writeOff, payments, ...(settlement ? { settlement } : {}) };
    return postDebtSettlement(noted.sale, { ...facts, key: keys.statement }, change);
  };
}

/** Settles a debt, wholly or in part: by the insurance, by payments, by giving part of it up. */
export const settleDebtJob: SimulatedJob<SettleInput> = {
  jobType: 'his.settle-debt',
  delivery: 'queryable',
  input: settleInput,
  errors: ['debt-not-found', 'over-payment', 'unbalanced'],
  async perform(input, delivery, context) {
    const { debtNo, saleNo, writeOff } = input;
    const known = await readBook(context.store, debtBook, debtNo);
    if (!known) return refused('debt-not-found', `Expected debt ${debtNo} to exist, but it does not.`);
    const keys = keysOf(input, delivery);
    const paid = coverage(input);
    const isNew = !known.changes.some(({ key }) => key === keys.paid || key === keys.writeOff);
    if (isNew && paid + writeOff > remaining(known)) {
      return refused('over-payment', `Expected at most ${remaining(known)} fen, but ${paid + writeOff} were given.`);
    }
    const booking = await bookSale(context.store, saleNo, bookSettlement(input, paid, delivery));
    if (!booking.ok) return refused('unbalanced', booking.reason);
    const debt = await changeBook(context.store, debtBook, debtNo, (before) => {
      const first =
        before && paid > 0
          ? withChange(before, { key: keys.paid, at: delivery.at, kind: 'paid', amount: paid })
          : before;
      const after =
        first && writeOff > 0
          ? withChange(first, { key: keys.writeOff, at: delivery.at, kind: 'write-off', amount: writeOff })
          : first;
      return { document: after, answer: after };
    });
    return done({ debt: debt ? debtOutput(debt) : null });
  },
};
