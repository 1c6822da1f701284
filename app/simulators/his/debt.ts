import { z } from 'zod';
import type { ExternalMovement } from '../../hospital/ledger/check-ledger.ts';

const fen = z.int();

const debtSchema = z.object({
  debtNo: z.string(),
  saleNo: z.string(),
  patientId: z.string(),
  openedAt: z.string(),
  reason: z.string(),
  guarantor: z.string().nullable(),
  /** Amounts by which the debt grew and shrank; `writeOff` was given up. */
  changes: z.array(
    z.object({
      key: z.string(),
      at: z.string(),
      kind: z.enum(['opened', 'raised', 'paid', 'write-off', 'taken-back']),
      amount: fen,
    }),
  ),
});

/** Money owed for a sale, as the hospital information system keeps it. */
export type Debt = z.infer<typeof debtSchema>;

/** Debts, by number. */
export const debtBook = { name: 'his-debts', schema: debtSchema.nullable(), empty: (): Debt | null => null };

/** One debt a sale. */
export function debtNoOf(saleNo: string): string {
  return `DEBT-${saleNo}`;
}

const growing = new Set(['opened', 'raised']);

/** What was ever owed; fen. */
export function owedInAll(debt: Debt): number {
  return debt.changes.filter(({ kind }) => growing.has(kind)).reduce((sum, { amount }) => sum + amount, 0);
}

/** What is still owed; fen. */
export function remaining(debt: Debt): number {
  return debt.changes.reduce((sum, { kind, amount }) => sum + (growing.has(kind) ? amount : -amount), 0);
}

/** The debt after one more change; the same key again changes nothing. */
export function withChange(debt: Debt, change: Debt['changes'][number]): Debt {
  return debt.changes.some(({ key }) => key === change.key) ? debt : { ...debt, changes: [...debt.changes, change] };
}

/** A debt as the flows carry it. */
export function debtOutput(debt: Debt) {
  const { debtNo, saleNo, openedAt } = debt;
  return { debtNo, saleNo, amount: owedInAll(debt), remaining: remaining(debt), openedAt };
}

/** The list of debts as movements, to compare with the hospital's ledger. */
export function debtMovements(debts: readonly (Debt | null)[]): readonly ExternalMovement[] {
  return debts.flatMap((debt) =>
    (debt?.changes ?? []).flatMap(({ kind, amount, key }): readonly ExternalMovement[] => {
      const at = { saleNo: debt?.saleNo ?? '', source: debt?.debtNo ?? '', key };
      const owed = { ...at, payer: 'debt' as const, amount: growing.has(kind) ? amount : -amount };
      return kind === 'write-off' ? [owed, { ...at, payer: 'write-off', amount }] : [owed];
    }),
  );
}
