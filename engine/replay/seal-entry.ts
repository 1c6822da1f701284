import type { Actor, DutyOverride } from '../core/actor.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { InvariantError } from '../core/invariant-error.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { isObject, putValueBack, type TakenValue, takeValuesOut } from './clear-fields.ts';
import { sha256Hex } from './hashing.ts';
import type { HistoryHeader, OpenedEntry, SealedEntry } from './history-entry.ts';
import {
  type DataKey,
  eraseValue,
  isErased,
  openValues,
  type RandomBytes,
  sealValues,
  valuesRootOf,
} from './sealed-value.ts';

/** `previousHash` of a case's first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** What one accepted command adds to the history, before sealing. */
export type EntryContent = Omit<HistoryHeader, 'format' | 'events' | 'actor' | 'sealing'> & {
  readonly actor: Actor;
  readonly override?: DutyOverride;
  /** The decision's events, in order. */
  readonly events: readonly JsonObject[];
  readonly previousHash: string;
};

/** The entry's hash: over the previous hash, the whole clear header and the root of the values. */
export function entryHash(entry: Pick<SealedEntry, 'header' | 'valuesRoot' | 'previousHash'>): string {
  return hashAround(canonicalJson(entry.header), entry);
}

/** The same, where the header is printed already: its text stands in that of the whole as it is. */
function hashAround(header: string, { previousHash, valuesRoot }: Pick<SealedEntry, 'valuesRoot' | 'previousHash'>) {
  const rest = canonicalJson({ previousHash, valuesRoot });
  return sha256Hex(`meridian history entry 2\n{"header":${header},${rest.slice(1)}`);
}

/** Texts of headers just sealed; each goes with its header. */
const printed = new WeakMap<HistoryHeader, string>();

/** The text a header is stored as. That of a header just sealed is at hand, since its hash was made of it. */
export function headerText(header: HistoryHeader): string {
  return printed.get(header) ?? canonicalJson(header);
}

function clearActor(actor: Actor, override: DutyOverride | undefined): HistoryHeader['actor'] {
  const person = actor.kind === 'person';
  return {
    ...(person ? { department: actor.department } : {}),
    id: actor.id,
    kind: actor.kind,
    override: override !== undefined,
    roles: person ? actor.roles : [],
  };
}

function sealedFacts({ actor, override }: EntryContent): TakenValue[] {
  const values: TakenValue[] = [];
  if (actor.kind === 'person') {
    const { credentials, name, onDuty } = actor;
    values.push({ path: '/actor', value: { credentials, name, onDuty } });
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
  const events = content.events.map((event, index) => takeValuesOut(event, `/events/${index}`, taken));
  const { sealing, values } = sealValues(content, taken, key, random);
  const { hash, key: flow, version } = content.definition;
  // In canonical order, so that hashing finds nothing to sort.
  const header: HistoryHeader = {
    actor: clearActor(content.actor, content.override),
    caseId: content.caseId,
    command: { id: content.command.id, type: content.command.type },
    decidedBy: content.decidedBy,
    definition: { hash, key: flow, version },
    events,
    format: 2,
    occurredAt: content.occurredAt,
    recordedAt: content.recordedAt,
    sealing,
    seq: content.seq,
    tenantId: content.tenantId,
  };
  const { previousHash } = content;
  const valuesRoot = valuesRootOf(values);
  const text = canonicalJson(header);
  printed.set(header, text);
  return { header, values, valuesRoot, previousHash, hash: hashAround(text, { previousHash, valuesRoot }) };
}

/** An entry opened, or the pointer of the value that the key does not open. */
export type Opening =
  | { readonly ok: true; readonly entry: OpenedEntry }
  | { readonly ok: false; readonly path: string; readonly reason: 'value-does-not-open' | 'no-place-for-value' };

type Content = { events: Json[]; actor: Json; override?: Json };

/**
 * Opens an entry with the case's key. Erased values read as null and are listed. Without a key (it was destroyed) every
 * value reads so. Does not check the chain: `verifyChain` does.
 */
export function openEntry(entry: SealedEntry, key: DataKey | undefined): Opening {
  const { header } = entry;
  const content: Content = { events: structuredClone([...header.events]), actor: null };
  const opened = key && openValues(header, header.sealing, entry.values, key);
  if (key && !opened) return { ok: false, path: entry.values[0]?.path ?? '', reason: 'value-does-not-open' };
  for (const [index, { path }] of entry.values.entries())
    if (!putValueBack(content, { path, value: opened?.[index] ?? null }))
      return { ok: false, path, reason: 'no-place-for-value' };
  const erased = entry.values.filter((value) => key === undefined || isErased(value)).map(({ path }) => path);
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

function actorOf({ actor }: HistoryHeader, sealed: Json): Actor {
  if (actor.kind === 'system') return { kind: 'system', id: actor.id };
  if (actor.department === undefined) throw new InvariantError('Expected a person with a department in the header');
  const { name, credentials, onDuty } = isObject(sealed) ? sealed : {};
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
