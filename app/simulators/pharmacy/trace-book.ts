import { z } from 'zod';
import { findDrugByTraceCode } from '../../hospital/catalogue.ts';

const codeSchema = z.object({
  code: z.string(),
  state: z.enum(['unsold', 'sold', 'unknown']),
  saleNo: z.string().nullable(),
  patientId: z.string().nullable(),
  soldAt: z.string().nullable(),
  /** Seen sold a second time elsewhere: suspicion of resold drugs (回流药). */
  doubleSale: z.boolean(),
});

/** A trace code as the platform knows it. */
export type TraceEntry = z.infer<typeof codeSchema>;

/** The trace-code platform's book, by code. A code of a drug of the list that was never sold is unsold, any other unknown. */
export const traceBook = {
  name: 'trace-platform',
  schema: codeSchema,
  empty: (code: string): TraceEntry => ({
    code,
    state: findDrugByTraceCode(code) ? 'unsold' : 'unknown',
    saleNo: null,
    patientId: null,
    soldAt: null,
    doubleSale: false,
  }),
};
