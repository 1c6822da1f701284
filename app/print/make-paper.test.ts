import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../engine/index.ts';
import { readPatient } from '../ui/patient.ts';
import { readCaseFacts } from './case-facts.ts';
import { makePaper, papersOf } from './make-paper.ts';
import type { Paper, PaperOfKind } from './paper.ts';
import { kindsOf, type PrintKind, printAddress } from './print-kinds.ts';

const patient = { patientId: 'P000001', name: '张伟', sex: 'male', age: 58, ward: 'CARD-W1', bed: '12' };
const ct = {
  lineId: '1',
  code: 'CT-CHEST',
  name: '胸部CT平扫',
  unitPrice: 26000,
  qty: 1,
  amount: 26000,
  payClass: '01',
};
const exam: JsonObject = {
  orderNo: 'EX1',
  examItems: [{ code: 'CT-CHEST', method: 'plain', qty: 1 }],
  diagnosis: ['J18.9', 'Z99.9'],
  clinicalSummary: '发热咳嗽五天',
  purpose: '明确病变性质',
  priority: 'routine',
  slot: null,
  charge: { saleNo: 'S-EX1', lines: [ct] },
};
const oneSlot = { startAt: '2026-03-02T00:40:00.000Z', room: 'CT-1' };

function isOfKind<K extends PrintKind>(paper: Paper, kind: K): paper is PaperOfKind<K> {
  return paper.kind === kind;
}

function made<K extends PrintKind>(kind: K, variables: JsonObject, input?: JsonObject, only?: string): PaperOfKind<K> {
  const paper = makePaper(kind, readCaseFacts(variables, input), readPatient(patient), only);
  if (!isOfKind<K>(paper, kind)) throw new Error(`Expected a ${kind}, but got a ${paper.kind}.`);
  return paper;
}

describe('the guide slip', () => {
  it('says a slot is only offered until it is booked', () => {
    expect(made('guide-slip', exam, { slot: oneSlot })).toMatchObject({ slot: oneSlot, slotBooked: false });
    expect(made('guide-slip', { ...exam, slot: oneSlot })).toMatchObject({ slot: oneSlot, slotBooked: true });
    expect(made('guide-slip', exam).slot).toBeUndefined();
  });

  it('tells what the desk told the patient to do, even when that is nothing', () => {
    const booking = { prepInstruction: ['fasting'] };
    expect(made('guide-slip', { ...exam, booking }).preparations).toEqual(['fasting']);
    expect(made('guide-slip', { ...exam, booking: { prepInstruction: [] } }).preparations).toEqual([]);
  });
});

it('the exam request names diagnoses, and keeps a code it does not know', () => {
  const { diagnoses, exams, clinicalSummary } = made('exam-request', exam);
  expect(diagnoses).toEqual([
    { code: 'J18.9', name: '肺炎', nameEn: 'Pneumonia' },
    { code: 'Z99.9', name: '', nameEn: undefined },
  ]);
  expect(exams).toMatchObject([{ name: '胸部CT平扫', method: 'plain' }]);
  expect(clinicalSummary).toBe('发热咳嗽五天');
});

describe('the charge list', () => {
  it('shows the asked-in-advance shares until the insurance settled', () => {
    const preSettle = { fundPay: 3000, acctPay: 5000, cashPay: 18000 };
    const waiting = made('charge-list', { ...exam, preSettle }, { payments: [{ amount: 18000 }] });
    expect(waiting).toMatchObject({ number: 'S-EX1', total: 26000, shares: preSettle, settled: false, payments: [] });
    const payments = [{ channel: 'wechat', amount: 18000 }];
    const paid = made('charge-list', { ...exam, preSettle, settlement: preSettle, payments });
    expect(paid).toMatchObject({ settled: true, payments });
  });

  it('of a return is that of the sale', () => {
    const sale = { saleNo: 'PIN-1', lines: [ct, { ...ct, lineId: '2', amount: 100 }], settlement: null };
    expect(made('charge-list', { sale })).toMatchObject({ number: 'PIN-1', total: 26100 });
  });
});

describe('the receipt', () => {
  const receipt = { receiptNo: 'R1', receiptCode: 'T06', checkCode: '4084', total: 26000, state: 'normal' };
  const settlement = { fundPay: 3000, acctPay: 5000, cashPay: 18000 };
  const payments = [{ channel: 'wechat', amount: 18000 }];

  it('has its number, the total in words, lines, shares and payments', () => {
    expect(made('receipt', { ...exam, receipt, settlement, payments })).toMatchObject({
      number: 'R1',
      inWords: '贰佰陆拾元整',
      lines: [{ name: '胸部CT平扫' }],
      shares: settlement,
      payments,
    });
  });

  it('after a partial refund is the new one, with the kept lines and what it replaces', () => {
    const kept = { ...ct, lineId: '2', name: '保留', amount: 2840, unitPrice: 2840 };
    const paper = made('receipt', {
      sale: { saleNo: 'S', lines: [ct, kept], receipt, payments },
      newReceipt: { receiptNo: 'R3', total: 2840, state: 'normal' },
      redReceipt: { receiptNo: 'R1', redReceiptNo: 'R2' },
      refundPlan: { returned: 26000, keptLines: [kept] },
      refunds: [{ channel: 'wechat', amount: 26000 }],
    });
    expect(paper).toMatchObject({ number: 'R3', lines: [{ name: '保留' }], red: { redReceiptNo: 'R2' }, payments: [] });
  });

  it('after a full refund is none: only the red letter stands', () => {
    const paper = made('receipt', {
      sale: { saleNo: 'S', lines: [ct], receipt, payments },
      redReceipt: { receiptNo: 'R1', redReceiptNo: 'R2' },
    });
    expect(paper.receipt).toBeUndefined();
    expect(paper).toMatchObject({ number: 'R2', lines: [] });
  });

  it('leaves out lines that do not make up its total', () => {
    expect(made('receipt', { ...exam, receipt: { ...receipt, total: 999 } }).lines).toEqual([]);
  });
});

describe('the refund request', () => {
  it('lists what was accepted, why, and who agreed', () => {
    const paper = made('refund-request', {
      refundNo: 'TF-1',
      sale: { saleNo: 'S', lines: [ct], receipt: { receiptNo: 'R1' } },
      decided: [
        { lineId: '1', name: '头孢', qty: 2, unitPrice: 2840, reasonCode: 'order-changed' },
        { lineId: '3', name: '吸入剂', qty: 0, unitPrice: 8600, reasonCode: 'quality' },
      ],
      estimate: { returned: 5680, fundBack: 1847, acctBack: 0, cashBack: 3833 },
      approvals: [{ role: 'clerk-supervisor', decision: 'approve', comment: null }],
    });
    expect(paper).toMatchObject({
      number: 'TF-1',
      receiptNo: 'R1',
      reasons: ['order-changed'],
      lines: [{ name: '头孢', qty: 2, amount: 5680 }],
      returned: 5680,
      approvals: [{ role: 'clerk-supervisor', decision: 'approve' }],
    });
  });

  it('of an exam takes its lines from the approval task', () => {
    const paper = made('refund-request', exam, { refundNo: 'EX1-R', reason: '患者拒绝', lines: [ct], returned: 26000 });
    expect(paper).toMatchObject({ number: 'EX1-R', lines: [{ name: '胸部CT平扫', amount: 26000 }], returned: 26000 });
    expect(paper.reasons).toEqual(['患者拒绝']);
  });
});

describe('labels and card', () => {
  const order = { orderNo: 'YZ1', order: { drugCode: 'kcl-10-inj', dose: '1', doseUnit: 'g' }, prescriber: 'dr-wang' };
  const dosesView = [
    { executionId: 'YZ1-2', dueAt: '2026-03-02T08:00:00.000Z', n: 2, total: 2 },
    { executionId: 'YZ1-1', dueAt: '2026-03-02T00:00:00.000Z', n: 1, total: 2 },
  ];
  const labelFacts = {
    drug: '10%氯化钾注射液',
    dose: '1 g',
    solvent: 'glucose-5-inf',
    volumeMl: 500,
    rateMlPerHour: 60,
    highAlert: 'A',
    ward: null,
  };

  it('make one label a bottle, each counted for itself', () => {
    const paper = made('bottle-label', order, { dosesView, labelFacts });
    expect(paper.subjects).toEqual(['YZ1-2', 'YZ1-1']);
    expect(paper.facts).toMatchObject({ highAlert: 'A', dose: '1 g', volumeMl: 500, rateMlPerHour: 60, bed: '12' });
    expect(paper.facts.solvent?.name).toContain('葡萄糖');
    expect(paper.facts.ward).toBe('CARD-W1');
  });

  it('make one chosen label', () => {
    expect(made('bottle-label', order, { dosesView, labelFacts }, 'YZ1-1').subjects).toEqual(['YZ1-1']);
    expect(made('bottle-label', order, { dosesView, labelFacts }, 'other').subjects).toEqual([]);
  });

  it('know the drug by its code where no task says more', () => {
    expect(made('bottle-label', order).facts).toMatchObject({ dose: '1 g', highAlert: 'A', prescriber: 'dr-wang' });
  });

  it('list the card by time', () => {
    const { doses, subjects } = made('infusion-card', order, { dosesView, labelFacts });
    expect(doses.map(({ executionId }) => executionId)).toEqual(['YZ1-1', 'YZ1-2']);
    expect(subjects).toEqual(['YZ1-1']);
  });
});

describe('papers of a case', () => {
  it('are those with something on them', () => {
    expect(papersOf(readCaseFacts({}))).toEqual([]);
    expect(papersOf(readCaseFacts(exam))).toEqual(['guide-slip', 'exam-request', 'charge-list']);
  });

  it('survive data of any other shape', () => {
    const odd: JsonObject = { examItems: 'x', charge: 7, lines: [3], payments: [null], sale: [], order: 'y', slot: {} };
    expect(() => papersOf(readCaseFacts(odd))).not.toThrow();
  });
});

describe('names of papers', () => {
  it('may be several in one diagram attribute', () => {
    expect(kindsOf('bottle-label infusion-card')).toEqual(['bottle-label', 'infusion-card']);
    expect(kindsOf('poster')).toEqual([]);
    expect(kindsOf(undefined)).toEqual([]);
  });

  it('make an address that holds any task id', () => {
    expect(printAddress('receipt', 'c1', 't/1&x')).toBe('/print/receipt/c1?task=t%2F1%26x');
  });
});
