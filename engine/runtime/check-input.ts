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
 */
export function checkInput(data: JsonObject): Rejection | undefined {
  const fault = findFault(data);
  if (fault) return refuse('invalid-input', `${fault.wrong} at ${fault.path || '/'}`);
  return JSON.stringify(data).length > largestText ? tooLarge('data') : undefined;
}

/** The refusal of data or a state that has grown too large. */
export function tooLarge(what: string): Rejection {
  return refuse('limit-exceeded', `Expected ${what} of at most ${largestText} characters, but there are more`);
}

type Fault = { readonly path: string; readonly wrong: string };
type Place = { readonly value: Json; readonly path: string; readonly depth: number };

/** Walks without recursion: the input may be nested deeper than the stack. */
function findFault(data: JsonObject): Fault | undefined {
  const places: Place[] = [{ value: data, path: '', depth: 0 }];
  let seen = 0;
  for (let place = places.pop(); place; place = places.pop()) {
    seen += 1;
    if (seen > mostValues) return { path: '', wrong: `Expected at most ${mostValues} values, but there are more` };
    const wrong = wrongWith(place);
    if (wrong) return { path: place.path, wrong };
    for (const inner of within(place)) places.push(inner);
  }
  return undefined;
}

function wrongWith({ value, path, depth }: Place): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (prototypeNames.has(name)) return 'Expected another name, but it is that of a prototype member';
  if (depth > deepest) return `Expected at most ${deepest} levels, but it goes deeper`;
  if (wrongText(name)) return 'Expected a name of whole characters, but it has NUL or half of a pair';
  if (typeof value === 'string' && wrongText(value))
    return 'Expected whole characters, but there is NUL or half of a pair';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'Expected a number, but JSON has none such';
  return undefined;
}

function wrongText(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

function within({ value, path, depth }: Place): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, inner]) => ({ value: inner, path: `${path}/${name}`, depth: depth + 1 }));
}

function refuse(code: Rejection['code'], message: string): Rejection {
  return { code, message };
}
