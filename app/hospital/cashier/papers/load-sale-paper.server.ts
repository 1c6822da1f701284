import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { barcodeOf } from '../../../print/barcode.server.ts';
import { moneyInWords } from '../../../print/money-in-words.ts';
import { problem } from '../../../problem.ts';
import { recordRead } from '../../../security/record-read.server.ts';
import { readPatient } from '../../../ui/patient.ts';
import type { SaleFile } from '../../hospital-desk.server.ts';
import { findPatient, patientVariable } from '../../patients.ts';
import { type SalePaper, type SalePaperKind, salePapers } from './sale-paper.ts';

function chargeList({ sale, receipts }: SaleFile): SalePaper {
  const { saleNo, lines, settlement, soldAt } = sale;
  return {
    kind: 'charge-list',
    number: saleNo,
    bars: barcodeOf(saleNo),
    chargedAt: soldAt ?? undefined,
    lines,
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    shares: settlement ?? undefined,
    payments: receipts.at(-1)?.payments ?? [],
  };
}

/** The receipt that holds; the last red-lettered one when none does. */
function receiptOf({ receipts }: SaleFile): SalePaper | undefined {
  const receipt = receipts.find(({ state }) => state !== 'red-lettered') ?? receipts[0];
  if (!receipt) return undefined;
  const { receiptNo, receiptCode, checkCode, issuedAt, lines, total, shares, payments, red } = receipt;
  return {
    kind: 'receipt',
    number: receiptNo,
    bars: barcodeOf(receiptNo),
    ...{ receiptCode, checkCode, issuedAt, lines, total, shares, payments },
    inWords: moneyInWords(total),
    redReceiptNo: red?.receiptNo,
  };
}

function refundRequest({ sale }: SaleFile): SalePaper | undefined {
  const last = sale.returns.at(-1);
  if (!last) return undefined;
  const nameOf = (lineId: string) => sale.lines.find((line) => line.lineId === lineId)?.name ?? lineId;
  return {
    kind: 'refund-request',
    number: last.refundNo,
    bars: barcodeOf(last.refundNo),
    saleNo: sale.saleNo,
    receiptNo: sale.receiptNo ?? '',
    lines: last.lines.map(({ lineId, qty }) => ({ name: nameOf(lineId), qty })),
  };
}

const makers: Readonly<Record<SalePaperKind, (file: SaleFile) => SalePaper | undefined>> = {
  'charge-list': chargeList,
  receipt: receiptOf,
  'refund-request': refundRequest,
};

/**
 * A paper of a sale; the look at it is written down.
 * @throws a 404 answer when the sale or the paper is not there
 */
export async function loadSalePaper(
  context: AppLoadContext,
  params: Readonly<Record<string, string | undefined>>,
): Promise<SalePaper> {
  const kind = salePapers.find((one) => one === params.paper);
  const { hospital, clock } = context.services;
  const file = kind && (await hospital.sales.find(params.saleNo ?? ''));
  const paper = file && makers[kind](file);
  if (!file || !paper) throw problem({ status: 404, code: 'cashier:noSuchPaper', back: '/cashier' });
  const { patientId } = file.sale;
  await recordRead(context, { screen: `print-${kind}`, patientIds: [patientId] });
  const patient = findPatient(patientId);
  return { ...paper, patient: patient && readPatient(patientVariable(patient, clock.now())) };
}

/** Names one press of the print button: pressed twice, it counts once. */
export function newPrintKey(): string {
  return randomUUID();
}
