import { z } from 'zod';
import type { JsonObject } from '../../../engine/index.ts';

const text = z.string().catch('');
const maybeText = z.string().optional().catch(undefined);
const maybeNumber = z.number().optional().catch(undefined);

function listOf<T extends z.ZodType>(entry: T) {
  return z.array(entry).catch([]);
}

const exam = z.object({ code: text, name: maybeText, bodySite: maybeText, laterality: maybeText, method: maybeText });

const line = z.object({
  lineId: text,
  name: text,
  nameEn: maybeText,
  unit: maybeText,
  unitPrice: z.number().catch(0),
  qty: z.number().catch(0),
  amount: z.number().catch(0),
  payClass: maybeText,
});

const shares = z.object({ fundPay: z.number(), acctPay: z.number(), cashPay: z.number() }).optional().catch(undefined);

const dose = z.object({ executionId: text, dueAt: maybeText, n: maybeNumber, total: maybeNumber });

/**
 * What papers read from a case. A case that is not so far yet, or a flow that names things otherwise, leaves parts empty;
 * nothing here fails.
 */
const factsSchema = z.object({
  patient: z.json().optional(),
  orderNo: text,
  priority: maybeText,
  examItems: listOf(exam),
  diagnosis: listOf(z.string()).catch([]),
  clinicalSummary: text,
  purpose: text,
  slot: z.object({ startAt: z.string(), room: text }).optional().catch(undefined),
  offeredSlot: z.object({ startAt: z.string(), room: text }).optional().catch(undefined),
  charge: z
    .object({ saleNo: text, lines: listOf(line), total: z.number().catch(0) })
    .optional()
    .catch(undefined),
  lines: listOf(line),
  preSettle: shares,
  settlement: shares,
  payments: listOf(z.object({ channel: text, amount: z.number().catch(0) })),
  receipt: z.object({ receiptNo: text }).optional().catch(undefined),
  newReceipt: z.object({ receiptNo: text }).optional().catch(undefined),
  receiptNo: maybeText,
  sale: z
    .object({ saleNo: text, receipt: z.object({ receiptNo: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  saleNo: maybeText,
  refundNo: maybeText,
  refundReason: maybeText,
  request: z.object({ reasonText: maybeText }).optional().catch(undefined),
  refundLines: listOf(z.object({ lineId: text, name: maybeText, qty: z.number().catch(0) })),
  decided: listOf(z.object({ lineId: text, name: text, qty: z.number().catch(0), reasonCode: maybeText })),
  estimate: z.object({ returned: z.number(), cashBack: z.number() }).optional().catch(undefined),
  approvals: listOf(z.object({ role: text })),
  doses: listOf(dose),
  dosesView: listOf(dose),
  dose: dose.optional().catch(undefined),
  order: z.object({ dose: text, doseUnit: text, route: text, freq: text, drugCode: text }).optional().catch(undefined),
  labelFacts: z
    .object({
      drug: text,
      drugEn: text,
      dose: text,
      route: text,
      freq: text,
      solvent: maybeText,
      volumeMl: maybeNumber,
      rateMlPerHour: maybeNumber,
      highAlert: text,
      prescriber: maybeText,
    })
    .optional()
    .catch(undefined),
});

/** What papers read from a case. */
export type CaseFacts = z.infer<typeof factsSchema>;

/** Reads a case's variables together with a task's input, which has the last word. */
export function readCaseFacts(variables: JsonObject, input: JsonObject): CaseFacts {
  return factsSchema.parse({ ...variables, ...input, patient: variables.patient });
}
