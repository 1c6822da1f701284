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
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? listOf(value) : objectOf(value);
    default:
      throw new InvariantError(`Expected a JSON value, but it is a ${typeof value}`);
  }
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
  for (const item of list) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
  return `[${text}]`;
}

function objectOf(object: object): string {
  let text = '';
  for (const key of sortedKeys(object)) {
    const value: unknown = Reflect.get(object, key);
    if (value !== undefined) text += `${text === '' ? '' : ','}${textOf(key)}:${canonicalJson(value)}`;
  }
  return `{${text}}`;
}

/** Keys by their UTF-16 code units. Those of what was read from canonical JSON mostly are in that order already. */
function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  let before = '';
  for (const key of keys) {
    if (key < before) return keys.sort();
    before = key;
  }
  return keys;
}
