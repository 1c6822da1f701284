import { z } from 'zod';
import { changeBook } from '../book-store.ts';
import { inputOr } from '../input.ts';
import { done, refused, type SimulatedJob } from '../simulated-connector.ts';
import { describeSale } from './describe-sale.ts';
import { type Sale, type SaleLine, saleBook } from './sale-book.ts';

const returnedLines = z.array(
  z.object({ lineId: z.string(), qty: z.number().positive(), traceCodes: inputOr(z.array(z.string()), []) }),
);

const registerReturnInput = z.object({ saleNo: z.string().min(1), refundNo: z.string().min(1), lines: returnedLines });

function withReturn(sale: Sale, input: z.infer<typeof registerReturnInput>, at: string): Sale | undefined {
  if (sale.returns.some(({ refundNo }) => refundNo === input.refundNo)) return sale;
  const lines = sale.lines.map((line): SaleLine | undefined => {
    const back = input.lines.find(({ lineId }) => lineId === line.lineId);
    if (!back) return line;
    const returnedQty = line.returnedQty + back.qty;
    if (returnedQty > line.qty) return undefined;
    return {
      ...line,
      returnedQty,
      state: returnedQty === line.qty ? 'returned' : line.state,
      returnedTraceCodes: [...line.returnedTraceCodes, ...back.traceCodes],
    };
  });
  if (!lines.every((line) => line !== undefined)) return undefined;
  const returnedIds = input.lines.map(({ lineId }) => lineId);
  return {
    ...sale,
    lines,
    returns: [...sale.returns, { refundNo: input.refundNo, at, lines: input.lines }],
    holds: sale.holds.filter((hold) => !hold.lines.some(({ lineId }) => returnedIds.includes(lineId))),
  };
}

/** Notes in the registry what came back. */
export const registerReturnJob: SimulatedJob<z.infer<typeof registerReturnInput>> = {
  jobType: 'his.register-return',
  delivery: 'idempotent',
  input: registerReturnInput,
  errors: ['over-return', 'sale-not-found'],
  async perform(input, delivery, context) {
    const noted = await changeBook(context.store, saleBook, input.saleNo, (sale) => {
      const after = sale ? withReturn(sale, input, delivery.at) : undefined;
      return { document: after ?? sale, answer: after !== undefined };
    });
    if (!noted) return refused('over-return', 'Expected no more to come back than was sold, but it is more.');
    return done({ sale: await describeSale(context, input.saleNo, delivery.at) });
  },
};

const heldLines = z.array(z.object({ lineId: z.string(), qty: z.number().positive() }));
const holdInput = z.object({ saleNo: z.string().min(1), holdNo: z.string().min(1), lines: heldLines });

function withHold(sale: Sale, input: z.infer<typeof holdInput>, at: string): Sale | undefined {
  if (sale.holds.some(({ holdNo }) => holdNo === input.holdNo)) return sale;
  const held = (lineId: string) =>
    sale.holds
      .flatMap(({ lines }) => lines)
      .filter((line) => line.lineId === lineId)
      .reduce((sum, { qty }) => sum + qty, 0);
  const fits = input.lines.every(({ lineId, qty }) => {
    const line = sale.lines.find((candidate) => candidate.lineId === lineId);
    return line !== undefined && qty <= line.qty - line.returnedQty - line.sessionsGiven - held(lineId);
  });
  return fits ? { ...sale, holds: [...sale.holds, { holdNo: input.holdNo, at, lines: input.lines }] } : undefined;
}

/** Holds units for one return, so that another one cannot take them meanwhile. */
export const holdReturnJob: SimulatedJob<z.infer<typeof holdInput>> = {
  jobType: 'his.hold-return',
  delivery: 'idempotent',
  input: holdInput,
  errors: ['return-in-progress', 'sale-not-found'],
  async perform(input, delivery, context) {
    const noted = await changeBook(context.store, saleBook, input.saleNo, (sale) => {
      const after = sale ? withHold(sale, input, delivery.at) : undefined;
      return { document: after ?? sale, answer: after !== undefined };
    });
    if (!noted) return refused('return-in-progress', 'Expected the units to be free, but another return holds them.');
    return done({ returnHold: { holdNo: input.holdNo, at: delivery.at } });
  },
};

const releaseInput = z.object({ saleNo: z.string().min(1), holdNo: z.string().min(1) });

/** Gives held units free again. */
export const releaseReturnJob: SimulatedJob<z.infer<typeof releaseInput>> = {
  jobType: 'his.release-return',
  delivery: 'idempotent',
  input: releaseInput,
  errors: [],
  async perform({ saleNo, holdNo }, delivery, context) {
    await changeBook(context.store, saleBook, saleNo, (sale) => ({
      document: sale && { ...sale, holds: sale.holds.filter((hold) => hold.holdNo !== holdNo) },
      answer: undefined,
    }));
    return done({ returnHold: { holdNo, at: delivery.at } });
  },
};
