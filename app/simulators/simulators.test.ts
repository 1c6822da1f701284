import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ConnectorResult, JsonObject } from '../../engine/index.ts';
import { findPatient } from '../hospital/patients.ts';
import { pinnedSales } from '../hospital/pinned.ts';
import { inMemoryBooks } from './in-memory-books.ts';
import { createSimulators, type Simulators } from './index.ts';

const now = '2026-03-02T00:30:00.000Z';

/** A case that asks connectors, as the runtime would. */
function caseOf(simulators: Simulators, caseId = 'case-1') {
  let count = 0;
  const request = (jobType: string, input: JsonObject, key: string) => ({
    tenantId: 't',
    caseId,
    key,
    jobType,
    attempt: 1,
    headers: {},
    input,
    now,
  });
  const connector = (jobType: string) => {
    const found = simulators.connectors.find((one) => one.jobType === jobType);
    if (!found) throw new Error(`no connector ${jobType}`);
    return found;
  };
  return {
    nextKey: () => `job-${++count}`,
    perform: (jobType: string, input: JsonObject, key = `job-${++count}`) =>
      connector(jobType).perform(request(jobType, input, key)),
    query: (jobType: string, input: JsonObject, key: string) =>
      connector(jobType).query?.(request(jobType, input, key)),
    async ask(jobType: string, input: JsonObject): Promise<JsonObject> {
      const answer = await this.perform(jobType, input);
      if (answer.status !== 'done') throw new Error(`${jobType}: ${JSON.stringify(answer)}`);
      return answer.output;
    },
  };
}

const anything = z.record(z.string(), z.json());
const at = (output: JsonObject, name: string) => anything.parse(output[name]);
const list = z.array(anything);

const sum = (shares: Readonly<Record<string, number>>) => Object.values(shares).reduce((total, fen) => total + fen, 0);

function patient(id: string) {
  const found = findPatient(id);
  if (!found) throw new Error(`no patient ${id}`);
  return found;
}

let simulators: Simulators;

beforeEach(() => {
  simulators = createSimulators({ now: () => now, books: inMemoryBooks() });
});

async function balanced(): Promise<void> {
  expect(await simulators.check()).toEqual([]);
}

async function chargeInsured(
  flow: ReturnType<typeof caseOf>,
  items: { code: string; qty: number }[],
  patientId = 'P000001',
) {
  const { psnNo = '', encounterNo } = patient(patientId);
  const bill = { psnNo, mdtrtId: encounterNo };
  const charge = at(await flow.ask('his.price-order', { orderNo: 'O-1', patientId, items }), 'charge');
  const saleNo = String(charge.saleNo);
  const upload = at(
    await flow.ask('insurance.upload-detail', { ...bill, saleNo, lines: charge.lines ?? [] }),
    'upload',
  );
  const settlement = at(
    await flow.ask('insurance.settle', { ...bill, saleNo, chrgBchno: upload.chrgBchno ?? '' }),
    'settlement',
  );
  await balanced();
  const collected = await flow.ask('payment.collect', {
    saleNo,
    payments: [{ channel: 'wechat', amount: settlement.cashPay ?? 0 }],
  });
  await balanced();
  const payments = collected.payments ?? [];
  const { lines = [], total = 0 } = charge;
  await flow.ask('ledger.post-charge', { saleNo, patientId, lines, total, settlement, payments });
  await balanced();
  const receipt = at(
    await flow.ask('receipt.issue', { saleNo, patientId, total, lines, settlement, payments }),
    'receipt',
  );
  await flow.ask('his.register-sale', {
    saleNo,
    orderNo: 'O-1',
    patientId,
    kind: 'drug',
    lines,
    total,
    settlement,
    payments,
    receipt,
  });
  return { saleNo, bill, settlement, payments: list.parse(payments), receipt };
}

describe('pinned sales', () => {
  it('are known to every book, and the books agree', async () => {
    await simulators.ready();
    await balanced();
    expect(await simulators.openItems({})).toEqual([]);
    for (const sale of pinnedSales) {
      const found = await caseOf(simulators, `find-${sale.saleNo}`).ask('his.find-sale', { saleNo: sale.saleNo });
      expect(at(found, 'sale').patientId).toBe(sale.patientId);
    }
  });

  it('are made once per store of books', async () => {
    await simulators.ready();
    const again = createSimulators({ now: () => '2026-03-05T00:00:00.000Z', books: simulators.books });
    await again.ready();
    expect(await again.check()).toEqual([]);
    const sale = at(await caseOf(again).ask('his.find-sale', { saleNo: 'PIN-DRUG-01' }), 'sale');
    expect(sale.soldAt).toBe('2026-03-01T01:15:00.000Z');
  });

  it('answer where a dispensed sale stands', async () => {
    const sale = at(await caseOf(simulators).ask('his.find-sale', { saleNo: 'PIN-DRUG-02' }), 'sale');
    expect(sale).toMatchObject({ chargedBy: 'clerk-ma', dispensedBy: 'disp-xiao', shiftOpen: true, sameDay: true });
    const [first] = list.parse(sale.lines);
    expect(first).toMatchObject({ state: 'dispensed', qty: 2, returnableQty: 2 });
    expect(z.array(z.string().regex(/^80000000\d{12}$/)).parse(first?.traceCodes)).toHaveLength(2);
  });
});

describe('an insured charge', () => {
  it('is shared between fund, account and channel, and balances after every step', async () => {
    const flow = caseOf(simulators);
    const { settlement } = await chargeInsured(flow, [{ code: 'adalimumab-pen', qty: 1 }]);
    const held = await simulators.held({ caseId: 'case-1' });
    expect(sum(held)).toBe(129_000);
    expect(held.fund).toBe(settlement.fundPay);
    expect(await simulators.openItems({ caseId: 'case-1' })).toEqual([]);
  });

  it('is refused when the shares do not make up the lines', async () => {
    const flow = caseOf(simulators);
    const charge = at(
      await flow.ask('his.price-order', { orderNo: 'O-2', patientId: 'P000012', items: [{ code: 'CT-CHEST' }] }),
      'charge',
    );
    const saleNo = charge.saleNo ?? '';
    const { payments = [] } = await flow.ask('payment.collect', {
      saleNo,
      payments: [{ channel: 'wechat', amount: 25_999 }],
    });
    const answer = await flow.perform('ledger.post-charge', {
      saleNo,
      patientId: 'P000012',
      lines: charge.lines ?? [],
      total: 26_000,
      payments,
    });
    expect(answer).toMatchObject({ status: 'error', code: 'unbalanced' });
    await balanced();
  });
});

describe('a partial return', () => {
  it('re-settles the remainder, gives back the net per channel and balances after every step', async () => {
    const flow = caseOf(simulators);
    const sold = await chargeInsured(flow, [
      { code: 'adalimumab-pen', qty: 1 },
      { code: 'glucosamine-cap', qty: 3 },
    ]);
    const { saleNo, bill, settlement, receipt } = sold;
    const back = { saleNo, refundNo: 'R-1', lines: [{ lineId: '1', qty: 1 }] };
    await flow.ask('insurance.revoke', { ...bill, saleNo, setlId: settlement.setlId ?? '', refundNo: 'R-1' });
    await balanced();
    const kept = at(await flow.ask('ledger.plan-refund', back), 'refundPlan');
    expect(kept.returned).toBe(129_000);
    const upload = at(
      await flow.ask('insurance.upload-detail', { ...bill, saleNo, lines: kept.keptLines ?? [], uploadNo: 'R-1' }),
      'upload',
    );
    const again = at(
      await flow.ask('insurance.settle', { ...bill, saleNo, chrgBchno: upload.chrgBchno ?? '' }),
      'settlement',
    );
    await balanced();
    const plan = at(await flow.ask('ledger.plan-refund', { ...back, settlement: again }), 'refundPlan');
    // The returned line costs 1290 yuan, but most of that was the fund's.
    expect(Number(plan.cashBack)).toBeLessThan(129_000);
    const refunds = [];
    for (const row of list.parse(plan.rows)) {
      refunds.push(at(await flow.ask('payment.refund', { saleNo, refundNo: 'R-1', ...row }), 'refund'));
      await balanced();
    }
    await flow.ask('ledger.post-refund', { ...back, settlement: again, refunds });
    await balanced();
    expect(await simulators.openItems({ caseId: 'case-1' })).toEqual([]);
    await flow.ask('receipt.red-letter', { receiptNo: receipt.receiptNo ?? '', refundNo: 'R-1' });
    const held = await simulators.held({ caseId: 'case-1' });
    expect(sum(held)).toBe(3 * 12_800);
  });

  it('is not posted when the whole price went back by the channel', async () => {
    const flow = caseOf(simulators);
    const { saleNo, payments } = await chargeInsured(flow, [{ code: 'cefuroxime-tab', qty: 4 }]);
    const txnNo = payments[0]?.txnNo ?? '';
    await flow.ask('payment.refund', { saleNo, refundNo: 'R-1', channel: 'wechat', txnNo, amount: 100 });
    const answer = await flow.perform('ledger.post-refund', {
      saleNo,
      refundNo: 'R-1',
      lines: [{ lineId: '1', qty: 1 }],
      refunds: [{ channel: 'wechat', txnNo, amount: 100 }],
    });
    expect(answer).toMatchObject({ status: 'error', code: 'unbalanced' });
    await balanced();
    expect(await simulators.openItems({ caseId: 'case-1' })).toMatchObject([
      { payer: 'wechat', kind: 'still-charged', amount: 100 },
    ]);
  });
});

describe('scripted failures', () => {
  const pay = (saleNo: string) => ({ saleNo, payments: [{ channel: 'wechat', amount: 500 }] });

  it('refuse as often as asked, with the connector’s own code', async () => {
    await simulators.injectFault({ connector: 'payment.collect', times: 2, answer: 'refused' });
    const flow = caseOf(simulators);
    expect(await flow.perform('payment.collect', pay('S-x'))).toMatchObject({
      status: 'error',
      code: 'payment-refused',
    });
    expect(await flow.perform('payment.collect', pay('S-x'))).toMatchObject({
      status: 'error',
      code: 'payment-refused',
    });
    expect(await flow.perform('payment.collect', pay('S-x'))).toMatchObject({ status: 'done' });
  });

  it('time out before: nothing was received, and sending again is done once', async () => {
    await simulators.injectFault({ connector: 'payment.collect', answer: 'timeout-before' });
    const flow = caseOf(simulators);
    expect((await flow.perform('payment.collect', pay('S-x'), 'k')).status).toBe('unknown');
    expect(await flow.query('payment.collect', pay('S-x'), 'k')).toEqual({ status: 'not-received' });
    expect((await flow.perform('payment.collect', pay('S-x'), 'k')).status).toBe('done');
    expect((await simulators.held({ caseId: 'case-1' })).wechat).toBe(500);
  });

  it('time out after success: the books wait for the answer, which a query brings', async () => {
    await simulators.injectFault({ connector: 'payment.collect', answer: 'timeout-after-success' });
    const flow = caseOf(simulators);
    expect((await flow.perform('payment.collect', pay('S-x'), 'k')).status).toBe('unknown');
    expect((await simulators.held({ caseId: 'case-1' })).wechat).toBe(0);
    expect(await simulators.openItems({ caseId: 'case-1' })).toMatchObject([{ kind: 'in-transit' }]);
    await balanced();
    expect(await flow.query('payment.collect', pay('S-x'), 'k')).toMatchObject({ status: 'done' });
    expect((await simulators.held({ caseId: 'case-1' })).wechat).toBe(500);
    await balanced();
  });

  it('leave the query without an answer too, when asked', async () => {
    await simulators.injectFault({
      connector: 'payment.collect',
      answer: 'timeout-after-success',
      query: 'unavailable',
    });
    const flow = caseOf(simulators);
    await flow.perform('payment.collect', pay('S-x'), 'k');
    for (let asked = 0; asked < 10; asked += 1)
      expect(await flow.query('payment.collect', pay('S-x'), 'k')).toMatchObject({ status: 'failed', retryable: true });
    expect(await flow.query('payment.collect', pay('S-x'), 'k')).toMatchObject({ status: 'done' });
  });

  it('let a bank transfer pass where the channel refuses', async () => {
    const flow = caseOf(simulators);
    const paid = list.parse((await flow.ask('payment.collect', pay('S-x'))).payments)[0];
    await simulators.injectFault({ connector: 'payment.refund', times: 9, answer: 'refused' });
    const row = { saleNo: 'S-x', refundNo: 'R-1', channel: 'wechat', txnNo: paid?.txnNo ?? '', amount: 500 };
    expect(await flow.perform('payment.refund', row)).toMatchObject({ status: 'error', code: 'refund-refused' });
    const byTransfer = { voucherNo: 'V-1', accountName: '测试', bankName: '测试银行' };
    expect(await flow.perform('payment.refund', { ...row, byTransfer })).toMatchObject({ status: 'done' });
    await balanced();
  });
});

describe('idempotency', () => {
  it('pays a refund number once, from whatever job it comes', async () => {
    const flow = caseOf(simulators);
    const paid = list.parse(
      (await flow.ask('payment.collect', { saleNo: 'S-x', payments: [{ channel: 'alipay', amount: 800 }] })).payments,
    )[0];
    const row = { saleNo: 'S-x', refundNo: 'R-1', channel: 'alipay', txnNo: paid?.txnNo ?? '', amount: 300 };
    const first = await flow.ask('payment.refund', row);
    expect(await flow.ask('payment.refund', row)).toEqual(first);
    const other: ConnectorResult = await flow.perform('payment.refund', { ...row, amount: 200 });
    expect(other).toMatchObject({ status: 'failed', retryable: false });
    expect((await simulators.held({ caseId: 'case-1' })).alipay).toBe(500);
    await balanced();
  });

  it('answers every connector’s job again with the first answer', async () => {
    const flow = caseOf(simulators);
    const inputs: readonly (readonly [string, JsonObject])[] = [
      ['his.price-order', { orderNo: 'O-9', patientId: 'P000001', items: [{ code: 'CT-HEAD' }] }],
      ['pacs.worklist-add', { orderNo: 'O-9', patientId: 'P000001', items: [{ code: 'CT-HEAD' }] }],
      ['schedule.offer-slot', { orderNo: 'O-9', modality: 'CT' }],
      ['printer.print', { template: 'guide-slip', ref: 'O-9' }],
      ['notify.send', { to: 'dr-wang', template: 'reminder' }],
      ['adverse-event.open', { kind: 'drug-reaction' }],
      ['stock.dispense', { orderNo: 'O-9', lines: [{ lineId: '1', code: 'amoxicillin-cap', qty: 2 }] }],
    ];
    for (const [jobType, input] of inputs) {
      const first = await flow.perform(jobType, input, `same-${jobType}`);
      expect(first.status).toBe('done');
      expect(await flow.perform(jobType, input, `same-${jobType}`)).toEqual(first);
    }
  });
});

describe('the till', () => {
  it('takes cash only in an open shift where one is required', async () => {
    const strict = createSimulators({ now: () => now, books: inMemoryBooks(), shifts: 'required' });
    const cash = (clerkId: string) => ({ saleNo: 'S-x', clerkId, payments: [{ channel: 'cash', amount: 100 }] });
    expect(await caseOf(strict).perform('payment.collect', cash('cs-hu'))).toMatchObject({ code: 'no-open-shift' });
    // The pinned sales of today left this clerk's shift open.
    expect(await caseOf(strict).perform('payment.collect', cash('clerk-ma'))).toMatchObject({ status: 'done' });
  });
});

describe('wrong input', () => {
  it('is a failure that names the field, and is not tried again', async () => {
    const answer = await caseOf(simulators).perform('payment.collect', {
      saleNo: 'S-x',
      payments: [{ channel: 'gold', amount: 1 }],
    });
    expect(answer).toMatchObject({ status: 'failed', retryable: false });
    expect(answer.status === 'failed' && answer.message).toContain('payments.0.channel');
  });
});
