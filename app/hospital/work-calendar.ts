import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson, type WorkCalendar, type WorkCalendars, type WorkingHours } from '../../engine/index.ts';
import { SettingsError } from '../settings.server.ts';

const time = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/;

function minutesOf(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

const span = z
  .string()
  .refine((text) => text.split('-').length === 2 && text.split('-').every((one) => time.test(one)), 'HH:MM-HH:MM')
  .transform((text): readonly [number, number] => {
    const [from = '', to = ''] = text.split('-');
    return [minutesOf(from), minutesOf(to)];
  });

const hours = z
  .array(span)
  .refine(
    (spans) => spans.every(([from, to], index) => from < to && from >= (spans[index - 1]?.[1] ?? 0)),
    'hours in order and without overlap',
  );

const date = z.iso.date();
const dates = z.string().transform((text, context): readonly string[] => {
  const parts = text.split('/').map((part) => date.safeParse(part));
  const [first, last = first] = parts.map((part) => part.data);
  if (parts.length > 2 || first === undefined || last === undefined || last < first) {
    context.addIssue('a date YYYY-MM-DD, or two joined by a slash');
    return z.NEVER;
  }
  return daysFrom(first, last);
});

function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** How a hospital writes its working calendar: hours by weekday, holidays, and the days worked instead of one (调休). */
const calendarFile = z.strictObject({
  name: z.string().min(1),
  source: z.string(),
  hours: z.record(z.enum(weekdays), hours),
  holidays: z.array(dates),
  makeUpDays: z.array(dates),
  /** Weekday whose hours are worked on a make-up day. */
  makeUpDaysLike: z.enum(weekdays),
});

/**
 * Reads a working calendar. Its version is its name and a hash of its content, so that no change goes unnoticed.
 * @throws {z.ZodError} when it is not of the form; the message names the place.
 */
export function readWorkCalendar(content: unknown): WorkCalendar {
  const file = calendarFile.parse(content);
  const week = weekdays.map((day): WorkingHours => file.hours[day]);
  const worked = file.hours[file.makeUpDaysLike];
  const days: Record<string, WorkingHours> = {};
  for (const day of file.holidays.flat()) days[day] = [];
  for (const day of file.makeUpDays.flat()) days[day] = worked;
  const [mon = [], tue = [], wed = [], thu = [], fri = [], sat = [], sun = []] = week;
  const calendar = { week: [mon, tue, wed, thu, fri, sat, sun], days } as const;
  const hash = createHash('sha256').update(canonicalJson(calendar)).digest('hex').slice(0, 12);
  return { version: `${file.name}@${hash}`, ...calendar };
}

/** The calendar shipped with Meridian. */
export function shippedWorkCalendar(): WorkCalendar {
  return readWorkCalendar(JSON.parse(readFileSync(new URL('./work-calendar.json', import.meta.url), 'utf8')));
}

const ownFile = 'work-calendar.json';

/**
 * The hospital's calendars: its own, where the data folder has a `work-calendar.json`, else the shipped one. Read once, at the start.
 * @throws {SettingsError} when the hospital's own is not of the form; the message says what is wrong with it.
 */
export function hospitalCalendars(dataDir: string): WorkCalendars {
  const path = join(dataDir, ownFile);
  const calendar = existsSync(path) ? readOwn(path) : shippedWorkCalendar();
  return { of: async () => calendar };
}

function readOwn(path: string): WorkCalendar {
  try {
    return readWorkCalendar(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    throw new SettingsError(`Expected a working calendar in ${ownFile} of the data folder, but: ${why}`);
  }
}
