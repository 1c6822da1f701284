import { type SealedEntry, verifyCase } from '../engine/index.ts';
import type { ChainVerdict } from './read-models.ts';

/** A case as it is stored, wherever that is. */
export type StoredCase = {
  readonly state: string;
  readonly lastHash: string;
  readonly version: number;
  readonly entries: readonly SealedEntry[];
};

/** Whether a case's chain is unbroken, and whether folding its history gives the stored state byte for byte. */
export type CaseProof = { readonly chain: ChainVerdict; readonly replaysToStoredState: boolean };

/** Proves a stored case. Without its key only the chain can be. */
export function proveCase({ state, lastHash, version, entries }: StoredCase, key: Uint8Array | undefined): CaseProof {
  const verdict = verifyCase({ entries, storedState: state, head: lastHash, ...(key && { key }) });
  return { chain: toChain(verdict.chain, entries, version), replaysToStoredState: verdict.state.status === 'equal' };
}

/** Whether the proof leaves nothing open. */
export function isProved({ chain, replaysToStoredState }: CaseProof): boolean {
  return chain.status === 'intact' && replaysToStoredState;
}

function toChain(
  chain: ReturnType<typeof verifyCase>['chain'],
  entries: readonly SealedEntry[],
  version: number,
): ChainVerdict {
  if (!chain.ok) return { status: 'broken', seq: chain.seq, reason: chain.reason };
  // The case row counts its commands: a tail cut off together with the row's last hash still shows.
  if (entries.length !== version) return { status: 'broken', seq: entries.length + 1, reason: 'head-differs' };
  return { status: 'intact', entries: chain.entries, head: chain.head };
}
