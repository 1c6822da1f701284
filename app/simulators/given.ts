import { z } from 'zod';
import type { Connector, Instant } from '../../engine/index.ts';
import { pinnedSaleSchema } from '../hospital/pinned.ts';
import { changeBook, readBook } from './book-store.ts';
import { patientBook } from './his/patient-book.ts';
import { saleBook } from './his/sale-book.ts';
import { traceBook } from './pharmacy/trace-book.ts';
import { seedSales, setReceiptState } from './seed-sales.ts';
import type { SimulatorContext } from './simulated-connector.ts';

/** What a scenario presupposes beyond the pinned patients and sales. */
export const givenSchema = z.strictObject({
  sales: z.array(pinnedSaleSchema).optional(),
  /** Trace codes the platform saw sold twice. */
  doubleSoldCodes: z.array(z.string()).optional(),
  /** Sales all of whose trace codes the platform saw sold twice. */
  doubleSoldSales: z.array(z.string()).optional(),
  receiptStates: z.record(z.string(), z.enum(['normal', 'printed', 'reimbursed'])).optional(),
  /** Patients who died before the first step. */
  deceased: z.array(z.string()).optional(),
});

/** What a scenario presupposes beyond the pinned patients and sales. */
export type Given = z.infer<typeof givenSchema>;

async function markDoubleSold(context: SimulatorContext, code: string): Promise<void> {
  await changeBook(context.store, traceBook, code, (entry) => ({
    document: { ...entry, doubleSale: true },
    answer: undefined,
  }));
}

/** Enters what a scenario presupposes in the simulators' books. */
export async function applyGiven(
  context: SimulatorContext,
  connectors: readonly Connector[],
  given: Given,
  now: Instant,
): Promise<void> {
  await seedSales(context, connectors, given.sales ?? [], now);
  for (const patientId of given.deceased ?? []) {
    await changeBook(context.store, patientBook, patientId, (file) => ({
      document: { ...file, deceasedAt: now },
      answer: undefined,
    }));
  }
  for (const code of given.doubleSoldCodes ?? []) await markDoubleSold(context, code);
  for (const saleNo of given.doubleSoldSales ?? []) {
    const sale = await readBook(context.store, saleBook, saleNo);
    for (const code of sale?.lines.flatMap(({ traceCodes }) => traceCodes) ?? []) await markDoubleSold(context, code);
  }
  for (const [saleNo, state] of Object.entries(given.receiptStates ?? {}))
    await setReceiptState(context, saleNo, state);
}
