import type { JsonObject } from '../../../engine/index.ts';
import { findDrug } from '../../hospital/catalogue.ts';
import { sourceBalances } from '../../hospital/ledger/balances.ts';
import { channels } from '../../hospital/ledger/payer.ts';
import type { SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { hospitalDay } from '../../hospital/roster.ts';
import { readBook } from '../book-store.ts';
import { readSale } from '../ledger-book.ts';
import { receiptBook, receiptOutput } from '../receipts/receipt-book.ts';
import type { SimulatorContext } from '../simulated-connector.ts';
import { isShiftOpen } from '../till-book.ts';
import { patientBook } from './patient-book.ts';
import { returnableQty, type Sale, type SaleLine, saleBook } from './sale-book.ts';

const isChannel = (payer: string) => channels.some((channel) => channel === payer);

function paymentsOf(ledger: SaleLedger) {
  return sourceBalances(ledger)
    .filter(({ payer }) => isChannel(payer))
    .map(({ payer, source, received, givenBack }) => ({
      channel: payer,
      txnNo: source,
      amount: received,
      refunded: givenBack,
    }));
}

function describeLine(sale: Sale, line: SaleLine): JsonObject {
  const drug = findDrug(line.code);
  return {
    ...line,
    spec: drug?.spec ?? '',
    returnableQty: returnableQty(sale, line),
    drugClass: drug?.drugClass ?? null,
    coldChain: drug?.coldChain ?? false,
  };
}

const day = 86_400_000;

function wholeDays(from: string, to: string): number {
  return Math.round((Date.parse(hospitalDay(to)) - Date.parse(hospitalDay(from))) / day);
}

/**
 * A sale as `his.find-sale` answers it, put together from the registry, the ledger, the receipt and the till.
 * Thrown when there is no such sale.
 */
export async function describeSale(context: SimulatorContext, saleNo: string, at: string): Promise<JsonObject> {
  const sale = await readBook(context.store, saleBook, saleNo);
  if (!sale) throw new Error(`Expected sale ${saleNo} to be in the registry, but it is not.`);
  const ledger = await readSale(context.store, saleNo);
  const shiftId = ledger.entries.find((entry) => entry.shiftId !== undefined)?.shiftId ?? null;
  const receipt = sale.receiptNo === null ? null : await readBook(context.store, receiptBook, sale.receiptNo);
  const { deceasedAt } = await readBook(context.store, patientBook, sale.patientId);
  const { registered: _registered, returns, holds: _holds, lines, receiptNo: _receiptNo, ...rest } = sale;
  return {
    ...rest,
    shiftId,
    shiftOpen: shiftId !== null && (await isShiftOpen(context, shiftId)),
    sameDay: sale.soldAt !== null && hospitalDay(sale.soldAt) === hospitalDay(at),
    daysSinceDispense: sale.dispensedAt === null ? null : wholeDays(sale.dispensedAt, at),
    insurance: sale.settlement === null ? 'self' : 'basic',
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    charged: ledger.lines.reduce((sum, { amount }) => sum + amount, 0),
    payments: paymentsOf(ledger),
    receipt: receipt ? receiptOutput(receipt) : null,
    patientDeceasedAt: deceasedAt,
    lines: lines.map((line) => describeLine(sale, line)),
    returns: returns.map(({ refundNo, at: returnedAt, lines: back }) => ({ refundNo, at: returnedAt, lines: back })),
  };
}
