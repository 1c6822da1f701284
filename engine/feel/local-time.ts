import { IANAZone } from 'luxon';
import type { Instant } from '../core/json.ts';

// Zones change their offset at a full quarter of an hour, at least since 2000: within a quarter it is asked once. Every due date of a task is read and
// written in the hospital's zone, and asking costs more than deciding a step.
const QUARTER = 900_000;
const SINCE = Date.UTC(2000, 0, 1);
const DAY = 24 * 3_600_000;
const KEPT = 2_000;

const zones = new Map<string, IANAZone | undefined>();
const offsets = new Map<string, number>();

/** Milliseconds a zone is ahead of UTC; undefined for a time or a name that is not for the short way. */
function offsetAt(zone: string, time: number): number | undefined {
  if (!(time >= SINCE)) return undefined;
  const key = `${zone} ${Math.floor(time / QUARTER)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (!zones.has(zone)) zones.set(zone, IANAZone.isValidZone(zone) ? IANAZone.create(zone) : undefined);
  const offset = zones.get(zone)?.offset(time);
  if (offset === undefined || !Number.isInteger(offset)) return undefined;
  if (offsets.size >= KEPT) offsets.clear();
  offsets.set(key, offset * 60_000);
  return offset * 60_000;
}

/** What clocks of a zone show at an instant, in milliseconds as if it were UTC; undefined where only luxon knows. */
export function shownTime(at: Instant, zone: string): number | undefined {
  const time = Date.parse(at);
  const offset = offsetAt(zone, time);
  return offset === undefined ? undefined : time + offset;
}

/** The same as text, `2026-03-02T08:00:00.000`. */
export function wallClock(at: Instant, zone: string): string | undefined {
  const shown = shownTime(at, zone);
  return shown === undefined ? undefined : new Date(shown).toISOString().slice(0, -1);
}

const PLAIN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?$/;

/** The instant at which clocks of a zone show a time; undefined where only luxon knows: clocks are put forward or back within a day of it. */
export function instantOfWallClock(text: string, zone: string): Instant | undefined {
  if (!PLAIN.test(text)) return undefined;
  const shown = Date.parse(`${text}Z`);
  // There is no 30 February, and midnight has one name.
  if (!Number.isFinite(shown) || new Date(shown).toISOString().slice(0, 19) !== text.slice(0, 19)) return undefined;
  const offset = steadyOffset(zone, shown, DAY);
  return offset === undefined ? undefined : new Date(shown - offset).toISOString();
}

/** The offset of a zone where its clocks, showing a time, are neither put forward nor back within so many milliseconds; undefined elsewhere. */
function steadyOffset(zone: string, shown: number, within: number): number | undefined {
  const before = offsetAt(zone, shown - within);
  return before === offsetAt(zone, shown + within) ? before : undefined;
}

/** Whether clocks of a zone are neither put forward nor back within two days of showing this time; false also where only luxon knows. */
export function isSteady(shown: number, zone: string): boolean {
  return steadyOffset(zone, shown, 2 * DAY) !== undefined;
}

/** Whether a text is an instant as the engine writes them. */
export function isInstant(text: string): boolean {
  if (text.length !== 24 || !text.endsWith('Z')) return false;
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString() === text;
}
