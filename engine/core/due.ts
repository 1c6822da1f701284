import { DateTime, Duration } from 'luxon';
import { isInstant } from '../feel/local-time.ts';
import type { Instant } from './json.ts';

/** When a timer is due; for a cycle also its period and how many firings follow this one (absent: without end). */
export type Due = { readonly dueAt: Instant; readonly every?: string; readonly remaining?: number };

/**
 * Reads a timer's ISO 8601 text. Days and months are calendar days and months of the hospital's zone; a date without an offset is local there.
 * Nothing for text that says no time.
 */
export function dueOf(kind: 'duration' | 'date' | 'cycle', text: string, at: Instant, zone: string): Due | undefined {
  if (kind === 'duration') return wrap(after(text, at, zone));
  if (kind === 'date') return wrap(instantOf(text, zone));
  return cycleOf(text, at, zone);
}

/** The next firing of a cycle, counted from when the last one was due so that delays do not add up. */
export function nextOf(every: string, dueAt: Instant, zone: string): Instant | undefined {
  return after(every, dueAt, zone);
}

/** Text of a date or date-time as an instant. */
export function instantOf(text: string, zone: string): Instant | undefined {
  if (isInstant(text)) return text;
  const bracketed = /^(.*)\[([A-Za-z_+\-/0-9]+)\]$/.exec(text) ?? /^(.*)@([A-Za-z_+\-/0-9]+)$/.exec(text);
  const date = bracketed?.[1] ?? text;
  // A time of day alone would mean today by the machine's clock, which no replay knows.
  if (!/^[+-]?\d{4}/.test(date)) return undefined;
  const local = DateTime.fromISO(date, { zone: bracketed?.[2] ?? zone });
  return toInstant(local);
}

function wrap(dueAt: Instant | undefined): Due | undefined {
  return dueAt === undefined ? undefined : { dueAt };
}

function cycleOf(text: string, at: Instant, zone: string): Due | undefined {
  const parts = text.trim().split('/');
  const repetitions = /^R(\d*)$/.exec(parts[0] ?? '');
  const every = parts.at(-1);
  if (!repetitions || every === undefined || parts.length < 2 || parts.length > 3) return undefined;
  const count = repetitions[1] === '' ? undefined : Number(repetitions[1]);
  if (count === 0) return undefined;
  const first = parts.length === 3 ? instantOf(parts[1] ?? '', zone) : after(every, at, zone);
  if (first === undefined || after(every, at, zone) === undefined) return undefined;
  return { dueAt: first, every, ...(count === undefined ? {} : { remaining: count - 1 }) };
}

function after(text: string, at: Instant, zone: string): Instant | undefined {
  const negative = text.trim().startsWith('-');
  const duration = Duration.fromISO(text.trim());
  if (!duration.isValid || negative) return undefined;
  return toInstant(DateTime.fromISO(at, { zone }).plus(duration));
}

function toInstant(time: DateTime): Instant | undefined {
  if (!time.isValid) return undefined;
  return time.toUTC().toISO({ includeOffset: true, suppressMilliseconds: false }) ?? undefined;
}
