import { z } from 'zod';
import { changeBook, readBook } from '../book-store.ts';
import { inputOr, optionalInput } from '../input.ts';
import { ledgerBook, noteCase } from '../ledger-book.ts';
import { done, refused, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { describeSale } from './describe-sale.ts';
import { orderBook } from './order-book.ts';
import { type ItemToPrice, kindOf, priceItems } from './prices.ts';
import {
  type PricedLine,
  paymentInput,
  pricedLineSchema,
  type Sale,
  type SaleLine,
  saleBook,
  settlementInput,
} from './sale-book.ts';

const priceInput = z.object({
  orderNo: z.string().min(1),
  version: inputOr(z.int().positive(), 1),
  patientId: z.string().min(1),
  encounterNo: z.string().nullish(),
  /** Only for sales made before a scenario starts; else the order decides. */
  saleNo: optionalInput(z.string().min(1)),
  items: z
    .array(z.object({ code: z.string(), qty: inputOr(z.number().positive(), 1), itemId: optionalInput(z.string()) }))
    .min(1),
});

/** One money account per order, whatever its version. */
export function saleNoOf(orderNo: string): string {
  return `S-${orderNo}`;
}

function newLine(line: PricedLine, orderedBy: string | null): SaleLine {
  return {
    ...line,
    kind: kindOf(line.code),
    state: 'paid',
    returnedQty: 0,
    sessionsGiven: 0,
    batchNo: null,
    expiry: null,
    traceCodes: [],
    returnedTraceCodes: [],
    orderedBy,
  };
}

type PriceInput = z.infer<typeof priceInput>;

function pricedSale(input: PriceInput, saleNo: string, lines: readonly PricedLine[], kind: Sale['kind']): Sale {
  return {
    saleNo,
    orderNo: input.orderNo,
    patientId: input.patientId,
    encounterNo: input.encounterNo ?? null,
    kind,
    pharmacy: null,
    registered: false,
    soldAt: null,
    chargedBy: null,
    dispensedBy: null,
    dispensedAt: null,
    lines: lines.map((line) => newLine(line, null)),
    settlement: null,
    receiptNo: null,
    returns: [],
    holds: [],
  };
}

async function openAccount(
  context: SimulatorContext,
  saleNo: string,
  patientId: string,
  caseId: string,
): Promise<void> {
  await changeBook(context.store, ledgerBook, saleNo, (sale) => ({
    document: { ...sale, patientId },
    answer: undefined,
  }));
  await noteCase(context.store, saleNo, caseId);
}

/** Prices the items of an order and opens the sale's money account. */
export const priceOrderJob: SimulatedJob<PriceInput> = {
  jobType: 'his.price-order',
  delivery: 'idempotent',
  input: priceInput,
  errors: ['item-not-found', 'item-inactive'],
  async perform(input, delivery, context) {
    const items: readonly ItemToPrice[] = input.items;
    const priced = priceItems(items);
    if (!priced.ok) return refused(priced.code, priced.message);
    const saleNo = input.saleNo ?? saleNoOf(input.orderNo);
    await openAccount(context, saleNo, input.patientId, delivery.caseId);
    await changeBook(context.store, saleBook, saleNo, (sale) => ({
      document: sale?.registered ? sale : pricedSale(input, saleNo, priced.lines, priced.kind),
      answer: undefined,
    }));
    await changeBook(context.store, orderBook, input.orderNo, (order) => ({
      document: { ...order, saleNo, patientId: order.patientId ?? input.patientId },
      answer: undefined,
    }));
    const total = priced.lines.reduce((sum, { amount }) => sum + amount, 0);
    const { orderNo, version } = input;
    return done({ charge: { saleNo, orderNo, version, kind: priced.kind, lines: priced.lines, total } });
  },
};

const registerInput = z.object({
  saleNo: z.string().min(1),
  orderNo: z.string().min(1),
  version: inputOr(z.int().positive(), 1),
  patientId: z.string().min(1),
  encounterNo: z.string().nullish(),
  kind: z.enum(['exam', 'drug', 'treatment']),
  lines: z.array(pricedLineSchema).min(1),
  total: z.int().min(0),
  payments: inputOr(z.array(paymentInput), []),
  settlement: settlementInput.nullish(),
  receipt: z.object({ receiptNo: z.string() }).nullish(),
  clerkId: z.string().nullish(),
  orderedBy: z.string().nullish(),
  pharmacy: z.string().nullish(),
});

type RegisterInput = z.infer<typeof registerInput>;

function registered(input: RegisterInput, before: Sale | null, at: string): Sale {
  const kept = (lineId: string, code: string) =>
    before?.lines.find((line) => line.lineId === lineId && line.code === code);
  return {
    saleNo: input.saleNo,
    orderNo: input.orderNo,
    patientId: input.patientId,
    encounterNo: input.encounterNo ?? before?.encounterNo ?? null,
    kind: input.kind,
    pharmacy: input.pharmacy ?? before?.pharmacy ?? (input.kind === 'drug' ? 'OPH' : null),
    registered: true,
    soldAt: before?.soldAt ?? at,
    chargedBy: input.clerkId ?? before?.chargedBy ?? null,
    dispensedBy: before?.dispensedBy ?? null,
    dispensedAt: before?.dispensedAt ?? null,
    lines: input.lines.map((line) => ({
      ...newLine(line, input.orderedBy ?? null),
      ...kept(line.lineId, line.code),
      ...line,
    })),
    settlement: input.settlement ?? null,
    receiptNo: input.receipt?.receiptNo ?? before?.receiptNo ?? null,
    returns: before?.returns ?? [],
    holds: before?.holds ?? [],
  };
}

function sameLines(sale: Sale, input: RegisterInput): boolean {
  const key = (line: { lineId: string; code: string; qty: number }) => `${line.lineId} ${line.code} ${line.qty}`;
  return sale.lines.map(key).join() === input.lines.map(key).join();
}

/** Enters a paid sale in the registry; a changed order enters its next version. */
export const registerSaleJob: SimulatedJob<RegisterInput> = {
  jobType: 'his.register-sale',
  delivery: 'idempotent',
  input: registerInput,
  errors: ['sale-exists'],
  async perform(input, delivery, context) {
    const entered = await changeBook(context.store, saleBook, input.saleNo, (before) => {
      const exists = before?.registered && input.version === 1 && !sameLines(before, input);
      return exists
        ? { document: before, answer: false }
        : { document: registered(input, before, delivery.at), answer: true };
    });
    if (!entered)
      return refused('sale-exists', `Expected ${input.saleNo} to be new or unchanged, but it has other lines.`);
    return done({ sale: await describeSale(context, input.saleNo, delivery.at) });
  },
};

const findInput = z
  .object({
    saleNo: z.string().nullish(),
    receiptNo: z.string().nullish(),
    orderNo: z.string().nullish(),
    patientId: z.string().nullish(),
  })
  .refine(
    ({ saleNo, receiptNo, orderNo }) => Boolean(saleNo ?? receiptNo ?? orderNo),
    'expected saleNo, receiptNo or orderNo',
  );

async function saleByNumbers(context: SimulatorContext, input: z.infer<typeof findInput>): Promise<Sale | null> {
  if (input.saleNo) return readBook(context.store, saleBook, input.saleNo);
  if (input.orderNo) {
    const { saleNo } = await readBook(context.store, orderBook, input.orderNo);
    return readBook(context.store, saleBook, saleNo ?? saleNoOf(input.orderNo));
  }
  const rows = await context.store.list(saleBook.name);
  for (const { key } of rows) {
    const sale = await readBook(context.store, saleBook, key);
    if (sale?.receiptNo === input.receiptNo) return sale;
  }
  return null;
}

/** Finds a sale to return from. */
export const findSaleJob: SimulatedJob<z.infer<typeof findInput>> = {
  jobType: 'his.find-sale',
  delivery: 'idempotent',
  reads: true,
  input: findInput,
  errors: ['sale-not-found', 'other-patient'],
  async perform(input, delivery, context) {
    const sale = await saleByNumbers(context, input);
    if (!sale?.registered)
      return refused('sale-not-found', 'Expected a registered sale with this number, but there is none.');
    if (input.patientId && input.patientId !== sale.patientId) {
      return refused('other-patient', 'Expected a sale of this patient, but it is somebody else’s.');
    }
    await noteCase(context.store, sale.saleNo, delivery.caseId);
    return done({ sale: await describeSale(context, sale.saleNo, delivery.at) });
  },
};
