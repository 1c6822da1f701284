import { InvariantError } from './invariant-error.ts';

/**
 * Canonical JSON (RFC 8785): keys sorted, numbers in their shortest form, no white space. Two values are the same
 * exactly when their texts are, byte for byte. Members that are `undefined` are left out, items are null. Every command prints its case's state and its
 * history entry by it, so it is written for speed; a test holds it equal to the `canonicalize` library.
 * Thrown when a value has no JSON form (`NaN`, a lone surrogate, a function): `InvariantError`; the edge refuses such input.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return textOf(value);
    case 'number':
      return numberOf(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
      if (Array.isArray(value)) return listOf(value);
      if (isObject(value)) return objectOf(value);
      throw new InvariantError(`Expected a JSON value, but it is a ${typeof value}`);
  }
}

type AnyObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is AnyObject {
  return typeof value === 'object';
}

/** Characters JSON writes as they are; surrogates are left out, since only pairs of them are characters. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function textOf(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new InvariantError('Expected a JSON value, but it has half of a surrogate pair');
  return JSON.stringify(text);
}

function numberOf(number: number): string {
  if (!Number.isFinite(number)) throw new InvariantError(`Expected a JSON value, but it is ${number}`);
  return String(number);
}

function listOf(list: readonly unknown[]): string {
  let text = '';
  for (const item of list) text += (text === '' ? '[' : ',') + canonicalJson(item ?? null);
  return text === '' ? '[]' : `${text}]`;
}

function objectOf(object: AnyObject): string {
  let text = '';
  for (const key of sortedKeys(object)) {
    const value = object[key];
    if (value !== undefined) text += (text === '' ? '{' : ',') + keyText(key) + canonicalJson(value);
  }
  return text === '' ? '{}' : `${text}}`;
}

/** The names of events and states come again and again; the first that fit are remembered as they are printed. */
const printedKeys = new Map<string, string>();
const MOST_PRINTED_KEYS = 1000;

function keyText(key: string): string {
  const known = printedKeys.get(key);
  if (known !== undefined) return known;
  const text = `${textOf(key)}:`;
  if (printedKeys.size < MOST_PRINTED_KEYS) printedKeys.set(key, text);
  return text;
}

/** Up to so many keys are put in order by insertion, which is faster than the general sort. */
const FEW = 24;

/** Keys by their UTF-16 code units. */
function sortedKeys(object: AnyObject): readonly string[] {
  const keys = Object.keys(object);
  if (keys.length > FEW) return keys.sort();
  for (let next = 1; next < keys.length; next += 1) insert(keys, next);
  return keys;
}

/** Moves the key at `from` to its place among those before it, which are in order. */
function insert(keys: string[], from: number): void {
  const key = keys[from] ?? '';
  let place = from;
  for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
    keys[place] = before;
    place -= 1;
  }
  keys[place] = key;
}
