import type { Instant } from '../../engine/index.ts';
import { type BookStore, changeBook, listBook, readBook } from '../simulators/book-store.ts';
import { type Debt, debtBook, debtNoOf } from '../simulators/his/debt.ts';
import { type Sale, saleBook } from '../simulators/his/sale-book.ts';
import { listSales, readSale } from '../simulators/ledger-book.ts';
import { nextPrint, printBook } from '../simulators/paper/connectors.ts';
import { type Receipt, receiptBook } from '../simulators/receipts/receipt-book.ts';
import { tillBook } from '../simulators/till-book.ts';
import type { SaleLedger } from './ledger/sale-ledger.ts';
import { hospitalDay } from './roster.ts';
import { type DaySettlement, settleDay } from './till/day-settlement.ts';
import {
  type CashCount,
  closeShift,
  noteShiftEvent,
  openShift,
  openShiftOf,
  type Shift,
  type TillResult,
} from './till/shift.ts';

/** A sale with what the registry, the ledger and the receipts know about it. */
export type SaleFile = {
  readonly sale: Sale;
  readonly ledger: SaleLedger;
  /** Newest first; a red-lettered one is among them. */
  readonly receipts: readonly Receipt[];
  readonly debt: Debt | null;
};

/** How often a paper was printed, and whether the next one is a reprint (补打). */
export type PrintCount = { readonly copies: number };

/** What the charge office's screens and the print pages work with. */
export type HospitalDesk = {
  readonly till: {
    openShiftOf(clerkId: string): Promise<Shift | undefined>;
    /** Newest first; of one clerk, or that were open on one day (Asia/Shanghai), where asked for. */
    shifts(query: { readonly clerkId?: string; readonly day?: string }): Promise<readonly Shift[]>;
    shift(shiftId: string): Promise<Shift | undefined>;
    open(request: { readonly clerkId: string; readonly float: number; readonly at: Instant }): Promise<TillResult>;
    close(request: {
      readonly clerkId: string;
      readonly count: CashCount;
      readonly note: string;
      readonly at: Instant;
    }): Promise<TillResult>;
  };
  /** The day's settlement over all tills (Asia/Shanghai). */
  daySettlement(day: string): Promise<DaySettlement>;
  readonly sales: {
    find(saleNo: string): Promise<SaleFile | undefined>;
    /** By sale number, order number, receipt number or patient; newest first. */
    search(text: string, limit: number): Promise<readonly Sale[]>;
  };
  readonly prints: {
    count(template: string, ref: string): Promise<PrintCount>;
    /** Counts one more copy; a clerk's reprint is an event of the shift. */
    record(request: {
      readonly template: string;
      readonly ref: string;
      readonly by: string;
      readonly key: string;
      readonly at: Instant;
    }): Promise<PrintCount>;
  };
};

async function changeTill(
  store: BookStore,
  clerkId: string,
  change: (till: Parameters<typeof openShift>[0]) => TillResult,
) {
  return changeBook(store, tillBook, clerkId, (till) => {
    const result = change(till);
    return { document: result.ok ? result.till : till, answer: result };
  });
}

function wasOpenOn(shift: Shift, day: string): boolean {
  const closed = shift.closing ? hospitalDay(shift.closing.at) : day;
  return hospitalDay(shift.openedAt) <= day && day <= closed;
}

function createTill(store: BookStore): HospitalDesk['till'] {
  const all = async () => (await listBook(store, tillBook)).flatMap(({ shifts }) => shifts);
  return {
    openShiftOf: async (clerkId) => openShiftOf(await readBook(store, tillBook, clerkId)),
    async shifts({ clerkId, day }) {
      const found = (await all())
        .filter((shift) => clerkId === undefined || shift.clerkId === clerkId)
        .filter((shift) => day === undefined || wasOpenOn(shift, day));
      return found.sort((one, other) => (one.openedAt < other.openedAt ? 1 : -1));
    },
    shift: async (shiftId) => (await all()).find((shift) => shift.shiftId === shiftId),
    open: ({ clerkId, float, at }) => changeTill(store, clerkId, (till) => openShift(till, { at, float })),
    close: ({ clerkId, ...request }) => changeTill(store, clerkId, (till) => closeShift(till, request)),
  };
}

async function salesOf(store: BookStore): Promise<readonly Sale[]> {
  return (await listBook(store, saleBook)).flatMap((sale) => (sale?.registered ? [sale] : []));
}

function fits(sale: Sale, wanted: string): boolean {
  return [sale.saleNo, sale.orderNo, sale.receiptNo, sale.patientId].some((text) => text?.toLowerCase() === wanted);
}

function createSales(store: BookStore): HospitalDesk['sales'] {
  return {
    async find(saleNo) {
      const sale = await readBook(store, saleBook, saleNo);
      if (!sale) return undefined;
      const receipts = (await listBook(store, receiptBook)).flatMap((one) => (one?.saleNo === saleNo ? [one] : []));
      return {
        sale,
        ledger: await readSale(store, saleNo),
        receipts: receipts.sort((one, other) => (one.receiptNo < other.receiptNo ? 1 : -1)),
        debt: await readBook(store, debtBook, debtNoOf(saleNo)),
      };
    },
    async search(text, limit) {
      const wanted = text.trim().toLowerCase();
      if (wanted === '') return [];
      return (await salesOf(store))
        .filter((sale) => fits(sale, wanted))
        .sort((one, other) => ((one.soldAt ?? '') < (other.soldAt ?? '') ? 1 : -1))
        .slice(0, limit);
    },
  };
}

function createPrints(store: BookStore): HospitalDesk['prints'] {
  const place = (template: string, ref: string) => `${template}/${ref}`;
  return {
    count: async (template, ref) => ({ copies: (await readBook(store, printBook, place(template, ref))).jobs.length }),
    async record({ template, ref, by, key, at }) {
      const job = await changeBook(store, printBook, place(template, ref), (book) => nextPrint(book, { key, at, by }));
      if (job.copyNo > 1) {
        const event = {
          at,
          kind: 'reprint',
          channel: null,
          amount: 0,
          ref: place(template, ref),
          saleNo: null,
          key,
        } as const;
        await changeTill(store, by, (till) => noteShiftEvent(till, event));
      }
      return { copies: job.copyNo };
    },
  };
}

/** The charge office and the printing of papers, on the hospital's books. */
export function createHospitalDesk(store: BookStore): HospitalDesk {
  const till = createTill(store);
  return {
    till,
    daySettlement: async (day) => settleDay(day, await till.shifts({ day }), await listSales(store)),
    sales: createSales(store),
    prints: createPrints(store),
  };
}
