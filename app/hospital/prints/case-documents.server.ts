import { readPatient } from '../../ui/patient.ts';
import { findDrug, findExamItem } from '../catalogue.ts';
import { diagnoses } from '../diagnoses.ts';
import type { HospitalDesk } from '../hospital-desk.server.ts';
import { barcodeOf } from './barcode.server.ts';
import type { CaseFacts } from './case-facts.server.ts';
import type { DrugFacts, PrintDocument, PrintedDose, PrintedExam, PrintTemplate } from './print-document.ts';
import { receiptDocument } from './sale-documents.server.ts';

function head(ref: string, facts: CaseFacts) {
  return { ref, patient: readPatient(facts.patient), barcode: barcodeOf(ref) };
}

function examsOf(facts: CaseFacts): readonly PrintedExam[] {
  return facts.examItems.map((item) => {
    const known = findExamItem(item.code);
    return { ...item, name: known?.name ?? item.name ?? item.code, nameEn: known?.nameEn ?? item.name ?? item.code };
  });
}

function preparationsOf(facts: CaseFacts) {
  return [...new Set(facts.examItems.flatMap(({ code }) => findExamItem(code)?.prep ?? []))];
}

function guide(template: 'guide-slip' | 'preparation', facts: CaseFacts): PrintDocument {
  const { orderNo, priority } = facts;
  const slot = facts.slot ?? facts.offeredSlot;
  return {
    ...head(orderNo, facts),
    template,
    orderNo,
    priority,
    slot,
    exams: examsOf(facts),
    preparations: preparationsOf(facts),
  };
}

function examRequest(facts: CaseFacts): PrintDocument {
  const { orderNo, clinicalSummary, purpose, priority } = facts;
  const named = facts.diagnosis.map(
    (code) => diagnoses.find((one) => one.code === code) ?? { code, name: '', nameEn: '' },
  );
  return {
    ...head(orderNo, facts),
    template: 'exam-request',
    orderNo,
    exams: examsOf(facts),
    diagnoses: named,
    clinicalSummary,
    purpose,
    priority,
  };
}

function chargeList(facts: CaseFacts): PrintDocument {
  const lines = facts.charge?.lines ?? facts.lines;
  const number = facts.charge?.saleNo || facts.orderNo;
  return {
    ...head(number, facts),
    template: 'charge-list',
    number,
    lines,
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    shares: facts.settlement ?? facts.preSettle,
    payments: facts.payments,
  };
}

function refundRequest(facts: CaseFacts): PrintDocument {
  const refundNo = facts.refundNo || facts.orderNo;
  const nameOf = (lineId: string) => facts.charge?.lines.find((line) => line.lineId === lineId)?.name ?? lineId;
  const named = facts.refundLines.map(({ lineId, name, qty }) => ({ name: name ?? nameOf(lineId), qty }));
  const lines =
    facts.decided.length > 0
      ? facts.decided.filter(({ qty }) => qty > 0).map(({ name, qty }) => ({ name, qty }))
      : named;
  return {
    ...head(refundNo, facts),
    template: 'refund-request',
    refundNo,
    saleNo: facts.sale?.saleNo ?? facts.charge?.saleNo ?? facts.saleNo ?? '',
    receiptNo: facts.receiptNo ?? facts.sale?.receipt?.receiptNo ?? facts.receipt?.receiptNo ?? '',
    reason: facts.refundReason ?? facts.request?.reasonText ?? facts.decided[0]?.reasonCode ?? '',
    lines,
    returned: facts.estimate?.returned,
    cashBack: facts.estimate?.cashBack,
    approvals: facts.approvals.map(({ role }) => role),
  };
}

function dosesOf(facts: CaseFacts): readonly PrintedDose[] {
  const all = facts.dosesView.length > 0 ? facts.dosesView : facts.doses;
  const listed = all.length > 0 ? all : facts.dose ? [facts.dose] : [];
  return listed
    .filter(({ executionId }) => executionId !== '')
    .map((one) => ({ ...one, barcode: barcodeOf(one.executionId) }));
}

function drugFacts(facts: CaseFacts): DrugFacts {
  const { order, labelFacts, orderNo } = facts;
  const drug = findDrug(order?.drugCode ?? '');
  const fallback = {
    drug: drug?.name ?? '',
    drugEn: drug?.nameEn ?? '',
    dose: `${order?.dose ?? ''} ${order?.doseUnit ?? ''}`.trim(),
    route: order?.route ?? '',
    freq: order?.freq ?? '',
    highAlert: drug?.highAlert ?? 'none',
  };
  return { ...fallback, ...labelFacts, orderNo, lightProtection: drug?.protectFromLight === true };
}

function label(template: 'bottle-label' | 'infusion-card', facts: CaseFacts): PrintDocument {
  const doses = dosesOf(facts);
  const ref = template === 'bottle-label' ? (doses[0]?.executionId ?? facts.orderNo) : facts.orderNo;
  return { ...head(ref, facts), barcode: barcodeOf(facts.orderNo), template, facts: drugFacts(facts), doses };
}

/** Makes a paper from a case; undefined when the case has nothing to print on it. */
export async function caseDocument(
  template: PrintTemplate,
  facts: CaseFacts,
  desk: HospitalDesk,
): Promise<PrintDocument | undefined> {
  switch (template) {
    case 'guide-slip':
    case 'preparation':
      return guide(template, facts);
    case 'exam-request':
      return examRequest(facts);
    case 'charge-list':
      return chargeList(facts);
    case 'refund-request':
      return refundRequest(facts);
    case 'receipt': {
      const saleNo = facts.charge?.saleNo || facts.sale?.saleNo || facts.saleNo;
      const file = saleNo ? await desk.sales.find(saleNo) : undefined;
      const document = file && receiptDocument(file, facts.newReceipt?.receiptNo || undefined);
      return document && { ...document, patient: readPatient(facts.patient) };
    }
    case 'bottle-label':
    case 'infusion-card':
      return label(template, facts);
  }
}
