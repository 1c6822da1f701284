import type { SealedEntry } from './history-entry.ts';
import { entryHash, GENESIS_HASH } from './seal-entry.ts';
import { valuesRootOf } from './sealed-value.ts';

/** What is wrong with a chain at its first bad entry. */
export type ChainFault =
  /** An entry is missing, doubled or out of order. */
  | 'sequence-broken'
  /** The entry belongs to another case or hospital. */
  | 'foreign-entry'
  /** The entry does not follow the one before it. */
  | 'previous-hash-differs'
  /** A sealed value was changed, added, removed or moved. */
  | 'values-differ'
  /** The clear header was changed. */
  | 'entry-hash-differs'
  /** The last entry is not the one the case row names: a tail was cut off, or entries were added. */
  | 'head-differs';

/** The verdict on a chain. `head` is the last entry's hash. */
export type ChainVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | { readonly ok: false; readonly seq: number; readonly reason: ChainFault };

/** What the chain is held against. */
export type ChainExpectation = {
  /** Hash the case row names as the last; without it a cut tail cannot be seen. */
  readonly head?: string;
  /** First entry given, when verifying from a checkpoint: its `seq` and the hash before it. */
  readonly from?: { readonly seq: number; readonly previousHash: string };
};

function faultOf(entry: SealedEntry, first: SealedEntry, seq: number, previousHash: string): ChainFault | undefined {
  const { header } = entry;
  if (header.tenantId !== first.header.tenantId || header.caseId !== first.header.caseId) return 'foreign-entry';
  if (header.seq !== seq) return 'sequence-broken';
  if (entry.previousHash !== previousHash) return 'previous-hash-differs';
  if (valuesRootOf(entry.values) !== entry.valuesRoot) return 'values-differ';
  if (entryHash(entry) !== entry.hash) return 'entry-hash-differs';
  return undefined;
}

/** Verifies a case's entries in order of `seq`. Needs no key: erased and encrypted values verify alike. */
export function verifyChain(entries: readonly SealedEntry[], expected: ChainExpectation = {}): ChainVerdict {
  let seq = expected.from?.seq ?? 1;
  let previousHash = expected.from?.previousHash ?? GENESIS_HASH;
  const [first] = entries;
  for (const entry of entries) {
    const reason = first === undefined ? undefined : faultOf(entry, first, seq, previousHash);
    if (reason !== undefined) return { ok: false, seq, reason };
    previousHash = entry.hash;
    seq += 1;
  }
  if (expected.head !== undefined && expected.head !== previousHash) return { ok: false, seq, reason: 'head-differs' };
  return { ok: true, entries: entries.length, head: previousHash };
}
