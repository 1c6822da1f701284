import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from 'feelin';
import type { Json } from '../core/json.ts';
import { instantOf, zoneOf } from './date-times.ts';
import { chargeSteps, chargeSurface } from './evaluation-run.ts';
import { feelTypeOf, isContextValue } from './feel-type.ts';

/** Thrown when a result has no JSON form (a function, a range); `evaluate` turns it into `not-json`. */
export class NoJsonForm extends Error {
  override readonly name = 'NoJsonForm';
}

/** A zoned date and time as an instant; a local one as its ISO text without zone. */
function dateTimeText(value: FeelDateTime): string {
  const zone = zoneOf(value);
  if (zone === null) return value.toString();
  const instant = instantOf(value, zone);
  if (instant === undefined) throw new NoJsonForm('Expected a date and time that exists, but it does not.');
  return instant;
}

/**
 * A FEEL value as JSON: dates, times and durations as ISO texts, a zoned date and time as an instant in UTC with
 * milliseconds. Thrown when it has no JSON form: `NoJsonForm`.
 */
export function toJson(value: unknown): Json {
  chargeSteps(1);
  if (value === null || value === undefined) return null;
  chargeSurface(value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NoJsonForm('Expected a finite number, but the result is none.');
    return Object.is(value, -0) ? 0 : value;
  }
  if (value instanceof FeelDateTime) return dateTimeText(value);
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) return value.toString();
  if (Array.isArray(value)) return value.map(toJson);
  if (isContextValue(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry)]));
  }
  throw new NoJsonForm(`Expected a value JSON can say, but got a ${feelTypeOf(value)}.`);
}

/** The same, or nothing where a value has no JSON form. */
export function jsonOf(value: unknown): Json | undefined {
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof NoJsonForm) return undefined;
    throw error;
  }
}
