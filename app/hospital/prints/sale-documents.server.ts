import { readPatient } from '../../ui/patient.ts';
import type { SaleFile } from '../hospital-desk.server.ts';
import { findPatient, patientVariable } from '../patients.ts';
import { barcodeOf } from './barcode.server.ts';
import { moneyInWords } from './money-in-words.ts';
import type { PrintDocument, PrintTemplate } from './print-document.ts';

/** The newest receipt of a sale that is not red-lettered, or the one asked for. */
export function receiptDocument(file: SaleFile, receiptNo?: string): PrintDocument | undefined {
  const present = file.receipts.find(({ state }) => state !== 'red-lettered') ?? file.receipts[0];
  const receipt = receiptNo ? file.receipts.find((one) => one.receiptNo === receiptNo) : present;
  if (!receipt) return undefined;
  const { receiptCode, checkCode, state, issuedAt, lines, total, shares, payments } = receipt;
  return {
    template: 'receipt',
    ref: receipt.receiptNo,
    barcode: barcodeOf(receipt.receiptNo),
    receiptNo: receipt.receiptNo,
    receiptCode,
    checkCode,
    state,
    issuedAt,
    lines,
    total,
    inWords: moneyInWords(total),
    shares,
    payments,
    redReceiptNo: receipt.red?.receiptNo,
  };
}

function chargeList({ sale, receipts }: SaleFile): PrintDocument {
  const payments = receipts.at(-1)?.payments ?? [];
  const { settlement, lines, saleNo } = sale;
  return {
    template: 'charge-list',
    ref: saleNo,
    barcode: barcodeOf(saleNo),
    number: saleNo,
    at: sale.soldAt ?? undefined,
    lines,
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    shares: settlement ?? undefined,
    payments,
  };
}

function refundRequest({ sale }: SaleFile): PrintDocument | undefined {
  const last = sale.returns.at(-1);
  if (!last) return undefined;
  const nameOf = (lineId: string) => sale.lines.find((line) => line.lineId === lineId)?.name ?? lineId;
  return {
    template: 'refund-request',
    ref: last.refundNo,
    barcode: barcodeOf(last.refundNo),
    refundNo: last.refundNo,
    saleNo: sale.saleNo,
    receiptNo: sale.receiptNo ?? '',
    reason: '',
    lines: last.lines.map(({ lineId, qty }) => ({ name: nameOf(lineId), qty })),
    approvals: [],
  };
}

/** Makes a paper from a sale; undefined when the sale has nothing to print on it. */
export function saleDocument(template: PrintTemplate, file: SaleFile, at: string): PrintDocument | undefined {
  const makers: Partial<Record<PrintTemplate, (from: SaleFile) => PrintDocument | undefined>> = {
    'charge-list': chargeList,
    receipt: (from) => receiptDocument(from),
    'refund-request': refundRequest,
  };
  const document = makers[template]?.(file);
  const patient = findPatient(file.sale.patientId);
  return document && { ...document, patient: patient && readPatient(patientVariable(patient, at)) };
}
