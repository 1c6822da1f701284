import { feelTypeOf, isContextValue, parseDate, parseDateTime, parseDuration, parseTime } from '../feel/index.ts';
import type { Cell } from './cell.ts';
import type { BasicType, DmnType } from './dmn-type.ts';

/** A value brought to its declared type, or why it is not of it (types only, never the value). */
export type Coerced = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Whether a value passes the tests of what is allowed. */
type Passes = (allowed: Cell, value: unknown) => boolean;

function fails(expected: string, value: unknown, place: string): Coerced {
  return { ok: false, message: `Expected ${place} to be a ${expected}, but it is a ${feelTypeOf(value)}` };
}

/** Texts become temporals where the type says so: JSON has no dates. */
function fromText(type: BasicType, text: string): unknown {
  switch (type) {
    case 'date':
      return parseDate(text.slice(0, 10));
    case 'time':
      return parseTime(text);
    case 'date and time':
      return parseDateTime(text);
    case 'duration':
      return parseDuration(text);
    default:
      return text;
  }
}

function basic(value: unknown, type: BasicType, place: string): Coerced {
  if (type === 'any') return { ok: true, value };
  const read = typeof value === 'string' ? fromText(type, value) : value;
  if (feelTypeOf(read) === type) return { ok: true, value: read };
  if (read === null) return { ok: false, message: `Expected ${place} to be a ${type}, but the text is none` };
  return fails(type, read, place);
}

/**
 * Brings a value to a type: ISO texts become dates, times and durations where those are declared, one value becomes a list
 * of one and back (DMN's implicit conversions). Nothing else is converted: "5" is no number.
 */
export function coerce(value: unknown, type: DmnType, place: string, passes: Passes): Coerced {
  if (value === null || value === undefined) return { ok: true, value: null };
  if (type.kind === 'list') return list(Array.isArray(value) ? value : [value], type.of, place, passes);
  if (type.kind === 'constrained') return constrained(value, type, place, passes);
  if (type.kind === 'basic' && type.type === 'any') return { ok: true, value };
  if (Array.isArray(value) && value.length === 1) return coerce(value[0], type, place, passes);
  if (type.kind === 'basic') return basic(value, type.type, place);
  return structure(value, type.members, place, passes);
}

function list(values: readonly unknown[], of: DmnType, place: string, passes: Passes): Coerced {
  const items: unknown[] = [];
  for (const [index, value] of values.entries()) {
    const item = coerce(value, of, `${place}[${index + 1}]`, passes);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return { ok: true, value: items };
}

function constrained(
  value: unknown,
  { of, allowed }: Extract<DmnType, { kind: 'constrained' }>,
  place: string,
  passes: Passes,
): Coerced {
  const read = coerce(value, of, place, passes);
  if (!read.ok || passes(allowed, read.value)) return read;
  return { ok: false, message: `Expected ${place} to be one of the values allowed, but it is another` };
}

function structure(value: unknown, members: Readonly<Record<string, DmnType>>, place: string, passes: Passes): Coerced {
  if (!isContextValue(value)) return fails('context', value, place);
  const result: Record<string, unknown> = { ...value };
  for (const [name, type] of Object.entries(members)) {
    if (!Object.hasOwn(value, name)) continue;
    const item = coerce(value[name], type, `${place}.${name}`, passes);
    if (!item.ok) return item;
    result[name] = item.value;
  }
  return { ok: true, value: result };
}
