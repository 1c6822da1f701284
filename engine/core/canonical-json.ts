import { InvariantError } from './invariant-error.ts';
import type { JsonObject } from './json.ts';

/**
 * Canonical JSON (RFC 8785): keys sorted, numbers in their shortest form, no white space. Two values are the same
 * exactly when their texts are, byte for byte. Members that are `undefined` are left out, items are null.
 * Thrown when a value has no JSON form (`NaN`, a lone surrogate, a function): `InvariantError`; the edge refuses such input.
 *
 * Every command prints its case's state and its history entry by it, so it is written for speed (decision 011): what is in order already, as
 * states read from their text and events are, goes to `JSON.stringify` as it is, and only what is not is copied. A test holds it equal to the
 * `canonicalize` library.
 */
export function canonicalJson(value: unknown): string {
  const ordered = isInOrder(value) ? value : inOrder(value);
  if (ordered === NO_ORDER) return inPieces(value);
  const text = JSON.stringify(ordered);
  if (text === undefined) throw refusal(value);
  if (text.includes('\\ud') && HALF_PAIR.test(text))
    throw new InvariantError('Expected a JSON value, but it has half of a surrogate pair');
  return text;
}

/** No object can have its keys in canonical order: JavaScript puts 9 before 10, the RFC "10" before "9". */
const NO_ORDER: unique symbol = Symbol('no order');

/** `JSON.stringify` escapes surrogates only where half of a pair is missing. */
const HALF_PAIR = /(?<!\\)(?:\\\\)*\\ud/;

type AnyObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is AnyObject {
  return typeof value === 'object' && value !== null;
}

function refusal(value: unknown): InvariantError {
  return new InvariantError(`Expected a JSON value, but it is ${typeof value === 'number' ? value : typeof value}`);
}

/**
 * The data with all keys in canonical order, where an object can have them so: as it reads when it comes back from its text. What comes from
 * outside is put in order once, so that expressions see the members of a context in the same order before and after the case was stored.
 */
export function inCanonicalOrder(data: JsonObject): JsonObject {
  const ordered = isInOrder(data) ? data : inOrder(data);
  return ordered === NO_ORDER ? data : ordered;
}

/** Whether `JSON.stringify` prints the value canonically as it is. What the engine makes itself is so: asked first, since it copies nothing. */
function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value);
    default:
      if (Array.isArray(value)) return value.every(isInOrder);
      return isObject(value) ? hasKeysInOrder(value) : value === null;
  }
}

function hasKeysInOrder(object: AnyObject): boolean {
  let before = '';
  for (const key of Object.keys(object)) {
    // Keys by their UTF-16 code units.
    if (key < before || !isInOrder(object[key])) return false;
    before = key;
  }
  return true;
}

/** The value itself where all keys in it are in order, else a copy in which they are. */
function inOrder(value: JsonObject): JsonObject | typeof NO_ORDER;
function inOrder(value: unknown): unknown;
function inOrder(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw refusal(value);
    default:
      if (Array.isArray(value)) return listInOrder(value);
      if (isObject(value)) return objectInOrder(value);
      if (value === null) return value;
      throw refusal(value);
  }
}

function listInOrder(list: readonly unknown[]): unknown {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    const ordered = inOrder(item);
    if (ordered === NO_ORDER) return NO_ORDER;
    if (ordered === item) continue;
    copy ??= [...list];
    copy[index] = ordered;
  }
  return copy ?? list;
}

function objectInOrder(object: AnyObject): unknown {
  const keys = Object.keys(object);
  let before = '';
  for (const key of keys) {
    // Keys by their UTF-16 code units.
    if (key < before) return sortedCopy(object, keys.sort());
    before = key;
  }
  let copy: Record<string, unknown> | undefined;
  for (const key of keys) {
    const member = object[key];
    const ordered = inOrder(member);
    if (ordered === NO_ORDER) return NO_ORDER;
    if (ordered === member) continue;
    copy ??= { ...object };
    copy[key] = ordered;
  }
  return copy ?? object;
}

function sortedCopy(object: AnyObject, keys: readonly string[]): unknown {
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    if (isNumbered(key) || key === '__proto__') return NO_ORDER;
    const ordered = inOrder(object[key]);
    if (ordered === NO_ORDER) return NO_ORDER;
    copy[key] = ordered;
  }
  return copy;
}

/** Whether JavaScript may take the key for an index and put it where it likes. */
function isNumbered(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** Prints what no object can hold member by member. */
function inPieces(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (!isObject(value)) throw refusal(value);
  const members: string[] = [];
  for (const key of Object.keys(value).sort())
    if (value[key] !== undefined) members.push(`${canonicalJson(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}
