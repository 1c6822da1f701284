import { z } from 'zod';
import { findDrug, traceCode } from '../../hospital/catalogue.ts';

const place = z.enum(['sellable', 'quarantine', 'destroy']);

const stockSchema = z.object({
  drugCode: z.string(),
  /** Units left in the pharmacy. */
  onHand: z.int(),
  /** Serial number of the next box that was never out. */
  nextSerial: z.int(),
  /** Boxes that came back, by where they lie now. */
  returned: z.array(
    z.object({
      refundNo: z.string(),
      place,
      qty: z.number(),
      traceCodes: z.array(z.string()),
      batchNo: z.string().nullable(),
      at: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});

/** Stock of one drug. */
export type DrugStock = z.infer<typeof stockSchema>;

const firstStock = 2_000;
const boxesPerBatch = 500;

/** The pharmacy's stock, by drug. */
export const stockBook = {
  name: 'pharmacy-stock',
  schema: stockSchema,
  empty: (drugCode: string): DrugStock => ({ drugCode, onHand: firstStock, nextSerial: 1, returned: [] }),
};

const dispensedLine = z.object({
  lineId: z.string(),
  code: z.string(),
  qty: z.number(),
  batchNo: z.string(),
  expiry: z.string(),
  traceCodes: z.array(z.string()),
});

/** What was picked for a line of a sale or an order, by `<number>/<line>`. */
export const dispenseBook = {
  name: 'dispensed-lines',
  schema: dispensedLine.extend({ dispenseNo: z.string(), at: z.string() }).nullable(),
  empty: (): (z.infer<typeof dispensedLine> & { dispenseNo: string; at: string }) | null => null,
};

/** Boxes taken from the shelf: one batch, one trace code a unit. */
export type Picked = { readonly batchNo: string; readonly expiry: string; readonly traceCodes: string[] };

/** Takes `qty` units, whole boxes never out before; undefined when there are not so many. */
export function pick(
  stock: DrugStock,
  qty: number,
  today: string,
): { readonly stock: DrugStock; readonly picked: Picked } | undefined {
  const drug = findDrug(stock.drugCode);
  if (!drug || stock.onHand < qty) return undefined;
  const units = Math.ceil(qty);
  const batch = Math.floor((stock.nextSerial - 1) / boxesPerBatch) + 1;
  const traceCodes = Array.from({ length: units }, (_, position) => traceCode(drug, stock.nextSerial + position));
  const year = Number(today.slice(0, 4)) + 1 + (batch % 2);
  return {
    stock: { ...stock, onHand: stock.onHand - units, nextSerial: stock.nextSerial + units },
    picked: { batchNo: `TEST-${drug.traceGroup}-${batch}`, expiry: `${year}-06-30`, traceCodes },
  };
}
