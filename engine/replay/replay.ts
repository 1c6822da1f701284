import { foldAll } from '../core/fold.ts';
import { InvariantError } from '../core/invariant-error.ts';
import type { CaseState } from '../core/state.ts';
import { knownEvents } from './case-event.ts';
import type { OpenedEntry, SealedEntry } from './history-entry.ts';
import { openEntry } from './seal-entry.ts';
import type { DataKey } from './sealed-value.ts';

/** Why an entry cannot be replayed. */
export type ReplayFault = 'value-does-not-open' | 'no-place-for-value' | 'unknown-event' | 'event-does-not-fold';

/** One replayed entry: what it says and the state after it. */
export type ReplayedEntry = { readonly entry: OpenedEntry; readonly state: CaseState };

/** A case replayed from its history, or the first entry that cannot be. */
export type Replay =
  | { readonly ok: true; readonly state: CaseState; readonly entries: readonly ReplayedEntry[] }
  | {
      readonly ok: false;
      readonly seq: number;
      readonly path: string;
      readonly reason: ReplayFault;
      readonly entries: readonly ReplayedEntry[];
    };

/**
 * Folds a case's history into its states, entry by entry. Reads nothing but the entries: no definition, no expression, no
 * clock. Erased values (all of them without a key) fold as null, and each entry lists them.
 */
export function replay(entries: readonly SealedEntry[], key: DataKey | undefined): Replay {
  const replayed: ReplayedEntry[] = [];
  let state: CaseState | null = null;
  for (const sealed of entries) {
    const { seq } = sealed.header;
    const opening = openEntry(sealed, key);
    if (!opening.ok) return { ok: false, seq, path: opening.path, reason: opening.reason, entries: replayed };
    const { events, unknownAt } = knownEvents(opening.entry.events);
    if (unknownAt !== undefined) {
      return { ok: false, seq, path: `/events/${unknownAt}`, reason: 'unknown-event', entries: replayed };
    }
    const folded = foldedOver(state, events);
    if (folded === undefined)
      return { ok: false, seq, path: '/events', reason: 'event-does-not-fold', entries: replayed };
    state = folded;
    replayed.push({ entry: opening.entry, state });
  }
  if (state === null) return { ok: false, seq: 1, path: '/events', reason: 'event-does-not-fold', entries: replayed };
  return { ok: true, state, entries: replayed };
}

function foldedOver(state: CaseState | null, events: Parameters<typeof foldAll>[1]): CaseState | undefined {
  try {
    return foldAll(state, events);
  } catch (error) {
    // Fold's invariants are about histories it wrote itself; here the history is what is being examined.
    if (error instanceof InvariantError) return undefined;
    throw error;
  }
}

/** The state after entry `seq`; undefined when the history does not reach it. */
export function stateAt(entries: readonly SealedEntry[], key: DataKey | undefined, seq: number): CaseState | undefined {
  const result = replay(
    entries.filter((entry) => entry.header.seq <= seq),
    key,
  );
  return result.ok && result.entries.at(-1)?.entry.header.seq === seq ? result.state : undefined;
}
