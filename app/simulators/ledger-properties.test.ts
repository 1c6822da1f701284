import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '../../engine/index.ts';
import { findPatient } from '../hospital/patients.ts';
import type { FaultInput } from './fault.ts';
import { inMemoryBooks } from './in-memory-books.ts';
import { createSimulators, type Simulators } from './index.ts';
import { insuranceShares } from './insurance-centre/shares.ts';

const now = '2026-03-02T00:30:00.000Z';
const anything = z.record(z.string(), z.json());
const rows = z.array(anything);

/** Delivers as the runtime does: asks again after a failure, queries after an unknown outcome, gives up on a refusal after some tries. */
function delivery(simulators: Simulators, afterEach: () => Promise<void>) {
  let count = 0;
  const connectors = new Map(simulators.connectors.map((connector) => [connector.jobType, connector]));
  return async (jobType: string, input: JsonObject): Promise<JsonObject> => {
    const connector = connectors.get(jobType);
    const request = { tenantId: 't', caseId: 'c', jobType, key: `k${++count}`, attempt: 1, headers: {}, input, now };
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const answer = await connector?.perform(request);
      await afterEach();
      if (answer?.status === 'done') return answer.output;
      if (answer?.status !== 'unknown') continue;
      const asked = await connector?.query?.(request);
      await afterEach();
      if (asked?.status === 'done') return asked.output;
    }
    throw new Error(`${jobType} got no answer`);
  };
}

const moneyJobs = [
  'insurance.settle',
  'insurance.revoke',
  'payment.collect',
  'payment.refund',
  'ledger.post-charge',
  'ledger.post-refund',
  'insurance.upload-detail',
];

const fault: fc.Arbitrary<FaultInput> = fc.record({
  connector: fc.constantFrom(...moneyJobs),
  answer: fc.constantFrom('refused', 'timeout-before', 'timeout-after-success', 'unavailable', 'slow'),
  times: fc.integer({ min: 1, max: 3 }),
});

const item = fc.record({
  code: fc.constantFrom(
    'cefuroxime-tab',
    'glucosamine-cap',
    'budesonide-inh',
    'adalimumab-pen',
    'CT-CHEST',
    'vitamin-c-tab',
  ),
  qty: fc.integer({ min: 1, max: 9 }),
});

const story = fc.record({
  patientId: fc.constantFrom('P000001', 'P000012', 'P000016', 'P000020'),
  items: fc.array(item, { minLength: 1, maxLength: 5 }),
  channels: fc.uniqueArray(fc.constantFrom('wechat', 'alipay', 'unionpay', 'cash'), { minLength: 1, maxLength: 3 }),
  returns: fc.array(fc.record({ line: fc.nat(), qty: fc.nat() }), { maxLength: 4 }),
  paidTwice: fc.boolean(),
  faults: fc.array(fault, { maxLength: 6 }),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function split(total: number, channels: readonly string[]) {
  const part = Math.floor(total / channels.length);
  return channels.map((channel, position) => ({
    channel,
    amount: position === 0 ? total - part * (channels.length - 1) : part,
  }));
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

/** Charges, perhaps twice, returns bit by bit, with failures in between; the books are compared after every answer. */
async function play({ patientId, items, channels, returns, paidTwice, faults }: Story): Promise<void> {
  const simulators = createSimulators({ now: () => now, books: inMemoryBooks() });
  for (const one of faults) await simulators.injectFault(one);
  const balanced = async () => expect(await simulators.check()).toEqual([]);
  const ask = delivery(simulators, balanced);
  const patient = findPatient(patientId);
  const bill = { psnNo: patient?.psnNo ?? '', mdtrtId: patient?.encounterNo ?? '' };
  const charge = anything.parse((await ask('his.price-order', { orderNo: 'O', patientId, items })).charge);
  const saleNo = String(charge.saleNo);

  const settle = async (lines: JsonObject[string], uploadNo: string) => {
    const upload = anything.parse((await ask('insurance.upload-detail', { ...bill, saleNo, lines, uploadNo })).upload);
    const answer = await ask('insurance.settle', { ...bill, saleNo, chrgBchno: upload.chrgBchno ?? '' });
    return anything.parse(answer.settlement);
  };
  const payBack = async (refundNo: string, plan: Record<string, z.core.util.JSONType>) => {
    const refunds = [];
    for (const row of rows.parse(plan.rows)) {
      refunds.push(
        anything.parse((await ask('payment.refund', { saleNo, refundNo, clerkId: 'cs-hu', ...row })).refund),
      );
    }
    return refunds;
  };

  let settlement = patient?.insurance === 'basic' ? await settle(charge.lines ?? [], 'first') : null;
  const due = Number(settlement?.cashPay ?? charge.total);
  const payments =
    (await ask('payment.collect', { saleNo, clerkId: 'clerk-ma', payments: split(due, channels) })).payments ?? [];
  await ask('ledger.post-charge', {
    clerkId: 'clerk-ma',
    saleNo,
    patientId,
    lines: charge.lines ?? [],
    total: charge.total ?? 0,
    settlement,
    payments,
  });
  if (paidTwice && due > 0) {
    await ask('payment.confirm', { saleNo, payments: [{ channel: 'alipay', amount: due, txnNo: 'SELF-1' }] });
    const plan = anything.parse((await ask('ledger.plan-duplicate-refund', { saleNo })).refundPlan);
    await payBack('R-twice', plan);
  }

  let left = rows.parse(charge.lines).map(({ lineId, qty }) => ({ lineId: String(lineId), qty: Number(qty) }));
  for (const [position, wanted] of returns.entries()) {
    const line = left[wanted.line % Math.max(1, left.length)];
    if (!line) break;
    const back = { lineId: line.lineId, qty: 1 + (wanted.qty % line.qty) };
    const refundNo = `R-${position}`;
    const lines = [back];
    if (settlement) await ask('insurance.revoke', { ...bill, saleNo, setlId: settlement.setlId ?? '', refundNo });
    const kept = anything.parse((await ask('ledger.plan-refund', { saleNo, lines })).refundPlan);
    settlement = settlement && kept.fullReturn !== true ? await settle(kept.keptLines ?? [], refundNo) : null;
    const plan = anything.parse((await ask('ledger.plan-refund', { saleNo, lines, settlement })).refundPlan);
    expect(plan.owed).toBe(0);
    const refunds = await payBack(refundNo, plan);
    await ask('ledger.post-refund', { saleNo, refundNo, lines, settlement, refunds });
    left = left.flatMap((one) =>
      one === line ? (one.qty > back.qty ? [{ ...one, qty: one.qty - back.qty }] : []) : [one],
    );
    const held = await simulators.held({ caseId: 'c' });
    expect(sumOf(Object.values(held))).toBe(Number(kept.keptTotal));
  }
  expect(await simulators.openItems({ caseId: 'c' })).toEqual([]);
  if (left.length === 0)
    expect(Object.values(await simulators.held({ caseId: 'c' })).every((fen) => fen === 0)).toBe(true);
}

describe('any sequence of charge, double payment and returns, with any failures', () => {
  it('leaves the books in agreement after every answer, and nothing open at its end', { timeout: 60_000 }, async () => {
    await fc.assert(fc.asyncProperty(story, play), { numRuns: 40, seed: 20260302 });
  });
});

describe('insurance shares', () => {
  const line = fc.record({
    payClass: fc.constantFrom('01' as const, '02' as const, '03' as const),
    amount: fc.nat(500_000),
  });
  const entitlement = fc.record({ accountBalance: fc.nat(300_000), deductibleLeft: fc.nat(20_000) });

  it('make up the total, and none is negative', () => {
    fc.assert(
      fc.property(fc.array(line), entitlement, (lines, one) => {
        const { total, fundPay, acctPay, cashPay } = insuranceShares(lines, one);
        expect(fundPay + acctPay + cashPay).toBe(total);
        expect(Math.min(fundPay, acctPay, cashPay)).toBeGreaterThanOrEqual(0);
        expect(total).toBe(sumOf(lines.map(({ amount }) => amount)));
      }),
    );
  });

  it('never grow when a line is taken away', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), entitlement, (lines, one) => {
        const all = insuranceShares(lines, one);
        const fewer = insuranceShares(lines.slice(1), one);
        expect(fewer.fundPay).toBeLessThanOrEqual(all.fundPay);
        expect(fewer.fundPay + fewer.acctPay + fewer.cashPay).toBeLessThanOrEqual(all.total);
      }),
    );
  });
});
