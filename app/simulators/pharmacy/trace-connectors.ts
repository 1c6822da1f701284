import { z } from 'zod';
import { changeBook, readBook } from '../book-store.ts';
import { saleBook } from '../his/sale-book.ts';
import { done, refused, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { type TraceEntry, traceBook } from './trace-book.ts';

const codes = z.array(z.string().regex(/^\d{20}$/, 'expected 20 digits'));

const checkInput = z.object({
  codes: z.array(z.string()),
  saleNo: z.string().nullish(),
  patientId: z.string().nullish(),
});

type CheckInput = z.infer<typeof checkInput>;

function belongs(entry: TraceEntry, { saleNo, patientId }: CheckInput): boolean {
  if (entry.state !== 'sold') return false;
  return (!saleNo || entry.saleNo === saleNo) && (!patientId || entry.patientId === patientId);
}

/** Says what the platform knows about trace codes. */
export const traceCheckJob: SimulatedJob<CheckInput> = {
  jobType: 'trace.check',
  delivery: 'idempotent',
  reads: true,
  input: checkInput,
  errors: [],
  async perform(input, _delivery, context) {
    const entries = await Promise.all(input.codes.map((code) => readBook(context.store, traceBook, code)));
    const results = entries.map((entry) => ({
      code: entry.code,
      state: entry.state,
      saleNo: entry.saleNo,
      belongs: belongs(entry, input),
      doubleSale: entry.doubleSale,
    }));
    return done({
      trace: {
        results,
        allBelong: results.every((result) => result.belongs),
        anyDoubleSale: results.some((result) => result.doubleSale),
      },
    });
  },
};

const sellInput = z.object({ saleNo: z.string().min(1), patientId: z.string().min(1), codes });

/** A line whose every code is sold has been handed over. */
async function noteHandedOver(saleNo: string, at: string, context: SimulatorContext): Promise<void> {
  const sale = await readBook(context.store, saleBook, saleNo);
  if (!sale) return;
  const sold = new Set<string>();
  for (const code of sale.lines.flatMap(({ traceCodes }) => traceCodes)) {
    const entry = await readBook(context.store, traceBook, code);
    if (entry.state === 'sold' && entry.saleNo === saleNo) sold.add(code);
  }
  await changeBook(context.store, saleBook, saleNo, (before) => ({
    document: before && {
      ...before,
      dispensedAt: before.dispensedAt ?? at,
      lines: before.lines.map((line) =>
        line.state === 'picked' && line.traceCodes.length > 0 && line.traceCodes.every((code) => sold.has(code))
          ? { ...line, state: 'dispensed' as const }
          : line,
      ),
    },
    answer: undefined,
  }));
}

/** Marks trace codes as sold to a patient. */
export const traceSellJob: SimulatedJob<z.infer<typeof sellInput>> = {
  jobType: 'trace.sell',
  delivery: 'idempotent',
  input: sellInput,
  errors: ['sold-elsewhere', 'unknown-code'],
  async perform({ saleNo, patientId, codes: sold }, { at }, context) {
    for (const code of sold) {
      const entry = await readBook(context.store, traceBook, code);
      if (entry.state === 'unknown')
        return refused('unknown-code', `Expected ${code} to be on the platform, but it is not.`);
      if (entry.state === 'sold' && entry.saleNo !== saleNo) {
        await changeBook(context.store, traceBook, code, (one) => ({
          document: { ...one, doubleSale: true },
          answer: undefined,
        }));
        return refused('sold-elsewhere', `Expected ${code} to be unsold, but it was sold before.`);
      }
    }
    for (const code of sold) {
      await changeBook(context.store, traceBook, code, (one) => ({
        document: { ...one, state: 'sold' as const, saleNo, patientId, soldAt: one.soldAt ?? at },
        answer: undefined,
      }));
    }
    await noteHandedOver(saleNo, at, context);
    return done({ traceSold: { codes: sold, soldAt: at } });
  },
};

const unsellInput = z.object({ saleNo: z.string().min(1), refundNo: z.string().min(1), codes });

/** Marks trace codes as unsold again: their boxes came back. */
export const traceUnsellJob: SimulatedJob<z.infer<typeof unsellInput>> = {
  jobType: 'trace.unsell',
  delivery: 'idempotent',
  input: unsellInput,
  errors: ['not-sold', 'sold-elsewhere'],
  async perform({ saleNo, refundNo, codes: back }, { at }, context) {
    const undone = { name: 'trace-returns', schema: z.array(z.string()), empty: (): string[] => [] };
    const before = await readBook(context.store, undone, refundNo);
    for (const code of back.filter((one) => !before.includes(one))) {
      const entry = await readBook(context.store, traceBook, code);
      if (entry.state !== 'sold') return refused('not-sold', `Expected ${code} to be sold, but it is ${entry.state}.`);
      if (entry.saleNo !== saleNo)
        return refused('sold-elsewhere', `Expected ${code} to belong to ${saleNo}, but it does not.`);
    }
    for (const code of back.filter((one) => !before.includes(one))) {
      await changeBook(context.store, traceBook, code, (one) => ({
        document: { ...one, state: 'unsold' as const, saleNo: null, patientId: null, soldAt: null },
        answer: undefined,
      }));
    }
    await changeBook(context.store, undone, refundNo, (list) => ({
      document: [...new Set([...list, ...back])],
      answer: undefined,
    }));
    return done({ traceUnsold: { codes: back, unsoldAt: at } });
  },
};
