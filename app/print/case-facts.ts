import { z } from 'zod';
import type { JsonObject } from '../../engine/index.ts';

const text = z.string().catch('');
const maybeText = z.string().optional().catch(undefined);
const maybeNumber = z.number().optional().catch(undefined);
const number = z.number().catch(0);

function listOf<T extends z.ZodType>(entry: T) {
  return z.array(entry).catch([]);
}

function maybe<T extends z.ZodType>(entry: T) {
  return entry.optional().catch(undefined);
}

const exam = z.object({ code: text, name: maybeText, bodySite: maybeText, laterality: maybeText, method: maybeText });

const line = z.object({
  lineId: text,
  name: text,
  nameEn: maybeText,
  unit: maybeText,
  unitPrice: number,
  qty: number,
  amount: number,
  payClass: maybeText,
});

const slot = z.object({ startAt: z.iso.datetime({ offset: true }), room: maybeText });
const receipt = z.object({
  receiptNo: z.string().min(1),
  receiptCode: maybeText,
  checkCode: maybeText,
  state: maybeText,
  issuedAt: maybeText,
  total: maybeNumber,
});
const shares = z.object({ fundPay: z.number(), acctPay: z.number(), cashPay: z.number() });
const dose = z.object({ executionId: text, dueAt: maybeText, n: maybeNumber, total: maybeNumber });
const decided = z.object({ lineId: text, name: text, qty: number, unitPrice: maybeNumber, reasonCode: maybeText });

const labelFacts = z.object({
  drug: maybeText,
  drugEn: maybeText,
  dose: maybeText,
  route: maybeText,
  freq: maybeText,
  solvent: maybeText,
  volumeMl: maybeNumber,
  rateMlPerHour: maybeNumber,
  highAlert: maybeText,
  prescriber: maybeText,
  ward: maybeText,
  bed: maybeText,
  preparedBy: maybeText,
  preparedAt: maybeText,
  validUntil: maybeText,
});

const factsSchema = z.object({
  orderNo: text,
  priority: maybeText,
  examItems: listOf(exam),
  diagnosis: listOf(z.string()),
  clinicalSummary: maybeText,
  purpose: maybeText,
  contrast: maybe(z.boolean()),
  slot: maybe(slot),
  offeredSlot: maybe(slot),
  booking: maybe(z.object({ prepInstruction: listOf(z.string()) })),
  charge: maybe(z.object({ saleNo: text, lines: listOf(line) })),
  lines: listOf(line),
  preSettle: maybe(shares),
  settlement: maybe(shares),
  newSettlement: maybe(shares),
  payments: listOf(z.object({ channel: text, amount: number })),
  receipt: maybe(receipt),
  newReceipt: maybe(receipt),
  redReceipt: maybe(z.object({ receiptNo: text, redReceiptNo: text, issuedAt: maybeText })),
  receiptNo: maybeText,
  sale: maybe(
    z.object({
      saleNo: text,
      lines: listOf(line),
      settlement: maybe(shares),
      payments: listOf(z.object({ channel: text, amount: number })),
      receipt: maybe(receipt),
    }),
  ),
  saleNo: maybeText,
  refundNo: maybeText,
  refundReason: maybeText,
  reason: maybeText,
  returned: maybeNumber,
  request: maybe(z.object({ reasonText: maybeText, requesterName: maybeText, requesterRelation: maybeText })),
  refundLines: listOf(z.object({ lineId: text, qty: number })),
  decided: listOf(decided),
  estimate: maybe(
    z.object({
      returned: z.number(),
      fundBack: number,
      acctBack: number,
      cashBack: number,
      keptLines: listOf(line),
    }),
  ),
  refundPlan: maybe(
    z.object({ returned: z.number(), fundBack: number, acctBack: number, cashBack: number, keptLines: listOf(line) }),
  ),
  refunds: listOf(z.object({ channel: text, amount: number })),
  approvals: listOf(z.object({ role: text, decision: maybeText, comment: maybeText })),
  doses: listOf(dose),
  dosesView: listOf(dose),
  order: maybe(
    z.object({
      drugCode: text,
      dose: maybeText,
      doseUnit: maybeText,
      route: maybeText,
      freq: maybeText,
      infusion: maybe(z.object({ solvent: maybeText, volumeMl: maybeNumber, rateMlPerHour: maybeNumber })),
    }),
  ),
  prescriber: maybeText,
  labelFacts: maybe(labelFacts),
});

/** What papers read from a case and a task. Whatever is not there yet, or of another shape, is left out. */
export type CaseFacts = z.infer<typeof factsSchema> & {
  /** Whether the slot was booked, not only offered. */
  readonly slotBooked: boolean;
};

/** A priced line as the charge office keeps it. Money in fen. */
export type PricedLine = z.infer<typeof line>;

/** What a case bears, by payer, fen. */
export type Shares = z.infer<typeof shares>;

/** Reads a case's variables together with a task's input, which has the last word. */
export function readCaseFacts(variables: JsonObject, input: JsonObject = {}): CaseFacts {
  const facts = factsSchema.parse({ ...variables, ...input });
  return { ...facts, slotBooked: slot.safeParse(variables.slot).success };
}
