import type { ChargedLine, SaleLedger } from './sale-ledger.ts';

/** Units of a line that come back. */
export type ReturnedLine = { readonly lineId: string; readonly qty: number };

/** The lines that stay charged, and what the returned units cost; or why they cannot be returned. */
export type Kept =
  | { readonly ok: true; readonly kept: readonly ChargedLine[]; readonly returned: number }
  | { readonly ok: false; readonly reason: string };

function without(line: ChargedLine, qty: number): ChargedLine | undefined {
  if (qty === line.qty) return undefined;
  // The kept part is priced and the returned part takes the rest, so that no fen is lost by rounding twice.
  return { ...line, qty: line.qty - qty, amount: Math.round((line.amount * (line.qty - qty)) / line.qty) };
}

/** Takes units off the lines charged now. */
export function keptLines(sale: SaleLedger, returned: readonly ReturnedLine[]): Kept {
  const wanted = new Map<string, number>();
  for (const { lineId, qty } of returned) wanted.set(lineId, (wanted.get(lineId) ?? 0) + qty);
  for (const [lineId, qty] of wanted) {
    const charged = sale.lines.find((line) => line.lineId === lineId)?.qty ?? 0;
    if (!(qty > 0) || qty > charged) {
      return {
        ok: false,
        reason: `Expected more than 0 and at most ${charged} of line ${lineId} to come back, but ${qty} were named.`,
      };
    }
  }
  const kept = sale.lines.flatMap((line) => without(line, wanted.get(line.lineId) ?? 0) ?? []);
  const sum = (lines: readonly ChargedLine[]) => lines.reduce((total, line) => total + line.amount, 0);
  return { ok: true, kept, returned: sum(sale.lines) - sum(kept) };
}
