import { z } from 'zod';
import { hospitalDay } from '../../hospital/roster.ts';
import { changeBook, readBook } from '../book-store.ts';
import { saleBook } from '../his/sale-book.ts';
import { inputOr } from '../input.ts';
import { type Delivery, done, refused, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { type DrugStock, dispenseBook, pick, stockBook } from './stock-book.ts';
import { traceBook } from './trace-book.ts';

const dispenseInput = z
  .object({
    saleNo: z.string().min(1).nullish(),
    orderNo: z.string().min(1).nullish(),
    lines: z.array(z.object({ lineId: z.string().min(1), code: z.string(), qty: z.number().positive() })).min(1),
    pharmacy: z.string().nullish(),
    dispenserId: z.string().nullish(),
  })
  .refine(({ saleNo, orderNo }) => Boolean(saleNo ?? orderNo), 'expected saleNo or orderNo');

type DispenseInput = z.infer<typeof dispenseInput>;
type Line = DispenseInput['lines'][number];

const numberOf = (input: DispenseInput) => input.saleNo ?? input.orderNo ?? '';

async function dispenseLine(number: string, line: Line, at: string, context: SimulatorContext) {
  const key = `${number}/${line.lineId}`;
  const known = await readBook(context.store, dispenseBook, key);
  if (known) return known;
  const picked = await changeBook(context.store, stockBook, line.code, (stock) => {
    const taken = pick(stock, line.qty, hospitalDay(at));
    return { document: taken?.stock ?? stock, answer: taken?.picked };
  });
  if (!picked) return undefined;
  const made = { ...line, ...picked, dispenseNo: `D-${number}`, at };
  await changeBook(context.store, dispenseBook, key, () => ({ document: made, answer: undefined }));
  return made;
}

/** Enters batch and codes in the sale's lines, so that a return can be checked against them. */
async function notePicked(
  input: DispenseInput,
  lines: readonly { lineId: string; batchNo: string; expiry: string; traceCodes: string[] }[],
  context: SimulatorContext,
): Promise<void> {
  if (!input.saleNo) return;
  await changeBook(context.store, saleBook, input.saleNo, (sale) => ({
    document: sale && {
      ...sale,
      pharmacy: input.pharmacy ?? sale.pharmacy,
      dispensedBy: input.dispenserId ?? sale.dispensedBy,
      lines: sale.lines.map((line) => {
        const picked = lines.find(({ lineId }) => lineId === line.lineId);
        if (!picked || line.state !== 'paid') return line;
        const { batchNo, expiry, traceCodes } = picked;
        return { ...line, batchNo, expiry, traceCodes, state: 'picked' as const };
      }),
    },
    answer: undefined,
  }));
}

async function shortage(input: DispenseInput, context: SimulatorContext): Promise<string | undefined> {
  for (const line of input.lines) {
    const known = await readBook(context.store, dispenseBook, `${numberOf(input)}/${line.lineId}`);
    const stock = await readBook(context.store, stockBook, line.code);
    if (!known && stock.onHand < line.qty) return line.code;
  }
  return undefined;
}

/** Picks batch and boxes for the lines of a sale or an order; all lines or none. */
export const dispenseJob: SimulatedJob<DispenseInput> = {
  jobType: 'stock.dispense',
  delivery: 'idempotent',
  input: dispenseInput,
  errors: ['out-of-stock'],
  async perform(input, { at }: Delivery, context) {
    const short = await shortage(input, context);
    if (short !== undefined)
      return refused('out-of-stock', `Expected ${short} to be in stock, but there is not enough.`);
    const lines = [];
    for (const line of input.lines) {
      const made = await dispenseLine(numberOf(input), line, at, context);
      if (!made) return refused('out-of-stock', `Expected ${line.code} to be on the drug list, but it is not.`);
      const { dispenseNo: _dispenseNo, at: _at, ...picked } = made;
      lines.push(picked);
    }
    await notePicked(input, lines, context);
    return done({ dispensed: { dispenseNo: `D-${numberOf(input)}`, dispensedAt: at, lines } });
  },
};

const backInput = z.object({
  refundNo: z.string().min(1),
  lines: z
    .array(
      z.object({
        code: z.string(),
        qty: z.number().positive(),
        batchNo: z.string().nullish(),
        traceCodes: inputOr(z.array(z.string()), []),
      }),
    )
    .min(1),
  location: z.string().nullish(),
  reason: z.string().nullish(),
});

type BackInput = z.infer<typeof backInput>;

function withReturned(
  stock: DrugStock,
  input: BackInput,
  place: DrugStock['returned'][number]['place'],
  at: string,
): DrugStock {
  if (stock.returned.some(({ refundNo, place: where }) => refundNo === input.refundNo && where === place)) return stock;
  const lines = input.lines.filter(({ code }) => code === stock.drugCode);
  const qty = lines.reduce((sum, line) => sum + line.qty, 0);
  const entry = {
    refundNo: input.refundNo,
    place,
    qty,
    traceCodes: lines.flatMap(({ traceCodes }) => traceCodes),
    batchNo: lines[0]?.batchNo ?? null,
    at,
    reason: input.reason ?? null,
  };
  return { ...stock, onHand: stock.onHand + (place === 'sellable' ? qty : 0), returned: [...stock.returned, entry] };
}

async function putBack(input: BackInput, place: 'sellable' | 'quarantine', at: string, context: SimulatorContext) {
  for (const code of new Set(input.lines.map((line) => line.code))) {
    await changeBook(context.store, stockBook, code, (stock) => ({
      document: withReturned(stock, input, place, at),
      answer: undefined,
    }));
  }
}

/** Puts returned boxes on the shelf again. */
export const restockJob: SimulatedJob<BackInput> = {
  jobType: 'stock.restock',
  delivery: 'idempotent',
  input: backInput,
  errors: ['code-still-sold'],
  async perform(input, { at }, context) {
    for (const code of input.lines.flatMap(({ traceCodes }) => traceCodes)) {
      const { state } = await readBook(context.store, traceBook, code);
      if (state === 'sold')
        return refused('code-still-sold', `Expected ${code} to be unsold before it is sold again, but it is sold.`);
    }
    await putBack(input, 'sellable', at, context);
    return done({ restocked: { lines: input.lines, at } });
  },
};

/** Puts returned boxes aside: they are never sold again. */
export const quarantineJob: SimulatedJob<BackInput> = {
  jobType: 'stock.quarantine',
  delivery: 'idempotent',
  input: backInput,
  errors: [],
  async perform(input, { at }, context) {
    await putBack(input, 'quarantine', at, context);
    return done({ quarantined: { lines: input.lines, at } });
  },
};

/** Takes boxes out again that had come back, for the patient who keeps them after all. */
export const takeBackJob: SimulatedJob<BackInput> = {
  jobType: 'stock.take-back',
  delivery: 'idempotent',
  input: backInput,
  errors: ['code-moved'],
  async perform(input, { at }, context) {
    for (const code of input.lines.flatMap(({ traceCodes }) => traceCodes)) {
      const { state } = await readBook(context.store, traceBook, code);
      if (state === 'sold')
        return refused('code-moved', `Expected ${code} to lie in the pharmacy, but it was sold again.`);
    }
    for (const code of new Set(input.lines.map((line) => line.code))) {
      await changeBook(context.store, stockBook, code, (stock) => {
        const back = stock.returned.filter(({ refundNo }) => refundNo === input.refundNo);
        const sellable = back.filter(({ place }) => place === 'sellable').reduce((sum, { qty }) => sum + qty, 0);
        const returned = stock.returned.filter(({ refundNo }) => refundNo !== input.refundNo);
        return { document: { ...stock, onHand: stock.onHand - sellable, returned }, answer: undefined };
      });
    }
    return done({ takenBack: { lines: input.lines, at } });
  },
};
