import { z } from 'zod';
import { movementKeys, settlementMoney } from '../../hospital/ledger/statements.ts';
import type { Change } from '../book-store.ts';
import { changeBook, readBook } from '../book-store.ts';
import { optionalInput } from '../input.ts';
import { dropMovement, readSale } from '../ledger-book.ts';
import {
  type Answer,
  type Delivery,
  done,
  refused,
  type SimulatedJob,
  type SimulatorContext,
} from '../simulated-connector.ts';
import { type CentreAnswer, preSettle, reverseMessage, revoke, settle, uploadDetail } from './centre.ts';
import { type CentreSettlement, type InsuredPerson, personBook } from './person-book.ts';

const bill = z.object({ saleNo: z.string().min(1), psnNo: z.string().min(1), mdtrtId: z.string().min(1) });

const line = z.object({
  lineId: z.string(),
  code: z.string(),
  amount: z.int().min(0),
  payClass: z.enum(['01', '02', '03']),
});

function atCentre<T>(
  context: SimulatorContext,
  psnNo: string,
  step: (person: InsuredPerson) => Change<InsuredPerson, CentreAnswer<T>>,
): Promise<CentreAnswer<T>> {
  return changeBook(context.store, personBook, psnNo, step);
}

function answered<T>(answer: CentreAnswer<T>, say: (value: T) => Answer): Answer {
  return answer.ok ? say(answer.value) : refused(answer.code, answer.message);
}

const uploadInput = bill.extend({ lines: z.array(line).min(1), uploadNo: optionalInput(z.string()) });

/** 2204: uploads the lines of a bill. */
export const uploadDetailJob: SimulatedJob<z.infer<typeof uploadInput>> = {
  jobType: 'insurance.upload-detail',
  delivery: 'idempotent',
  input: uploadInput,
  errors: ['line-refused', 'not-insured'],
  async perform(input, delivery, context) {
    const { saleNo, lines, uploadNo = delivery.key } = input;
    const answer = await atCentre(context, input.psnNo, (person) => uploadDetail(person, { saleNo, lines, uploadNo }));
    return answered(answer, (upload) => done({ upload }));
  },
};

const preSettleInput = bill.extend({ chrgBchno: z.string().min(1) });

/** 2206: what the settlement would be. */
export const preSettleJob: SimulatedJob<z.infer<typeof preSettleInput>> = {
  jobType: 'insurance.pre-settle',
  delivery: 'idempotent',
  reads: true,
  input: preSettleInput,
  errors: ['not-insured', 'upload-not-found'],
  async perform(input, _delivery, context) {
    const answer = preSettle(await readBook(context.store, personBook, input.psnNo), input.chrgBchno);
    return answered(answer, ({ total, fundPay, acctPay, cashPay }) =>
      done({ preSettle: { total, fundPay, acctPay, cashPay } }),
    );
  },
};

const settleInput = bill.extend({ chrgBchno: z.string().min(1), msgId: optionalInput(z.string().min(1)) });

const settleMsgId = (input: z.infer<typeof settleInput>, delivery: Delivery) => input.msgId ?? delivery.key;

/** 2207: settles an uploaded bill. */
export const settleJob: SimulatedJob<z.infer<typeof settleInput>> = {
  jobType: 'insurance.settle',
  delivery: 'queryable',
  input: settleInput,
  errors: ['settle-refused', 'not-insured', 'upload-not-found', 'already-settled'],
  inTransit: (input, delivery) => ({ saleNo: input.saleNo, key: movementKeys.settle(settleMsgId(input, delivery)) }),
  async perform(input, delivery, context) {
    const { saleNo, psnNo, mdtrtId, chrgBchno } = input;
    const msgId = settleMsgId(input, delivery);
    const answer = await atCentre(context, psnNo, (person) =>
      settle(person, { msgId, chrgBchno, mdtrtId, saleNo, at: delivery.at }),
    );
    return answered(answer, (one) =>
      done({ settlement: settlementOutput(psnNo, one) }, [
        { kind: 'received', saleNo, key: movementKeys.settle(msgId), money: [...settlementMoney(one)] },
      ]),
    );
  },
};

function settlementOutput(psnNo: string, one: CentreSettlement) {
  const { setlId, mdtrtId, chrgBchno, msgId, total, fundPay, acctPay, cashPay, settledAt } = one;
  return { setlId, psnNo, mdtrtId, chrgBchno, msgId, total, fundPay, acctPay, cashPay, settledAt };
}

const revokeInput = bill.extend({
  setlId: z.string().min(1),
  refundNo: optionalInput(z.string().min(1)),
  msgId: optionalInput(z.string().min(1)),
  adjustment: z.object({ adjustmentNo: z.string().min(1) }).nullish(),
});

const revokeMsgId = (input: z.infer<typeof revokeInput>, delivery: Delivery) =>
  input.msgId ?? input.refundNo ?? delivery.key;

/** 2208: takes a settlement back. */
export const revokeJob: SimulatedJob<z.infer<typeof revokeInput>> = {
  jobType: 'insurance.revoke',
  delivery: 'queryable',
  input: revokeInput,
  errors: ['month-closed', 'settlement-not-found', 'already-revoked'],
  inTransit: (input, delivery) => ({
    saleNo: input.saleNo,
    key: movementKeys.revoke(input.setlId, revokeMsgId(input, delivery)),
  }),
  async perform(input, delivery, context) {
    const { saleNo, psnNo, setlId, adjustment, refundNo } = input;
    const msgId = revokeMsgId(input, delivery);
    const adjustmentNo = adjustment?.adjustmentNo;
    const answer = await atCentre(context, psnNo, (person) =>
      revoke(person, { setlId, key: msgId, at: delivery.at, ...(adjustmentNo === undefined ? {} : { adjustmentNo }) }),
    );
    return answered(answer, (one) =>
      done(
        {
          revocation: { setlId, revokedAt: one.revokedAt ?? delivery.at, fundBack: one.fundPay, acctBack: one.acctPay },
        },
        [
          {
            kind: 'given-back',
            saleNo,
            key: movementKeys.revoke(setlId, msgId),
            money: [...settlementMoney(one)],
            ...(refundNo === undefined ? {} : { refundNo }),
          },
        ],
      ),
    );
  },
};

const reverseInput = z.object({
  saleNo: z.string().min(1),
  psnNo: z.string().min(1),
  omsgid: z.string().min(1),
  oinfno: z.enum(['2207', '2208']),
});

/** 2601: undoes a message that got no answer. */
export const reverseJob: SimulatedJob<z.infer<typeof reverseInput>> = {
  jobType: 'insurance.reverse',
  delivery: 'queryable',
  input: reverseInput,
  errors: ['reverse-refused'],
  inTransit: (input) => ({ saleNo: input.saleNo, key: movementKeys.reverse(input.omsgid) }),
  async perform(input, delivery, context) {
    const { omsgid, oinfno } = input;
    const answer = await atCentre(context, input.psnNo, (person) =>
      reverseMessage(person, { omsgid, oinfno, at: delivery.at }),
    );
    if (!answer.ok) return refused(answer.code, answer.message);
    const { found, settlement, reversedAt } = answer.value;
    const undone = settlement ? await undoInLedger(context, input, settlement) : [];
    if (undone.length === 0) await forgetMessage(context, input);
    return done({ reversal: { omsgid, found, reversedAt } }, undone);
  },
};

/** Our books follow only as far as they had booked the message: one that never got an answer was only noted. */
async function undoInLedger(context: SimulatorContext, input: z.infer<typeof reverseInput>, one: CentreSettlement) {
  const asked =
    input.oinfno === '2207' ? movementKeys.settle(input.omsgid) : movementKeys.revoke(one.setlId, input.omsgid);
  const sale = await readSale(context.store, input.saleNo);
  if (!sale.entries.some((entry) => entry.key === asked)) return [];
  return [
    {
      kind: input.oinfno === '2207' ? ('given-back' as const) : ('received' as const),
      saleNo: input.saleNo,
      key: movementKeys.reverse(input.omsgid),
      money: [...settlementMoney(one)],
    },
  ];
}

/** The message needs no answer any more, whether it had arrived or not. */
async function forgetMessage(context: SimulatorContext, input: z.infer<typeof reverseInput>): Promise<void> {
  const sale = await readSale(context.store, input.saleNo);
  for (const key of sale.inTransit.filter(
    (noted) => /^(settle|revoke)\//.test(noted) && noted.endsWith(`/${input.omsgid}`),
  )) {
    await dropMovement(context.store, input.saleNo, key);
  }
}
