import type { HistoryHeader, SealedEntry } from '../../engine/index.ts';
import type { history } from '../schema/history.ts';

/** What a history row keeps of an entry. */
export type EntryTexts = Pick<
  typeof history.$inferSelect,
  'header' | 'sealedValues' | 'valuesRoot' | 'previousHash' | 'hash'
>;

/**
 * A history row as an entry. The texts are taken whole, not cut to a known shape: the hash covers every member they have,
 * and `verifyChain` finds what was changed.
 */
export function toSealedEntry(row: EntryTexts): SealedEntry {
  const header: HistoryHeader = JSON.parse(row.header);
  const values: SealedEntry['values'] = JSON.parse(row.sealedValues);
  return { header, values, valuesRoot: row.valuesRoot, previousHash: row.previousHash, hash: row.hash };
}
