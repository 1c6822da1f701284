import type { Commit } from './commit.ts';
import type { StoredCase } from './ports.ts';

/**
 * Cases as this node itself committed them last, so that the next command need not read what the node has just written. A copy may be stale: another
 * node may have come between. It never does harm, since a commit names the version it was decided on, and it is used for one try only: whatever does not
 * end in a commit is decided again on what the store says. Bounded, and gone with the process.
 */
export type KeptCases = {
  /** Takes the copy of a case out, if there is one and trying it is worth it. Whoever commits keeps the next one. */
  take(tenantId: string, caseId: string): StoredCase | undefined;
  /** Keeps a case, whose key is `wrappedKey`, as a commit has left it. */
  keep(commit: Commit, wrappedKey: string): void;
  /** Says how a taken copy turned out. */
  proved(outcome: 'current' | 'stale'): void;
};

/** Bounds of what is kept. */
export type KeptLimits = {
  /** Cases. Default 5,000. */
  readonly cases?: number;
  /** Characters of all their states. Default 16 million. */
  readonly text?: number;
};

/** Weight of the last copy in the share of stale ones. */
const LATEST = 0.02;

/** Share of stale copies from which on reading is cheaper: a stale one costs a decision and a refused commit. */
const TOO_STALE = 0.2;

/** By how much the share falls with each copy that was not tried: things may have changed. */
const FORGETTING = 0.999;

/** Makes an empty keep. */
export function createKeptCases({ cases = 5_000, text = 16_000_000 }: KeptLimits = {}): KeptCases {
  const kept = new Map<string, StoredCase>();
  let held = 0;
  let staleShare = 0;
  const remove = (key: string): StoredCase | undefined => {
    const found = kept.get(key);
    if (!found) return undefined;
    kept.delete(key);
    held -= found.state.length;
    return found;
  };
  return {
    take(tenantId, caseId) {
      const found = remove(keyOf(tenantId, caseId));
      if (!found || staleShare < TOO_STALE) return found;
      staleShare *= FORGETTING;
      return undefined;
    },
    keep(commit, wrappedKey) {
      // One that has ended takes no more commands.
      if (commit.case.status === 'ended') return;
      const after = caseAfter(commit, wrappedKey);
      const key = keyOf(commit.tenantId, commit.caseId);
      remove(key);
      kept.set(key, after);
      held += after.state.length;
      for (const [oldest] of kept) {
        if (kept.size <= cases && held <= text) break;
        remove(oldest);
      }
    },
    proved(outcome) {
      staleShare += ((outcome === 'stale' ? 1 : 0) - staleShare) * LATEST;
    },
  };
}

function keyOf(tenantId: string, caseId: string): string {
  return `${tenantId}/${caseId}`;
}

function caseAfter(commit: Commit, wrappedKey: string): StoredCase {
  const { tenantId, caseId, expectedVersion, entry, case: change } = commit;
  const { definition, state, at: lastAt } = change;
  return {
    tenantId,
    caseId,
    version: expectedVersion + 1,
    definition,
    state,
    lastAt,
    lastHash: entry.hash,
    wrappedKey,
  };
}
