import type { Json, JsonObject } from '../../engine/index.ts';
import { problem } from '../problem.ts';

const deepest = 40;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Where a value stands: the field of the form it belongs to, and how deep. */
type Place = { readonly field: string; readonly depth: number };

const longestName = 80;

function refuse(code: string, { field }: Place = { field: '', depth: 0 }): Response {
  return problem({ status: 422, code, params: { field: field.slice(0, longestName), limit: deepest } });
}

/** Text PostgreSQL and canonical JSON can hold: no NUL, no half of a surrogate pair. */
function checkText(text: string, place: Place): string {
  if (text.includes('\0') || !text.isWellFormed()) throw refuse('json.text', place);
  return text;
}

function check(value: unknown, place: Place): Json {
  if (place.depth > deepest) throw refuse('json.deep', place);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string') return checkText(value, place);
  if (Array.isArray(value)) return value.map((item: unknown) => check(item, { ...place, depth: place.depth + 1 }));
  if (typeof value === 'object') return checkObject(value, place);
  throw refuse('json.malformed');
}

function checkObject(value: object, { field, depth }: Place): JsonObject {
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]): [string, Json] => {
    const place = { field: depth === 0 ? key : field, depth: depth + 1 };
    if (forbiddenKeys.has(key)) throw refuse('json.key', place);
    return [checkText(key, place), check(inner, place)];
  });
  return Object.fromEntries(entries);
}

/**
 * A form field that carries JSON.
 * @throws a 422 answer when it is no JSON object, too deep, or holds what cannot be stored
 */
export function readJsonObject(form: FormData, name: string): JsonObject {
  const text = form.get(name);
  if (typeof text !== 'string') throw problem({ status: 422, code: 'field', params: { field: name } });
  return parseJsonObject(text);
}

/** Like `readJsonObject`, of a text. */
export function parseJsonObject(text: string): JsonObject {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('json.malformed');
  return checkObject(value, { field: '', depth: 0 });
}

function parse(text: string): unknown {
  try {
    // A reviver sees `__proto__` as an own key only because JSON.parse makes it one; Object.entries finds it too.
    return JSON.parse(text);
  } catch {
    throw refuse('json.malformed');
  }
}
