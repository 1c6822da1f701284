import { feelTypeOf, isContextValue, parseDate, parseDateTime, parseDuration, parseTime } from '../feel/index.ts';
import type { BasicType, DmnType } from './dmn-type.ts';

/** A value brought to its declared type, or why it is not of it (types only, never the value). */
export type Coerced = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

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
export function coerce(value: unknown, type: DmnType, place: string): Coerced {
  if (value === null || value === undefined) return { ok: true, value: null };
  if (type.kind === 'list') return list(Array.isArray(value) ? value : [value], type.of, place);
  if (type.kind === 'basic' && type.type === 'any') return { ok: true, value };
  if (Array.isArray(value) && value.length === 1) return coerce(value[0], type, place);
  if (type.kind === 'basic') return basic(value, type.type, place);
  return structure(value, type.members, place);
}

function list(values: readonly unknown[], of: DmnType, place: string): Coerced {
  const items: unknown[] = [];
  for (const [index, value] of values.entries()) {
    const item = coerce(value, of, `${place}[${index + 1}]`);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return { ok: true, value: items };
}

function structure(value: unknown, members: Readonly<Record<string, DmnType>>, place: string): Coerced {
  if (!isContextValue(value)) return fails('context', value, place);
  const result: Record<string, unknown> = { ...value };
  for (const [name, type] of Object.entries(members)) {
    if (!Object.hasOwn(value, name)) continue;
    const item = coerce(value[name], type, `${place}.${name}`);
    if (!item.ok) return item;
    result[name] = item.value;
  }
  return { ok: true, value: result };
}
