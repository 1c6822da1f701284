import type { Actor, DutyOverride } from '../core/actor.ts';
import type { Instant, Json } from '../core/json.ts';

/** Versions of what decided, recorded in every entry so a later re-decision knows whether it compares like with like. */
export type DecidedBy = {
  readonly behaviour: number;
  readonly xstate: string;
  readonly feelin: string;
  readonly timeZoneData: string;
};

/**
 * The clear part of a history entry: ids, nodes, flows, types, versions. No patient's value stands here.
 * One entry per accepted command.
 */
export type HistoryHeader = {
  readonly format: 2;
  readonly tenantId: string;
  readonly caseId: string;
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly occurredAt: Instant;
  readonly command: { readonly id: string; readonly type: string };
  /** Directory id, role facts and override of the actor; the name is a sealed value. */
  readonly actor: {
    readonly kind: Actor['kind'];
    readonly id: string;
    readonly roles: readonly string[];
    readonly department?: string;
    readonly override: boolean;
  };
  readonly definition: { readonly key: string; readonly version: number; readonly hash: string };
  readonly decidedBy: DecidedBy;
  /** The events with every value taken out; `values` puts them back by path. */
  readonly events: readonly Json[];
  readonly sealing: Sealing;
};

/** How the entry's values are encrypted: all together, with the case's key (AES-256-GCM). */
export type Sealing = { readonly nonce: string; readonly tag: string };

/** A value taken out of the events: its piece of the entry's ciphertext, committed to with a salt. */
export type SealedValue = {
  /** JSON pointer into `{ events, actor, override, command }`. */
  readonly path: string;
  readonly ciphertext: string;
  readonly salt: string;
};

/** A value that was erased (redaction): its commitment stays, so the chain stays valid, and nothing of the value is left. */
export type ErasedValue = {
  readonly path: string;
  /** Of its ciphertext, in bytes: the values after it are still opened where they lie. */
  readonly length: number;
  readonly commitment: string;
};

/** A history entry as stored. `hash` covers the previous hash, the header and the Merkle root of the commitments to the values. */
export type SealedEntry = {
  readonly header: HistoryHeader;
  readonly values: readonly (SealedValue | ErasedValue)[];
  readonly valuesRoot: string;
  readonly previousHash: string;
  readonly hash: string;
};

/** A history entry opened with the case's key. */
export type OpenedEntry = {
  readonly header: HistoryHeader;
  readonly events: readonly Json[];
  readonly actor: Actor;
  readonly override?: DutyOverride;
  readonly hash: string;
  /** JSON pointers of values that are erased, or sealed with a key that is; they read as null. */
  readonly erased: readonly string[];
};
