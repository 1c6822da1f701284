import { FeelDateTime, type FeelDuration, parseDateTime } from 'feelin';
import { DateTime } from 'luxon';
import { instantOfWallClock, isSteady } from './local-time.ts';

/** The zone a date and time carries; null when it is a local one. */
export function zoneOf(value: FeelDateTime): string | null {
  return value.timezone;
}

/** Luxon's name of a FEEL zone: offsets need a prefix. */
function luxonZone(zone: string): string {
  return /^[+-]/.test(zone) ? `UTC${zone}` : zone;
}

/** A date and time without its zone. */
function localText(value: FeelDateTime): string {
  return value.toString().replace(/(?:Z|[+-]\d{2}:\d{2}(?::\d{2})?|@.*)$/, '');
}

/** The instant (UTC, milliseconds, `Z`) of a date and time read in `zone` unless it carries its own; undefined when it does not exist. */
export function instantOf(value: FeelDateTime, zone: string): string | undefined {
  const local = localText(value);
  const place = luxonZone(zoneOf(value) ?? zone);
  const direct = instantOfWallClock(local, place);
  if (direct !== undefined) return direct;
  const instant = DateTime.fromISO(local, { zone: place }).toUTC();
  return instant.isValid ? instant.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'") : undefined;
}

function inUtc(value: FeelDateTime, zone: string): FeelDateTime {
  const instant = instantOf(value, zone);
  return (instant === undefined ? undefined : parseDateTime(instant)) ?? value;
}

/**
 * Two date-times that may be compared and subtracted: unless both are local, both in UTC, a local one being the hospital's
 * wall clock. (feelin compares a local one as if it were UTC, and subtracts wall clocks of different zones.)
 */
export function inOneZone(a: unknown, b: unknown, zone: string): readonly [unknown, unknown] {
  if (!(a instanceof FeelDateTime) || !(b instanceof FeelDateTime)) return [a, b];
  if (zoneOf(a) === zoneOf(b)) return [a, b];
  return [inUtc(a, zone), inUtc(b, zone)];
}

/**
 * A zoned date and time moved by a duration; undefined where only feelin knows. Where the clocks are steady at both ends the move is one on the
 * wall clock, and feelin's way by the zone, four times as dear, comes to the same: a duration's days are counted on the wall clock anyway, and
 * what is left of it is less than a day.
 */
export function moved(value: FeelDateTime, by: FeelDuration, sign: 1 | -1): FeelDateTime | undefined {
  const zone = zoneOf(value);
  if (zone === null || !isSteady(shownBy(value), zone)) return undefined;
  const duration = by.unwrap();
  const result = new FeelDateTime(value.unwrap().add(sign < 0 ? duration.negated() : duration), zone);
  return isSteady(shownBy(result), zone) ? result : undefined;
}

function shownBy(value: FeelDateTime): number {
  return Date.parse(`${localText(value)}Z`);
}
