import type { Actor, DutyOverride } from '../core/actor.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { InvariantError } from '../core/invariant-error.ts';
import type { Json } from '../core/json.ts';
import { putValueBack, type TakenValue, takeValuesOut } from './clear-fields.ts';
import { sha256Hex } from './hashing.ts';
import type { HistoryHeader, OpenedEntry, SealedEntry } from './history-entry.ts';
import {
  type DataKey,
  eraseValue,
  isErased,
  openValue,
  type RandomBytes,
  sealValue,
  valuesRootOf,
} from './sealed-value.ts';

/** `previousHash` of a case's first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** What one accepted command adds to the history, before sealing. */
export type EntryContent = Omit<HistoryHeader, 'format' | 'events' | 'actor'> & {
  readonly actor: Actor;
  readonly override?: DutyOverride;
  /** The decision's events, in order. */
  readonly events: readonly object[];
  readonly previousHash: string;
};

/** The entry's hash: over the previous hash, the whole clear header and the root of the values. */
export function entryHash(entry: Pick<SealedEntry, 'header' | 'valuesRoot' | 'previousHash'>): string {
  const { header, valuesRoot, previousHash } = entry;
  return sha256Hex(`meridian history entry 1\n${canonicalJson({ previousHash, header, valuesRoot })}`);
}

/** Any plain object as JSON without `undefined` members. */
function asJson(value: unknown): Json {
  const json: Json = JSON.parse(canonicalJson(value));
  return json;
}

function clearActor(actor: Actor, override: DutyOverride | undefined): HistoryHeader['actor'] {
  const person = actor.kind === 'person';
  return {
    kind: actor.kind,
    id: actor.id,
    roles: person ? actor.roles : [],
    ...(person ? { department: actor.department } : {}),
    override: override !== undefined,
  };
}

function sealedFacts({ actor, override }: EntryContent): TakenValue[] {
  const values: TakenValue[] = [];
  if (actor.kind === 'person') {
    values.push({ path: '/actor/name', value: actor.name });
    values.push({ path: '/actor/credentials', value: actor.credentials });
    values.push({ path: '/actor/onDuty', value: actor.onDuty });
  }
  if (override !== undefined) values.push({ path: '/override', value: { reason: override.reason } });
  return values;
}

/**
 * Makes the history entry of an accepted command: values taken out of the events and sealed with the case's key, the rest
 * clear, the whole chained to the entry before. With the same `random` the same entry, byte for byte.
 */
export function sealEntry(content: EntryContent, key: DataKey, random: RandomBytes): SealedEntry {
  const taken = sealedFacts(content);
  const events = content.events.map((event, index) => takeValuesOut(asJson(event), `/events/${index}`, taken));
  const header: HistoryHeader = {
    format: 1,
    tenantId: content.tenantId,
    caseId: content.caseId,
    seq: content.seq,
    recordedAt: content.recordedAt,
    occurredAt: content.occurredAt,
    command: { id: content.command.id, type: content.command.type },
    actor: clearActor(content.actor, content.override),
    definition: {
      key: content.definition.key,
      version: content.definition.version,
      hash: content.definition.hash,
    },
    decidedBy: content.decidedBy,
    events,
  };
  const values = taken.map((value) => sealValue(header, value, key, random));
  const unhashed = { header, values, valuesRoot: valuesRootOf(values), previousHash: content.previousHash };
  return { ...unhashed, hash: entryHash(unhashed) };
}

/** An entry opened, or the pointer of the value that the key does not open. */
export type Opening =
  | { readonly ok: true; readonly entry: OpenedEntry }
  | { readonly ok: false; readonly path: string; readonly reason: 'value-does-not-open' | 'no-place-for-value' };

type Content = { events: Json[]; actor: Record<string, Json>; override?: Json };

/**
 * Opens an entry with the case's key. Erased values read as null and are listed. Without a key (it was destroyed) every
 * value reads so. Does not check the chain: `verifyChain` does.
 */
export function openEntry(entry: SealedEntry, key: DataKey | undefined): Opening {
  const { header } = entry;
  const content: Content = { events: header.events.map(asJson), actor: {} };
  const erased: string[] = [];
  for (const sealed of entry.values) {
    const gone = isErased(sealed) || key === undefined;
    const value = gone ? null : openValue(header, sealed, key);
    if (value === undefined) return { ok: false, path: sealed.path, reason: 'value-does-not-open' };
    if (gone) erased.push(sealed.path);
    if (!putValueBack(content, { path: sealed.path, value })) {
      return { ok: false, path: sealed.path, reason: 'no-place-for-value' };
    }
  }
  const override = overrideOf(content.override);
  const { events } = content;
  const actor = actorOf(header, content.actor);
  return { ok: true, entry: { header, events, actor, hash: entry.hash, erased, ...(override ? { override } : {}) } };
}

function overrideOf(value: Json | undefined): DutyOverride | undefined {
  if (value === undefined) return undefined;
  const reason = typeof value === 'object' && value !== null && 'reason' in value ? value.reason : '';
  return { reason: typeof reason === 'string' ? reason : '' };
}

function actorOf({ actor }: HistoryHeader, facts: Readonly<Record<string, Json>>): Actor {
  if (actor.kind === 'system') return { kind: 'system', id: actor.id };
  if (actor.department === undefined) throw new InvariantError('Expected a person with a department in the header');
  const { name, credentials, onDuty } = facts;
  return {
    kind: 'person',
    id: actor.id,
    name: typeof name === 'string' ? name : '',
    roles: actor.roles,
    department: actor.department,
    credentials: Array.isArray(credentials) ? credentials.map(String) : [],
    onDuty: onDuty === true,
  };
}

/** The entry with the values at or below these JSON pointers erased. Its hash, and so the chain, stays as it was. */
export function eraseValues(entry: SealedEntry, paths: readonly string[]): SealedEntry {
  const meant = (path: string) => paths.some((wanted) => path === wanted || path.startsWith(`${wanted}/`));
  return { ...entry, values: entry.values.map((value) => (meant(value.path) ? eraseValue(value) : value)) };
}
