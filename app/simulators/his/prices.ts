import { findDrug, findExamItem } from '../../hospital/catalogue.ts';
import type { PricedLine } from './sale-book.ts';

/** What is to be priced. */
export type ItemToPrice = { readonly code: string; readonly qty: number; readonly itemId?: string };

/** Priced, or the code that cannot be. */
export type Priced =
  | { readonly ok: true; readonly lines: readonly PricedLine[]; readonly kind: 'exam' | 'drug' | 'treatment' }
  | { readonly ok: false; readonly code: 'item-not-found' | 'item-inactive'; readonly message: string };

type Entry = Pick<PricedLine, 'code' | 'name' | 'nameEn' | 'unitPrice' | 'payClass' | 'unit'> & {
  readonly active: boolean;
};

function entryOf(code: string): Entry | undefined {
  return findDrug(code) ?? findExamItem(code);
}

/** Whether a code of the price list is a drug, an examination or a treatment. */
export function kindOf(code: string): 'exam' | 'drug' | 'treatment' {
  if (findDrug(code)) return 'drug';
  return findExamItem(code)?.modality === 'TX' ? 'treatment' : 'exam';
}

/** Looks up the price of each item; the amount is rounded to whole fen, half a fen up. */
export function priceItems(items: readonly ItemToPrice[]): Priced {
  const lines: PricedLine[] = [];
  for (const [position, item] of items.entries()) {
    const entry = entryOf(item.code);
    if (!entry)
      return {
        ok: false,
        code: 'item-not-found',
        message: `Expected ${item.code} to be on the price list, but it is not.`,
      };
    if (!entry.active)
      return { ok: false, code: 'item-inactive', message: `Expected ${item.code} to be active, but it was withdrawn.` };
    lines.push({
      lineId: item.itemId ?? String(position + 1),
      code: entry.code,
      name: entry.name,
      nameEn: entry.nameEn,
      unitPrice: entry.unitPrice,
      qty: item.qty,
      amount: Math.round(entry.unitPrice * item.qty),
      payClass: entry.payClass,
      unit: entry.unit,
    });
  }
  return { ok: true, lines, kind: kindOf(items[0]?.code ?? '') };
}
