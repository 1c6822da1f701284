import { canonicalJson } from '../core/canonical-json.ts';
import { printState } from '../core/state-text.ts';
import { pointerStep, valueAt } from './clear-fields.ts';
import type { SealedEntry } from './history-entry.ts';
import { type Replay, type ReplayFault, replay } from './replay.ts';
import type { DataKey } from './sealed-value.ts';
import { type ChainVerdict, verifyChain } from './verify-chain.ts';

/** What an auditor gives to have one case verified. */
export type CaseEvidence = {
  readonly entries: readonly SealedEntry[];
  /** Canonical JSON of the stored state. */
  readonly storedState: string;
  /** Hash the case row names as the last, where it is at hand. */
  readonly head?: string;
  /** The case's key; without it only the chain can be verified. */
  readonly key?: DataKey;
};

/** How the replayed state stands to the stored one. */
export type StateVerdict =
  | { readonly status: 'equal' }
  /** Values were erased, so equality cannot be proved; the chain still is. */
  | { readonly status: 'not-provable'; readonly erased: readonly { readonly seq: number; readonly path: string }[] }
  /** `path` is the first place that differs; `seq` the entry that last wrote it, 0 when none did. */
  | { readonly status: 'differs'; readonly seq: number; readonly path: string }
  | { readonly status: 'not-replayable'; readonly seq: number; readonly path: string; readonly reason: ReplayFault };

/** The whole verdict on a case. `ok` only when the chain holds and the state is proved equal. */
export type CaseVerdict = {
  readonly ok: boolean;
  readonly caseId: string | undefined;
  readonly chain: ChainVerdict;
  readonly state: StateVerdict;
};

/**
 * Proves a case: its chain is unbroken and gap-free, and folding its history gives exactly the stored state, byte for byte.
 * Otherwise names the first entry and place where it does not.
 */
export function verifyCase({ entries, storedState, head, key }: CaseEvidence): CaseVerdict {
  const chain = verifyChain(entries, head === undefined ? {} : { head });
  const state = stateVerdict(replay(entries, key), storedState);
  return { ok: chain.ok && state.status === 'equal', caseId: entries[0]?.header.caseId, chain, state };
}

function stateVerdict(replayed: Replay, storedState: string): StateVerdict {
  if (!replayed.ok) {
    return { status: 'not-replayable', seq: replayed.seq, path: replayed.path, reason: replayed.reason };
  }
  const printed = printState(replayed.state);
  if (printed === storedState) return { status: 'equal' };
  const erased = replayed.entries.flatMap(({ entry }) =>
    entry.erased.filter((path) => path.startsWith('/events/')).map((path) => ({ seq: entry.header.seq, path })),
  );
  if (erased.length > 0) return { status: 'not-provable', erased };
  const path = firstDifference(parsed(printed), parsed(storedState)) ?? '';
  return { status: 'differs', seq: lastWriter(replayed, path), path };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON pointer of the first difference in canonical order; undefined when the values are the same. */
export function firstDifference(a: unknown, b: unknown): string | undefined {
  if (!isTree(a) || !isTree(b) || Array.isArray(a) !== Array.isArray(b)) return sameText(a, b) ? undefined : '';
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  for (const name of names) {
    const inner = firstDifference(Reflect.get(a, name), Reflect.get(b, name));
    if (inner !== undefined) return `${pointerStep(name)}${inner}`;
  }
  return undefined;
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function sameText(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** The last entry after which the replayed state at `path` was another than before. */
function lastWriter(replayed: Extract<Replay, { ok: true }>, path: string): number {
  let seq = 0;
  let before: unknown;
  for (const { entry, state } of replayed.entries) {
    const now = valueAt(state, path);
    if (!sameText(now, before)) seq = entry.header.seq;
    before = now;
  }
  return seq;
}
