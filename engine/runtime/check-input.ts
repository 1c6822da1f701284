import type { Json, JsonObject } from '../core/json.ts';
import type { Rejection } from '../core/rejection.ts';

const deepest = 64;
const mostValues = 100_000;
/** Largest input, and largest state of a case, in characters of its JSON. Larger content belongs into a blob and its reference into the case. */
export const largestText = 1_000_000;
const prototypeNames = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Refuses what no case may hold: text that PostgreSQL or UTF-8 cannot (NUL, lone surrogates), names of prototype members, numbers JSON does not
 * have, and data too deep or too large. Everything that comes from outside passes here: forms, contexts, messages, connectors' answers.
 * `params` name the field (the outermost one, which is what a form shows) and the limit.
 */
export function checkInput(data: JsonObject): Rejection | undefined {
  const fault = findFault(data);
  if (fault) {
    const { wrong, path, reason, limit } = fault;
    const params = { reason, field: outermost(path), ...(limit !== undefined && { limit }) };
    return { code: 'invalid-input', message: `${wrong} at ${path.slice(0, longestPath) || '/'}`, params };
  }
  return JSON.stringify(data).length > largestText ? tooLarge('data', largestField(data)) : undefined;
}

/** The refusal of data or a state that has grown too large. `field` is the largest one of data. */
export function tooLarge(what: 'data' | 'case', field = ''): Rejection {
  const where = what === 'data' ? `data (most of it in ${field})` : 'a case';
  const message = `Expected ${where} of at most ${largestText} characters, but there are more`;
  return { code: 'limit-exceeded', message, params: { reason: what, field, limit: largestText } };
}

/** Characters of a path that are told; what is nested too deep has a path as long. */
const longestPath = 200;

function outermost(path: string): string {
  return path.slice(1).split('/', 1)[0]?.slice(0, longestPath) ?? '';
}

function largestField(data: JsonObject): string {
  const sizes = Object.entries(data).map(([name, value]) => ({ name, size: JSON.stringify(value).length }));
  const largest = sizes.reduce((one, other) => (other.size > one.size ? other : one), { name: '', size: 0 });
  return largest.name.slice(0, longestPath);
}

/** What is wrong with a value; `reason` tells the catalogue's sentence. */
type Wrong = {
  readonly wrong: string;
  readonly reason: 'many' | 'deep' | 'name' | 'text' | 'number';
  readonly limit?: number;
};
type Fault = Wrong & { readonly path: string };
type Place = { readonly name: string; readonly value: Json; readonly path: string; readonly depth: number };

/** Walks without recursion: the input may be nested deeper than the stack. */
function findFault(data: JsonObject): Fault | undefined {
  const places: Place[] = [{ name: '', value: data, path: '', depth: 0 }];
  let seen = 0;
  for (let place = places.pop(); place; place = places.pop()) {
    seen += 1;
    const wrong = seen > mostValues ? tooMany : wrongWith(place);
    if (wrong) return { path: place.path, ...wrong };
    putWithin(place, places);
  }
  return undefined;
}

const tooMany: Wrong = {
  wrong: `Expected at most ${mostValues} values, but there are more`,
  ...{ reason: 'many', limit: mostValues },
};
const tooDeep: Wrong = {
  wrong: `Expected at most ${deepest} levels, but it goes deeper`,
  ...{ reason: 'deep', limit: deepest },
};

function wrongWith({ name, value, depth }: Place): Wrong | undefined {
  if (prototypeNames.has(name))
    return { wrong: 'Expected another name, but it is that of a prototype member', reason: 'name' };
  if (depth > deepest) return tooDeep;
  if (wrongText(name))
    return { wrong: 'Expected a name of whole characters, but it has NUL or half of a pair', reason: 'name' };
  if (typeof value === 'string' && wrongText(value))
    return { wrong: 'Expected whole characters, but there is NUL or half of a pair', reason: 'text' };
  if (typeof value === 'number' && !Number.isFinite(value))
    return { wrong: 'Expected a number, but JSON has none such', reason: 'number' };
  return undefined;
}

function wrongText(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

/** Puts what is inside a value onto the places still to be looked at. */
function putWithin({ value, path, depth }: Place, places: Place[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value))
    places.push({ name, value: inner, path: `${path}/${name}`, depth: depth + 1 });
}
