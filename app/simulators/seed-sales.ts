import { z } from 'zod';
import type { Connector, Instant, JsonObject } from '../../engine/index.ts';
import { channels } from '../hospital/ledger/payer.ts';
import { findPatient, type Patient } from '../hospital/patients.ts';
import type { PinnedSale } from '../hospital/pinned.ts';
import { hospitalDay } from '../hospital/roster.ts';
import { closeShift, denominations, expectedCash, openShift, openShiftOf } from '../hospital/till/shift.ts';
import { changeBook } from './book-store.ts';
import { pricedLineSchema, settlementInput } from './his/sale-book.ts';
import { receiptBook } from './receipts/receipt-book.ts';
import type { SimulatorContext } from './simulated-connector.ts';
import { tillBook } from './till-book.ts';

/** Whether the pinned sales were made already. */
export const seedBook = { name: 'seed', schema: z.object({ seeded: z.boolean() }), empty: () => ({ seeded: false }) };

const minute = 60_000;
const day = 86_400_000;
const shiftFloat = 50_000;

/** When a pinned sale was made, seen from `now`: never later than five minutes ago. */
export function soldAt(sale: PinnedSale, now: Instant): Instant {
  const date = hospitalDay(new Date(Date.parse(now) - sale.soldDaysAgo * day).toISOString());
  const planned = Date.parse(`${date}T${sale.at}:00+08:00`);
  return new Date(Math.min(planned, Date.parse(now) - 5 * minute)).toISOString();
}

const charged = z.object({
  saleNo: z.string(),
  orderNo: z.string(),
  kind: z.string(),
  lines: z.array(pricedLineSchema),
  total: z.int(),
});
const uploaded = z.object({ chrgBchno: z.string() });
const paid = z.array(z.object({ channel: z.enum(channels), amount: z.int(), txnNo: z.string(), paidAt: z.string() }));
const issued = z.object({ receiptNo: z.string() }).catchall(z.json());
const dispensed = z.object({ lines: z.array(z.object({ traceCodes: z.array(z.string()) })) });

type Ask = (jobType: string, input: JsonObject) => Promise<JsonObject>;

/** Asks a connector as a flow would, outside of any case. Thrown when it refuses: a pinned sale must be possible. */
function asker(connectors: readonly Connector[], sale: PinnedSale, at: Instant): Ask {
  let count = 0;
  return async (jobType, input) => {
    const connector = connectors.find((one) => one.jobType === jobType);
    count += 1;
    const key = `${sale.saleNo}-${count}`;
    const request = { tenantId: '', caseId: 'pinned', key, jobType, attempt: 1, headers: {}, input, now: at };
    const answer = await connector?.perform(request);
    if (answer?.status === 'done') return answer.output;
    throw new Error(`Expected ${jobType} to make pinned sale ${sale.saleNo}, but: ${JSON.stringify(answer)}.`);
  };
}

async function settled(ask: Ask, patient: Patient, sale: z.infer<typeof charged>) {
  const bill = { saleNo: sale.saleNo, psnNo: patient.psnNo ?? '', mdtrtId: patient.encounterNo };
  const { upload } = await ask('insurance.upload-detail', { ...bill, lines: sale.lines, uploadNo: sale.saleNo });
  const { chrgBchno } = uploaded.parse(upload);
  const { settlement } = await ask('insurance.settle', { ...bill, chrgBchno });
  return settlementInput.parse(settlement);
}

function payments(sale: PinnedSale, due: number) {
  let left = due;
  return sale.pay.flatMap(({ channel, amount }) => {
    const part = Math.min(left, amount ?? left);
    left -= part;
    return part > 0 ? [{ channel, amount: part }] : [];
  });
}

function stageOf(sale: PinnedSale): NonNullable<PinnedSale['stage']> {
  return sale.stage ?? (sale.dispensedBy === undefined ? 'paid' : 'dispensed');
}

async function handOver(ask: Ask, sale: PinnedSale, priced: z.infer<typeof charged>): Promise<void> {
  const stage = stageOf(sale);
  const { saleNo, orderNo, lines } = priced;
  if (priced.kind === 'drug' && stage !== 'paid') {
    const picked = await ask('stock.dispense', {
      saleNo,
      lines: lines.map(({ lineId, code, qty }) => ({ lineId, code, qty })),
      dispenserId: sale.dispensedBy ?? null,
      pharmacy: sale.pharmacy ?? 'OPH',
    });
    const codes = dispensed.parse(picked.dispensed).lines.flatMap(({ traceCodes }) => traceCodes);
    if (stage === 'dispensed') await ask('trace.sell', { saleNo, patientId: sale.patientId, codes });
    return;
  }
  const sessions = sale.items.map(({ sessionsDone }) => sessionsDone ?? 0);
  if (stage === 'paid' && sessions.every((given) => given === 0)) return;
  const lineStates = lines.map(({ lineId }, position) => ({
    lineId,
    state: stage,
    sessionsGiven: sessions[position] ?? 0,
  }));
  await ask('his.update-order-status', { orderNo, saleNo, status: stage, lineStates });
}

async function sell(ask: Ask, sale: PinnedSale, patient: Patient): Promise<void> {
  const { patientId } = patient;
  const orderNo = `O-${sale.saleNo}`;
  const items = sale.items.map(({ code, qty }) => ({ code, qty }));
  const encounterNo = patient.encounterNo;
  const priced = charged.parse(
    (await ask('his.price-order', { orderNo, saleNo: sale.saleNo, patientId, encounterNo, items })).charge,
  );
  const { saleNo, lines, total } = priced;
  const insured = patient.insurance === 'basic' && sale.selfPay !== true;
  const settlement = insured ? await settled(ask, patient, priced) : null;
  const toPay = payments(sale, settlement?.cashPay ?? total);
  const collected =
    toPay.length === 0
      ? []
      : paid.parse((await ask('payment.collect', { saleNo, payments: toPay, clerkId: sale.by, patientId })).payments);
  await ask('ledger.post-charge', {
    saleNo,
    patientId,
    lines,
    total,
    settlement,
    payments: collected,
    clerkId: sale.by,
  });
  const { receipt } = await ask('receipt.issue', { saleNo, patientId, total, lines, settlement, payments: collected });
  const { receiptNo } = issued.parse(receipt);
  await ask('his.register-sale', {
    saleNo,
    orderNo,
    patientId,
    encounterNo,
    kind: priced.kind,
    lines,
    total,
    payments: collected,
    settlement,
    receipt: { receiptNo },
    clerkId: sale.by,
    ...(sale.pharmacy === undefined ? {} : { pharmacy: sale.pharmacy }),
  });
  await handOver(ask, sale, priced);
}

/** Pieces of each denomination that make an amount. */
export function piecesFor(amount: number): Record<string, number> {
  let left = amount;
  return Object.fromEntries(
    denominations.map((denomination) => {
      const pieces = Math.floor(left / denomination);
      left -= pieces * denomination;
      return [String(denomination), pieces];
    }),
  );
}

async function openClerksShift(context: SimulatorContext, clerkId: string, at: Instant): Promise<void> {
  const opensAt = new Date(Date.parse(at) - 30 * minute).toISOString();
  await changeBook(context.store, tillBook, clerkId, (till) => {
    const opened = openShiftOf(till) ? undefined : openShift(till, { at: opensAt, float: shiftFloat });
    return { document: opened?.ok ? opened.till : till, answer: undefined };
  });
}

async function closeClerksShift(context: SimulatorContext, clerkId: string, at: Instant): Promise<void> {
  const closesAt = new Date(Date.parse(`${hospitalDay(at)}T17:30:00+08:00`)).toISOString();
  await changeBook(context.store, tillBook, clerkId, (till) => {
    const shift = openShiftOf(till);
    const closed = shift && closeShift(till, { at: closesAt, count: piecesFor(expectedCash(shift)), note: '' });
    return { document: closed?.ok ? closed.till : till, answer: undefined };
  });
}

/**
 * Makes sales that lie before `now`, oldest first, by asking the connectors as the flows do. The shifts of earlier days are
 * closed, today's stay open.
 */
export async function seedSales(
  context: SimulatorContext,
  connectors: readonly Connector[],
  sales: readonly PinnedSale[],
  now: Instant,
): Promise<void> {
  const inOrder = sales
    .map((sale) => ({ sale, at: soldAt(sale, now) }))
    .sort((one, other) => (one.at < other.at ? -1 : 1));
  for (const [position, { sale, at }] of inOrder.entries()) {
    const patient = findPatient(sale.patientId);
    if (!patient)
      throw new Error(`Expected pinned sale ${sale.saleNo} to name a patient, but ${sale.patientId} is unknown.`);
    await openClerksShift(context, sale.by, at);
    await sell(asker(connectors, sale, at), sale, patient);
    if (sale.receipt !== undefined) await setReceiptState(context, sale.saleNo, sale.receipt);
    const sameShift = (other: { sale: PinnedSale; at: Instant }) =>
      other.sale.by === sale.by && hospitalDay(other.at) === hospitalDay(at);
    const isLastOfShift = !inOrder.slice(position + 1).some(sameShift);
    if (isLastOfShift && hospitalDay(at) !== hospitalDay(now)) await closeClerksShift(context, sale.by, at);
  }
}

/** Says that somebody turned a sale's receipt into paper, or booked it for reimbursement. */
export async function setReceiptState(
  context: SimulatorContext,
  saleNo: string,
  state: 'normal' | 'printed' | 'reimbursed',
): Promise<void> {
  for (const { key } of await context.store.list(receiptBook.name)) {
    await changeBook(context.store, receiptBook, key, (receipt) => ({
      document: receipt?.saleNo === saleNo && receipt.state !== 'red-lettered' ? { ...receipt, state } : receipt,
      answer: undefined,
    }));
  }
}
